"""The papers of a hand-made list: what the words beside a link to a work say of it."""

import re
from collections.abc import Iterator, Sequence

from feeds.identify import ARCHIVES
from feeds.parsers.entry import entry
from feeds.parsers.html_items import BREAK, Item, Piece
from feeds.parsers.mentions import MOST_SAID, Mention, linked, mentions, pieces_of
from feeds.parsers.paper_links import id_in
from feeds.parsers.title_words import (
    authors_in,
    bare,
    day_in,
    is_label,
    labelled,
    names_of,
    plain_title,
    reads_as_title,
    trimmed,
)
from feeds.records import PaperRecord, Problem

_CODE = re.compile(
    r"https?://(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)/[\w.-]+/[\w.-]+",
)
_PROJECT = re.compile(r"\b(?:project|website|home ?page|web ?page|demo)\b", re.IGNORECASE)
_WORD = re.compile(r"\w{2,}")
_CATEGORY = re.compile(rf"\b(?:{ARCHIVES})(?:\.[A-Za-z-]{{2,10}})?(?![\w.])")
_EXPLAINS = re.compile(r"\s{0,3}[-–—:：]\s{1,3}")
_ENDS = re.compile(r"[.!?。！？]$")
SHORTEST_GIST = 40
_EMPTIED = re.compile(r"[(\[【]\s{0,9}[)\]】]")
_QUOTED = re.compile(r"[\"“]([^\"“”]{8,300})[\"”]")
_DECORATION = re.compile(r"^[\W\d_]+|[\s_:#]+$")
_NO_TOPIC = re.compile(
    r"awesome\b.*|(?:table of )?contents|readme|introduction|overview|about|contributing"
    r"|licen[cs]e|citation|acknowledge?ments?|references?|resources?|news|updates?|updated on.*"
    r"|papers?|others?|(?:paper|reading) list|misc(?:ellaneous)?",
    re.IGNORECASE,
)


def papers(found: Sequence[Item], *, topics: bool) -> Iterator[PaperRecord | Problem]:
    """Each work that an item links to, in order, as `MarkdownList` describes.

    With `topics` the headings above an item are its keywords. An entry's place is its number
    and the line of its item.
    """
    only_title = sum(item.kind == "heading" and item.level == 1 for item in found) == 1
    for number, mention in enumerate(mentions(found), start=1):
        headings = [one for one in mention.item.headings if not (only_title and one.level == 1)]
        said = [_topic(one.text) for one in headings] if topics else []
        yield _paper(number, mention, said)


def _paper(number: int, mention: Mention, topics: list[str]) -> PaperRecord | Problem:
    place = f"entry {number}, line {mention.item.line}"
    title = _title(mention)
    if not title:
        url = next(piece.url for piece in mention.pieces if piece.work)
        return Problem(place, f"no title stands beside the link {url[:200]}")
    lines = mention.lines()
    abstract = _column_text(mention.item, "abstract") or labelled("abstract", lines)
    is_whole = not abstract.endswith(("…", "..."))
    day = _column(mention.item, "date", "year", "time", "venue", "publish")
    return entry(
        place,
        title=title,
        abstract=abstract if is_whole else "",
        summary=labelled("summary", lines)
        or _gist(mention, title)
        or ("" if is_whole else abstract),
        authors=_authors(mention, title),
        keywords=[topic for topic in topics if topic != title],
        categories=_CATEGORY.findall(labelled("category", lines)[:200]),
        ids=list(map(id_in, mention.works)),
        published_at=day_in(f"({day})") or day_in("\n".join(lines).replace(title, "")),
        code_url=_code(mention),
        project_url=_project(mention),
    )


def _title(mention: Mention) -> str:
    item, pieces = mention.item, mention.pieces
    at = next(place for place, piece in enumerate(pieces) if piece.work)
    of_works = [bare(piece.text) for piece in pieces if piece.work]
    of_others = [bare(piece.text) for piece in pieces if piece.url and not piece.work]
    bold, italic = _emphasised(pieces, "bold"), _emphasised(pieces, "italic")
    quoted = (bare(one[1]) for one in _QUOTED.finditer("\n".join(mention.lines())))
    candidates = (
        _in_column(item),
        *filter(reads_as_title, of_works),
        labelled("title", mention.lines()),
        *(one for one in bold if len(_WORD.findall(one)) > 3 or ":" in one),
        *(one for one in quoted if len(one.split()) > 2 and reads_as_title(one)),
        *filter(reads_as_title, of_others),
        _after_bold(pieces[:at]),
        *bold,
        _plain(pieces[:at]),
        *(one for one in italic if len(one.split()) > 2),
        *(_name(link, pieces[at + 1 :]) for link in of_works if not is_label(link)),
        _bold_name(pieces[:at]),
        _plain(pieces[at + 1 :]),
        _above(mention),
    )
    return trimmed(next(filter(None, candidates), ""))


def _emphasised(pieces: list[Piece], how: str) -> list[str]:
    """What is bold or italic and can be a title, neighbours taken together."""
    runs: list[str] = [""]
    for piece in pieces:
        if getattr(piece, how) and piece.text != BREAK:
            runs[-1] += piece.text if not piece.work else " "
        elif piece.text.strip() or piece.text == BREAK:
            runs.append("")
    return [one for run in runs if reads_as_title(one := bare(run).rstrip("."))]


