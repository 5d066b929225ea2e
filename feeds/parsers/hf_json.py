"""The JSON of a daily papers API: lists of items, single papers, and what exports make of them."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from feeds.parsers.base import Declined, parsers
from feeds.parsers.decoding import decode
from feeds.parsers.entry import entry
from feeds.parsers.literals import opened
from feeds.records import PaperRecord, ParsedDigest, Problem, RawDigest

_WRAPPINGS = ("data", "papers", "dailyPapers", "daily_papers", "items", "results")
_DEEPEST_WRAPPING = 4
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
        entries = [
            _entry(f"entry {number}", item)
            for number, item in enumerate(_items(_document(digest.whole())), start=1)
        ]
        if not any(isinstance(one, PaperRecord) for one in entries):
            raise Declined(_reason(entries))
        return ParsedDigest(self.name, digest.date or _day(entries), entries)


def _document(content: bytes) -> Any:
    text = decode(content).strip().lstrip("\ufeff")
    if not text.startswith(("[", "{", '"')):
        raise Declined("it is not JSON")
    try:
        return _read(text)
    except RecursionError:
        raise Declined("its JSON is nested too deeply") from None
    except ValueError as broken:
        return _json_lines(text, broken)


def _read(text: str) -> Any:
    return json.loads(text, parse_int=_int, parse_constant=lambda _: None)


def _int(digits: str) -> int | None:
    """Numbers beyond any count are not worth the time that they take to read."""
    return int(digits) if len(digits) < 20 else None


def _json_lines(text: str, broken: ValueError) -> list[Any]:
    """One JSON value a line; a line that is none stays as its text, for a Problem."""
    rows = [row for row in text.splitlines() if row.strip()]
    read = [opened(row.strip()) for row in rows]
    if len(rows) < 2 or not isinstance(read[0], dict):
        raise Declined(f"its JSON is broken ({broken})")
    return read


def _items(document: Any) -> list[Any]:
    """The entries of the document, taken out of whatever wraps them."""
    value = _unwrapped(document)
    if isinstance(value, list):
        if not value:
            raise Declined("its list of papers is empty")
        return value
    if isinstance(value, dict) and value.get("error") and "title" not in value:
        raise Declined("it is the answer to a question that failed, and holds no paper")
    return [value]


def _unwrapped(value: Any) -> Any:
    for _ in range(_DEEPEST_WRAPPING):
        value = opened(value)
        if not isinstance(value, dict) or "title" in value or "paper" in value:
            break
        inside = next((value[name] for name in _WRAPPINGS if value.get(name)), None)
        if not isinstance(inside, dict | list | str):
            break
        value = inside
    return value


def _entry(place: str, item: Any) -> PaperRecord | Problem:
    item = _unwrapped(item)
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
        keywords=_list(said.get("ai_keywords")),
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


def _list(value: Any) -> list[Any]:
    value = opened(value)
    return value if isinstance(value, list) else []


def _names(authors: Any) -> Iterator[Any]:
    for author in _list(authors):
        yield author.get("name") if isinstance(author, dict) else author


def _organization(value: Any) -> Any:
    value = opened(value)
    return value.get("fullname") or value.get("name") if isinstance(value, dict) else value


def _day(entries: Iterable[PaperRecord | Problem]) -> Any:
    days = Counter(
        one.listed_at.date() for one in entries if isinstance(one, PaperRecord) and one.listed_at
    )
    return max(days, key=lambda day: (days[day], day)) if days else None


def _reason(entries: list[PaperRecord | Problem]) -> str:
    first = next(one for one in entries if isinstance(one, Problem))
    if len(entries) == 1:
        return f"its JSON holds no paper: {first.reason}"
    return f"none of its {len(entries)} entries is a paper ({first.place}: {first.reason})"


parsers.register(HfJson())
