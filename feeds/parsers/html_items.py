"""What stands in HTML of any quality: headings, bullets, rows of tables and blocks of text."""

import html
import re
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from feeds.parsers.html_tokens import Token, tokens

BREAK = "\n"
DEEPEST = 100
LONGEST_URL = 4_000


class Piece(NamedTuple):
    """Text, or the whole of a link's text; BREAK alone stands for a new line.

    `work` names the work that a link leads to, where somebody has looked (`mentions`).
    """

    text: str
    url: str = ""
    bold: bool = False
    italic: bool = False
    work: str = ""


@dataclass(slots=True)
class Item:
    """What `kind` says: a "heading", a "bullet", a "row" of a table or a block of "text".

    `line` counts from 1. `level` is a heading's. `headings` are those that the item stands
    under, the outermost first, and `parent` is the bullet that it is set in under. `cells` are a
    row's, `columns` what the row of the table's head calls them.
    """

    kind: str
    line: int
    level: int = 0
    headings: tuple[Self, ...] = ()
    parent: Self | None = None
    pieces: list[Piece] = field(default_factory=list)
    cells: list[list[Piece]] = field(default_factory=list)
    columns: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces).strip()


def items(text: str) -> list[Item]:
    """The items in order, none of them empty. Never raises, and takes linear time.

    Scripts, styles, comments, pictures and what is not shown are left out. An attribute
    `data-line` says which line of another document an element stands for.
    """
    reader = _Reader()
    for token in tokens(text):
        reader.take(token)
    reader.flush()
    return [item for item in reader.items if any(p.url or p.text.strip() for p in item.pieces)]


_BLOCKS = frozenset(
    """address article aside blockquote body center dd details dialog dl dt fieldset figcaption
    figure footer form header hr html legend main nav p pre section summary div""".split()
)
_BOLD = frozenset({"b", "strong"})
_ITALIC = frozenset({"i", "em", "cite"})
_HEADING = re.compile(r"h([1-6])")
_HREF = re.compile(
    rf"\bhref\s{{0,9}}=\s{{0,9}}(?:\"([^\"]{{1,{LONGEST_URL}}})\""
    rf"|'([^']{{1,{LONGEST_URL}}})'|([^\s\"'>]{{1,{LONGEST_URL}}}))",
    re.IGNORECASE,
)
_LINE = re.compile(r"\bdata-line=\"(\d{1,9})\"")
_SPACE = re.compile(r"[ \t\r\n\f]+")


@dataclass(slots=True)
class _Table:
    row: Item | None = None
    columns: tuple[str, ...] = ()
    headed: bool = True  # the row has no cell but those of a head