def _after_bold(pieces: list[Piece]) -> str:
    """The title in "**GoTank** Tanks of Light and Glass", which begins with a name for the work."""
    name, after = _bold_first(pieces)
    if not name or _EXPLAINS.match(after) or authors_in(after):
        return ""
    return _plain([piece for piece in pieces if not piece.bold], words=4)


def _bold_name(pieces: list[Piece]) -> str:
    """The title in "**TankNet** - A net of tanks.", where it is no field of the paper's."""
    name, after = _bold_first(pieces)
    return "" if after.startswith((":", "：")) or name.endswith((":", "：")) else name


def _bold_first(pieces: list[Piece]) -> tuple[str, str]:
    """What is bold at the beginning, past labels and days, and the text that follows it."""
    at = next((n for n, piece in enumerate(pieces) if not is_label(piece.text)), len(pieces))
    if at == len(pieces) or not pieces[at].bold:
        return "", ""
    return bare(pieces[at].text), "".join(piece.text for piece in pieces[at + 1 : at + 2]).lstrip()


def _gist(mention: Mention, title: str) -> str:
    """The sentence or more that explain a paper right behind its title: "- Title - We fill…"."""
    pieces = mention.pieces
    at = next((n for n, piece in enumerate(pieces) if trimmed(piece.text) == title), len(pieces))
    said = "".join(piece.text for piece in pieces[at + 1 : at + 2])
    found = _EXPLAINS.match(said)
    text = said[found.end() :].strip() if found else ""
    return text if len(text) >= SHORTEST_GIST and _ENDS.search(text) else ""


def _plain(pieces: list[Piece], words: int = 2) -> str:
    """The title in running text: of its lines the first that can be one."""
    said = "".join(p.text for p in pieces if not p.url or not is_label(p.text))[:MOST_SAID]
    lines = _EMPTIED.sub("", said).split(BREAK)
    found = (title for title in map(plain_title, lines) if title)
    return next((title for title in found if len(title.split()) >= words), "")


def _name(link: str, after: list[Piece]) -> str:
    """A link's text of one word, with what follows it in "[TankNet](…): A Net of Tanks"."""
    said = "".join(piece.text for piece in after[:1])
    rest = plain_title(said.split(BREAK)[0]) if said.startswith((":", "：")) else ""
    return f"{link}: {rest}" if rest and not rest[0].islower() else link


def _above(mention: Mention) -> str:
    """The title that stands above: in the bullet that this is set in under, a line, a heading."""
    item = mention.item
    heading = item.headings[-1] if item.headings and item.kind != "heading" else None
    for one in (item.parent, mention.before, heading):
        if one is None or one.kind == "row" or (one.kind == "heading" and one is not heading):
            continue
        said = pieces_of(one)
        if any(piece.work for piece in said) and one is not item.parent:
            continue
        if found := next(iter(_emphasised(said, "bold")), "") or _plain(said):
            return found
    return ""


def _cell(item: Item, names: Sequence[str]) -> list[Piece]:
    for name in names:
        for column, cell in zip(item.columns, item.cells, strict=False):
            if name in column:
                return cell
    return []


def _column(item: Item, *names: str) -> str:
    """The cell of the first column whose name has one of these words; "" outside of tables."""
    return "".join(piece.text for piece in _cell(item, names)).strip()


def _column_text(item: Item, name: str) -> str:
    """The longest line of a cell, which may be folded below a word that opens it."""
    text = max(_column(item, name).split(BREAK), key=len)
    return text if len(text) >= SHORTEST_GIST else ""


def _in_column(item: Item) -> str:
    cell = [part for piece in _cell(item, ("title", "题目", "标题")) for part in linked(piece)]
    kept = "".join(piece.text for piece in cell if not piece.url or not is_label(piece.text))
    said = bare(kept.strip().split(BREAK)[0])
    return "" if is_label(said) else said


def _authors(mention: Mention, title: str) -> list[str]:
    lines = mention.lines()
    if said := _column(mention.item, "author", "作者") or labelled("authors", lines):
        return names_of(bare(said))
    told = [piece for piece in mention.pieces if trimmed(piece.text) != title]
    italic = ["".join(piece.text for piece in told if piece.italic)]
    plain = "".join(BREAK if piece.url or piece.italic else piece.text for piece in told)
    parts = plain[:MOST_SAID].replace(title, BREAK).split(BREAK)
    found = (authors_in(line, one=line in italic) for line in [*italic, *parts])
    return next(filter(None, found), [])


def _code(mention: Mention) -> str:
    urls = (piece.url for piece in mention.pieces if not piece.work)
    return next((url for url in urls if _CODE.match(url)), "")


def _project(mention: Mention) -> str:
    """The project's page, or else the paper's own where no id names it."""
    others = [piece for piece in mention.pieces if piece.url and not piece.work]
    named = next((piece.url for piece in others if _PROJECT.search(piece.text)), "")
    if named or any(map(id_in, mention.works)):
        return named
    return next((piece.url for piece in mention.pieces if piece.work), "")


def _topic(heading: str) -> str:
    """A heading as a topic: without signs and numbers before it; "" where it names none."""
    text = _DECORATION.sub("", bare(heading[:200])).strip()
    return "" if not 3 <= len(text) <= 80 or _NO_TOPIC.fullmatch(text) else text
