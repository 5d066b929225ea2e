"""Where a list mentions a paper: links to works, each with the words that belong to it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from feeds.identify import arxiv_id
from feeds.parsers.html_items import BREAK, LONGEST_URL, Item, Piece
from feeds.parsers.paper_links import paper_at, target
from feeds.parsers.title_words import authors_in, bare, labelled, reads_as_title

MOST_SAID = 60_000  # characters of one entry that are looked at
SHORTEST = 8  # characters of an id or an address
_ADDRESS = re.compile(
    rf"""(?P<url>https?://[^\s<>()\[\]"'|*`，。；、）】]{{1,{LONGEST_URL}}})
      | \bdoi\s?:\s?(?P<doi>10\.\d{{4,9}}/[^\s<>()\[\]"'|*`,;]{{1,200}})
      | \barxiv\s?:\s?(?P<arxiv>[a-z-]{{2,10}}(?:\.[a-z]{{2}})?/\d{{7}}|\d{{4}}\.\d{{4,5}})
        (?:v\d{{1,2}})?""",
    re.VERBOSE | re.IGNORECASE,
)
_FIELD = re.compile(r"(?:authors?|abstract|summary|tl;?dr|摘要|作者)\s?[:：]?", re.IGNORECASE)
_LABELS = ("authors", "abstract", "summary")
_BARE_ID = re.compile(r"(?<![\w./-])\d{4}\.\d{4,5}(?:v\d{1,2})?(?![\w./-])")


@dataclass(slots=True)
class Mention:
    """A paper's link or links with the words that belong to them."""

    item: Item
    before: Item | None
    pieces: list[Piece] = field(default_factory=list)
    works: list[str] = field(default_factory=list)  # by the names of `paper_at`

    def lines(self) -> list[str]:
        return "".join(piece.text for piece in self.pieces)[:MOST_SAID].split(BREAK)


def works_in(item: Item) -> list[str]:
    """The works that the item links to, by the names that `paper_at` gives."""
    return [piece.work for piece in pieces_of(item) if piece.work]


def mentions(found: Sequence[Item]) -> Iterator[Mention]:
    """The mentions in order; items without a paper that tell more of the one above go with it."""
    still_open: list[Mention] = []
    before: Item | None = None
    for item in found:
        pieces = pieces_of(item)
        works = {piece.work for piece in pieces if piece.work}
        if works and still_open and _repeats(item, works, still_open[-1]):
            still_open[-1].pieces += [Piece(BREAK), *pieces]
            if item.kind == "heading":  # there was only a picture above it
                still_open[-1].item = item
        elif works:
            yield from still_open
            still_open = _parted(item, before, pieces)
        elif still_open and _tells_more_of(item, still_open[-1].item):
            _add(still_open[-1], item, pieces)
        else:
            yield from still_open
            still_open = []
        before = item
    yield from still_open


def _repeats(item: Item, works: set[str], paper: Mention) -> bool:
    """Whether an item below a paper's links to that paper alone ("Read more"), and is no row."""
    return item.kind != "row" and works <= set(paper.works)


def _tells_more_of(item: Item, paper: Item) -> bool:
    """Whether an item without a paper tells of the one above: set in under it, or headed by it."""
    if paper.kind == "heading":
        return item.kind in ("text", "bullet") or _names_field(item, paper)
    above = item.parent
    while above is not None:
        if above is paper:
            return True
        above = above.parent
    if not {paper.kind, item.kind} <= {"text", "row"} or paper.columns or item.columns:
        return False
    said = item.text[:MOST_SAID].split(BREAK)
    return bool(authors_in(said[0])) or any(labelled(label, said) for label in _LABELS)


def _names_field(item: Item, paper: Item) -> bool:
    """A heading below that of a paper which says what follows: "Abstract"."""
    return item.level > paper.level and bool(_FIELD.fullmatch(item.text))


def _add(mention: Mention, item: Item, pieces: list[Piece]) -> None:
    """The item's words on lines of their own, but behind the heading that names their field."""
    if item.kind == "heading":
        mention.pieces += [Piece(BREAK), Piece(f"{item.text.rstrip(':')}: ")]
    elif mention.pieces[-1].text.endswith(": "):
        mention.pieces += pieces
    else:
        mention.pieces += [Piece(BREAK), *pieces]


def pieces_of(item: Item) -> list[Piece]:
    """The item's pieces, with addresses and ids that are written out as links."""
    found = [part for piece in item.pieces for part in linked(piece)]
    if item.kind == "heading" or any(piece.work for piece in found):
        return found
    if not any(_BARE_ID.search(piece.text) for piece in found if not piece.url):
        return found
    return [part for piece in found for part in _with_ids(piece)]


def linked(piece: Piece) -> Iterator[Piece]:
    """The piece with its work, or text parted into what is written out as a link and the rest."""
    if piece.url:
        yield _link(piece, piece.text, target(piece.url))
        return
    if len(piece.text) < SHORTEST:
        yield piece
        return
    at = 0
    for written in _ADDRESS.finditer(piece.text):
        if written.start() > at:
            yield piece._replace(text=piece.text[at : written.start()])
        yield _link(piece, "", _address(written))
        at = written.end()
    if piece.text[at:]:
        yield piece._replace(text=piece.text[at:])


def _address(written: re.Match[str]) -> str:
    if written["doi"]:
        return f"https://doi.org/{written['doi'].rstrip('.')}"
    if written["arxiv"]:
        return f"https://arxiv.org/abs/{written['arxiv']}"
    return target(written["url"].rstrip(".,:;!?"))


def _link(piece: Piece, text: str, url: str) -> Piece:
    return piece._replace(text=text, url=url, work=paper_at(url))


def _with_ids(piece: Piece) -> Iterator[Piece]:
    at = 0
    for number in _BARE_ID.finditer("" if piece.url else piece.text):
        if read := arxiv_id(number[0]):
            yield piece._replace(text=piece.text[at : number.start()])
            yield _link(piece, "", f"https://arxiv.org/abs/{read}")
            at = number.end()
    yield piece._replace(text=piece.text[at:])


def _parted(item: Item, before: Item | None, pieces: list[Piece]) -> list[Mention]:
    """The item as mentions: it is parted where its links go on to another paper."""
    first = next((piece for piece in pieces if piece.url or piece.text.strip()), None)
    link_leads = first is not None and bool(first.work)
    all_so_far = [Mention(item, before)]
    for piece in pieces:
        work = piece.work
        if work and all_so_far[-1].works and not _same(work, all_so_far[-1].works):
            since = [] if link_leads else _since_last_work(all_so_far[-1].pieces)
            _go_on(all_so_far, piece, since)
        all_so_far[-1].pieces.append(piece)
        if work and work not in all_so_far[-1].works:
            all_so_far[-1].works.append(work)
    return all_so_far


def _go_on(all_so_far: list[Mention], link: Piece, since: list[Piece]) -> None:
    """Begins the next mention where `link` leads to another paper, not to another copy of one.

    What was said `since` the last link goes with it where that holds its title.
    """
    last = all_so_far[-1]
    titled = reads_as_title(bare(link.text))
    copies = _kind(link.work) not in map(_kind, last.works)
    carried = [] if titled or not any(reads_as_title(bare(one.text)) for one in since) else since
    if copies and not titled and not any(one.bold or one.text == BREAK for one in carried):
        return
    del last.pieces[len(last.pieces) - len(carried) :]
    all_so_far.append(Mention(last.item, last.before, carried))


def _same(work: str, known: list[str]) -> bool:
    """The ACL gives its papers DOIs that end with their ids."""
    bare_ids = [one.removeprefix("acl:").removeprefix("doi:10.18653/v1/").lower() for one in known]
    return work.removeprefix("acl:").removeprefix("doi:10.18653/v1/").lower() in bare_ids


def _since_last_work(pieces: list[Piece]) -> list[Piece]:
    at = len(pieces)
    while at and not pieces[at - 1].work:
        at -= 1
    return pieces[at:]


def _kind(work: str) -> str:
    return work.partition(":")[0]