class _Reader:
    """Takes the tokens in order; elements that are never closed, or never opened, do no harm."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.item: Item | None = None
        self.bullets: list[Item | None] = []  # the open bullet of each open list
        self.tables: list[_Table] = []
        self.headings: list[Item] = []
        self.emphasis = {"bold": 0, "italic": 0, "pre": 0}
        self.url = ""
        self.run: list[str] = []
        self.run_line = 1
        self.style = Piece("")
        self.line = 1
        self.shift = 0

    def take(self, token: Token) -> None:
        if token.name and (said := _LINE.search(token.attributes)):
            self.shift = int(said[1]) - token.line
        self.line = max(1, token.line + self.shift)
        if token.text:
            self._say(token.text)
        elif token.ends:
            self._end(token.name)
        else:
            self._start(token.name, token.attributes)

    def _say(self, text: str) -> None:
        if not self.run:
            self.run_line = self.line + text[: len(text) - len(text.lstrip())].count("\n")
        text = html.unescape(text)
        if not self.emphasis["pre"]:
            self._add(_SPACE.sub(" ", text))
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                self._break()
            self._add(line)

    def _add(self, text: str) -> None:
        style = self._style()
        # A link is one piece, whatever is emphasised inside it.
        if style != self.style and not (style.url and self.style.url == style.url):
            self.flush()
            self.style = style
        self.run.append(text)

    def _style(self) -> Piece:
        return Piece("", self.url, self.emphasis["bold"] > 0, self.emphasis["italic"] > 0)

    def flush(self) -> None:
        """What was said since the style changed becomes a piece of the open item."""
        text = "".join(self.run)
        self.run = []
        if text or self.style.url:
            self._put(self.style._replace(text=text))
        self.style = Piece("")

    def _put(self, piece: Piece) -> None:
        item = self.item
        at_start = item is None or not item.pieces or item.pieces[-1].text == BREAK
        if at_start and not piece.url and not piece.text.strip():
            return
        if at_start and not self.emphasis["pre"]:
            piece = piece._replace(text=piece.text.lstrip(" "))
        item = item or self._begin("text", line=self.run_line)
        item.pieces.append(piece)
        if item.cells:
            item.cells[-1].append(piece)

    def _break(self) -> None:
        self.flush()
        _end_line(self.item)

    def _begin(self, kind: str, level: int = 0, line: int = 0) -> Item:
        item = Item(kind, line or self.line, level, tuple(self.headings))
        item.parent = next((one for one in reversed(self.bullets) if one), None)
        self.items.append(item)
        self.item = item
        return item

    def _start(self, name: str, attributes: str) -> None:
        heading = _HEADING.fullmatch(name)
        if name == "a":
            self._end("a")
            found = _HREF.search(attributes)
            self.url = html.unescape(next(filter(None, found.groups()))) if found else ""
            self.style = self._style()
        elif name == "br":
            self._add(" ") if self.url else self._break()
        elif name in _BOLD or name in _ITALIC:
            self.emphasis["bold" if name in _BOLD else "italic"] += 1
        elif name in ("ul", "ol", "menu"):
            self._break()
            if len(self.bullets) < DEEPEST:
                self.bullets.append(None)
        elif name == "li":
            self._bullet()
        elif name in ("table", "tr", "td", "th"):
            self._table(name)
        elif heading or name in _BLOCKS:
            self._block(name, int(heading[1]) if heading else 0)

    def _end(self, name: str) -> None:
        if name == "a":
            self.flush()
            self.url = ""
        elif name in _BOLD or name in _ITALIC:
            kind = "bold" if name in _BOLD else "italic"
            self.emphasis[kind] = max(0, self.emphasis[kind] - 1)
        elif name in ("ul", "ol", "menu", "li"):
            self._bullet_ends(name)
        elif name in ("tr", "table"):
            self._row_ends()
            if name == "table":
                self.tables = self.tables[:-1]
                self.item = self._enclosing()
        elif name in _BLOCKS or _HEADING.fullmatch(name):
            self._block_ends(name)

    def _enclosing(self) -> Item | None:
        """The bullet or the row that goes on here, after a line's end."""
        item = next((one for one in reversed(self.bullets) if one), None) or self._headed_row()
        _end_line(item)
        return item

    def _headed_row(self) -> Item | None:
        return self.tables[-1].row if self.tables and self.tables[-1].columns else None

    def _bullet(self) -> None:
        self.flush()
        if not self.bullets:
            self.bullets.append(None)
        self.bullets[-1] = None
        self.bullets[-1] = self._begin("bullet")

    def _bullet_ends(self, name: str) -> None:
        self.flush()
        if name != "li":
            self.bullets = self.bullets[:-1]
        elif self.bullets:
            self.bullets[-1] = None
        self.item = self._enclosing()

    def _block(self, name: str, level: int) -> None:
        if name == "pre":
            self.emphasis["pre"] += 1
        self.flush()
        inside = self._headed_row() or (self.bullets and self.item and self.item.kind == "bullet")
        if inside:
            self._break()
            self.emphasis["bold"] += level > 0
        elif level:
            self.headings = [one for one in self.headings if one.level < level]
            self.headings.append(self._begin("heading", level))
        else:
            self.item = None

    def _block_ends(self, name: str) -> None:
        if name == "pre":
            self.emphasis["pre"] = max(0, self.emphasis["pre"] - 1)
        self.flush()
        if self._headed_row() or (self.item and self.item.kind == "bullet"):
            self._break()
            if name not in _BLOCKS:
                self.emphasis["bold"] = max(0, self.emphasis["bold"] - 1)
        else:
            self.item = self._enclosing()

    def _table(self, name: str) -> None:
        self.flush()
        if name == "table":
            self.item = None
            if len(self.tables) < DEEPEST:
                self.tables.append(_Table())
            return
        table = self.tables[-1] if self.tables else None
        if table is None:
            self.item = None
        elif name == "tr":
            self._row_ends()
            table.row, table.headed = self._begin("row"), True
            table.row.columns = table.columns
        elif table.row:
            self.item = table.row
            self._break()
            table.row.cells.append([])
            table.headed = table.headed and name == "th"

    def _row_ends(self) -> None:
        self.flush()
        table = self.tables[-1] if self.tables else None
        if table is None or table.row is None:
            return
        row, table.row, self.item = table.row, None, None
        if table.headed and len(row.cells) > 1 and not table.columns:
            said = ("".join(piece.text for piece in cell) for cell in row.cells)
            table.columns = tuple(" ".join(one.lower().split()) for one in said)
            row.pieces = [piece for piece in row.pieces if piece.url]


def _end_line(item: Item | None) -> None:
    if item and item.pieces and item.pieces[-1].text != BREAK:
        item.pieces.append(Piece(BREAK))
        if item.cells:
            item.cells[-1].append(Piece(BREAK))
