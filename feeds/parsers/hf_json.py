"""The JSON of a daily papers API: lists of items, single papers, and what exports make of them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from feeds.parsers.base import Declined, parsers
from feeds.parsers.entry import entry
from feeds.parsers.json_document import (
    document,
    first_text,
    inside,
    items,
    listed,
    unwrapped,
    with_a_paper,
)
from feeds.parsers.literals import opened
from feeds.records import PaperRecord, ParsedDigest, Problem, RawDigest

_WRAPPINGS = ("data", "papers", "dailyPapers", "daily_papers", "items", "results")
_PAPER = frozenset({"title", "paper"})
# One of these tells a flat paper of this API from other JSON that has titles.
_MARKS = frozenset(
    "upvotes publishedAt submittedOnDailyAt submittedOnDailyBy discussionId summary ai_summary "
    "ai_keywords numComments githubRepo projectPage isAuthorParticipating".split()
)


class HfJson:
    """Papers as the daily papers API of Hugging Face, or of another Broadsheet, gives them.

    Takes the list of a day (items with a `paper`), flat papers, a single one, JSON Lines,
    whatever stands in a `{"status", "data"}` (the whole or each entry), and entries or fields
    that an export turned into the text of a Python dict. A field may stand in the item or in
    its paper; the paper's own wins. The edition's day is that on which most were listed.
    """

    name = "hf_json"
    label = "daily papers JSON"
    order = 10

    def parse(self, digest: RawDigest) -> ParsedDigest:
        value = document(digest.whole())
        if "jsonfeed.org" in first_text(inside(value, "version")):
            raise Declined("it is a JSON Feed")
        found = items(unwrapped(value, _WRAPPINGS, _PAPER))
        entries = with_a_paper(
            [_entry(f"entry {number}", item) for number, item in enumerate(found, start=1)]
        )
        return ParsedDigest(self.name, digest.date or _day(entries), entries)


def _entry(place: str, item: Any) -> PaperRecord | Problem:
    item = unwrapped(item, _WRAPPINGS, _PAPER)
    if not isinstance(item, dict):
        return Problem(place, "it is not an object")
    inner = opened(item.get("paper"))
    paper = inner if isinstance(inner, dict) else {}
    said = item | {name: value for name, value in paper.items() if value is not None}
    if not (paper or _MARKS & item.keys()):
        return Problem(place, "it has none of the fields of a daily paper")
    return entry(
        place,
        title=said.get("title"),
        abstract=said.get("summary"),
        summary=said.get("ai_summary"),
        authors=_names(said.get("authors")),
        keywords=listed(said.get("ai_keywords")),
        ids=[said.get("id"), said.get("arxivId"), said.get("doi")],
        published_at=said.get("publishedAt"),
        listed_at=said.get("submittedOnDailyAt"),
        votes=said.get("upvotes"),
        comments=said.get("numComments"),
        code_url=said.get("githubRepo"),
        code_stars=said.get("githubStars"),
        project_url=said.get("projectPage"),
        thumbnail_url=said.get("thumbnail"),
        organization=_organization(said.get("organization")),
    )


def _names(authors: Any) -> Iterator[Any]:
    for author in listed(authors):
        yield author.get("name") if isinstance(author, dict) else author


def _organization(value: Any) -> Any:
    value = opened(value)
    return value.get("fullname") or value.get("name") if isinstance(value, dict) else value


def _day(entries: Iterable[PaperRecord | Problem]) -> Any:
    days = Counter(
        one.listed_at.date() for one in entries if isinstance(one, PaperRecord) and one.listed_at
    )
    return max(days, key=lambda day: (days[day], day)) if days else None


parsers.register(HfJson())
