"""OpenAlex: works as its API answers them, and as its snapshots write them a line each."""

from collections.abc import Iterator
from typing import Any

from feeds.identify import arxiv_id
from feeds.parsers.base import Declined, parsers
from feeds.parsers.entry import LONGEST_ABSTRACT, entry
from feeds.parsers.html_text import inline
from feeds.parsers.json_document import (
    document,
    each,
    first_text,
    inside,
    items,
    listed,
    unwrapped,
    with_a_paper,
    year_day,
)
from feeds.records import PaperRecord, ParsedDigest, Problem, RawDigest

_WORDS = ("openalex.org/", '"abstract_inverted_index"', '"authorships"')
_MARKS = frozenset({"authorships", "abstract_inverted_index", "primary_location", "display_name"})
_IS_A_WORK = frozenset({"authorships", "abstract_inverted_index", "primary_location"})
_MOST_WORDS = 20_000


class OpenAlex:
    """Works of OpenAlex: a list with its `meta`, a bare list, a single work, or a work a line.

    An abstract is put together from the places of its words. The arXiv id is that of the DOI,
    or of any place where the work can be read. Other kinds of records (authors, sources) are
    Problems.
    """

    name = "openalex"
    label = "OpenAlex works (JSON)"
    order = 7

    def parse(self, digest: RawDigest) -> ParsedDigest:
        found = items(unwrapped(document(digest.whole(), _WORDS), ("results",), _MARKS))
        if not any(_is_work(one) for one in found):
            raise Declined("its JSON holds no work of OpenAlex")
        entries = with_a_paper([_work(f"item {n}", one) for n, one in enumerate(found, start=1)])
        return ParsedDigest(self.name, digest.date, entries)


def _is_work(item: Any) -> bool:
    if not isinstance(item, dict):
        return False
    return bool(_IS_A_WORK & item.keys()) or "openalex.org/W" in first_text(item.get("id"))


def _work(place: str, item: Any) -> PaperRecord | Problem:
    if not _is_work(item):
        return Problem(place, "it is no work of OpenAlex")
    return entry(
        place,
        title=inline(first_text(item.get("title"), item.get("display_name"))),
        abstract=_abstract(item.get("abstract_inverted_index")) or inline(item.get("abstract")),
        authors=_authors(item),
        keywords=_keywords(item),
        ids=_ids(item),
        published_at=first_text(item.get("publication_date"))
        or year_day(item.get("publication_year")),
    )


def _abstract(index: Any) -> str:
    """The words of an inverted index, {"word": [its places]}, in their order."""
    if not isinstance(index, dict):
        return ""
    placed = {
        place: word
        for word, places in index.items()
        if isinstance(places, list)
        for place in places[:_MOST_WORDS]
        if isinstance(place, int) and 0 <= place < _MOST_WORDS
    }
    told = " ".join(placed[place] for place in sorted(placed))
    return inline(told[: LONGEST_ABSTRACT * 2]).removeprefix("Abstract ")


def _authors(item: dict[str, Any]) -> Iterator[Any]:
    for one in listed(item.get("authorships")):
        yield first_text(inside(one, "author", "display_name"), inside(one, "raw_author_name"))


def _keywords(item: dict[str, Any]) -> Iterator[Any]:
    """Its own keywords and topics; the older concepts only where there are none."""
    named = [
        *each(item.get("keywords"), "display_name"),
        *each(item.get("keywords"), "keyword"),
        *each(item.get("topics"), "display_name"),
    ]
    yield from named if any(named) else each(item.get("concepts"), "display_name")


def _ids(item: dict[str, Any]) -> list[Any]:
    """Whatever may name the work; of addresses only those at arXiv."""
    places = [item.get("primary_location"), item.get("best_oa_location")]
    addresses = [
        inside(place, member)
        for place in [*places, *listed(item.get("locations"))]
        for member in ("landing_page_url", "pdf_url", "id", "doi")
    ]
    addresses.append(inside(item, "open_access", "oa_url"))
    known = [one.removeprefix("pmh:") for one in addresses if isinstance(one, str)]
    named = [item.get("doi"), inside(item, "ids", "doi"), inside(item, "ids", "arxiv")]
    return [*named, *filter(arxiv_id, known)]


parsers.register(OpenAlex())
