"""Google Scholar's alerts: new articles, citations and recommendations, as HTML in a mail."""

import re
from collections.abc import Iterator

from feeds.parsers.citation import ids_in, published
from feeds.parsers.entry import entry
from feeds.parsers.html_items import BREAK, Item, Piece
from feeds.parsers.paper_links import id_in, paper_at, target
from feeds.records import PaperRecord, Problem

# Also within the addresses that mail servers put around it.
_TITLE_LINK = re.compile(r"scholar\.google\.[a-z.]{2,6}(?:/|%2F|_)scholar(?:_|-5F)url\b")
# "L One, B Two… - Journal of Tanks, 2025 - Publisher", with a hard space before the dash.
_PARTS = re.compile(r"\s+[-–—]\s+")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FOOT = re.compile(r"\bGoogle (?:Scholar|A[ck]ad|学术|學術)", re.IGNORECASE)
_MORE = re.compile(r"\s*(?:…|\.\.\.)\s*$")
_LONGEST_LINE = 1_000


def is_alert(found: list[Item]) -> bool:
    """Whether any item has a title as Scholar links it, wherever the mail was forwarded from."""
    return any(_title(item) for item in found)


def alert(found: list[Item]) -> Iterator[PaperRecord | Problem]:
    """The articles in order: the linked title, then a line of authors, venue and year, a snippet.

    The snippet is the beginning of the text around what was looked for: a summary, no abstract.
    An article that neither an arXiv id nor a DOI names keeps its page as its project's.
    """
    place = 0
    article: tuple[Item, Piece] | None = None
    said: list[str] = []
    for item in found:
        title = _title(item)
        if title or article is None:
            if article:
                yield _article(place := place + 1, *article, said)
            article, said = ((item, title), _below(item, title)) if title else (None, [])
        elif (text := " ".join(item.text.split())) and not _is_furniture(item, text):
            said.append(text)
    if article:
        yield _article(place + 1, *article, said)


def _title(item: Item) -> Piece | None:
    titled = (one for one in item.pieces if one.text.strip() and _TITLE_LINK.search(one.url))
    return next(titled, None)


def _is_furniture(item: Item, text: str) -> bool:
    """Links to save or share, and the foot of the mail."""
    return bool(_FOOT.search(text)) or all(one.url or not one.text.strip() for one in item.pieces)


def _below(item: Item, title: Piece) -> list[str]:
    """What follows the title in its own block, where a mail program has run blocks together."""
    after = item.pieces[item.pieces.index(title) + 1 :]
    lines = "".join(piece.text for piece in after).split(BREAK)
    return [one.strip() for one in lines if one.strip()]


def _article(number: int, item: Item, title: Piece, said: list[str]) -> PaperRecord | Problem:
    byline, *rest = said or [""]
    if not _PARTS.search(byline) and len(byline) > 200:  # there is no line of authors
        byline, rest = "", said
    names, *venue = _PARTS.split(byline[:_LONGEST_LINE])
    url = target(title.url)
    years = _YEAR.findall(" ".join(venue))
    return entry(
        f"entry {number}, line {item.line}",
        title=title.text,
        summary=rest[0] if rest else "",
        authors=[_MORE.sub("", name).strip() for name in names.split(",")],
        ids=[id_in(paper_at(url)), *ids_in(*venue)],
        published_at=published("", years[-1]) if years else None,
        project_url="" if id_in(paper_at(url)) else url,
    )
