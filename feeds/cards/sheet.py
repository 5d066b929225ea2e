"""A card, drawn: 1200 by 630 pixels, in the colours of the paper by day."""

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw

from feeds.cards.faces import is_covered
from feeds.cards.setting import Type, is_leftward, lines, one_line, width, write

# A change of how cards look makes all of them new.
LOOK = 1
SIZE = (1200, 630)
_EDGE = 72
_ROOM = SIZE[0] - 2 * _EDGE
_INK, _GROUND = (0x1A, 0x1A, 0x1C), (0xFB, 0xFA, 0xF7)
# Sixteen tones from ink to ground are enough for smooth letters, and make a small file.
_TONES = 16
_SOFT, _LINE = 76, 208

_NAME = Type("serif", 46, 500)
_DATE = Type("sans", 25, tone=_SOFT)
_ITEM = Type("serif", 34, 500)
_RANK = Type("serif", 34, 400, _SOFT)
_BY = Type("serif", 31, tone=_SOFT)
_FOOT = Type("sans", 24, tone=_SOFT)
# The largest in which the title fits its lines.
_TITLES = tuple(Type("serif", size, 600) for size in (80, 72, 64, 56, 50, 44))


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a card says. `title` is its headline, and `instead` what stands there where no face
    has its letters; `items` are the first of a list, `by` who wrote a paper. At the foot stand
    `foot` and, at the right, `corner`.
    """

    name: str
    date: str
    title: str
    instead: str
    items: tuple[str, ...] = ()
    by: str = ""
    foot: str = ""
    corner: str = ""


def draw(sheet: Sheet) -> bytes:
    """The card as a PNG. Other scripts than Latin, Greek and Cyrillic need a face of the machine's;
    a title without one gives way to `instead`, other words are left out.
    """
    image = Image.new("L", SIZE, 255)
    pen = ImageDraw.Draw(image)
    _masthead(pen, sheet)
    below = _headline(pen, sheet.title if is_covered(sheet.title) else sheet.instead, sheet)
    _items(pen, [item for item in sheet.items if is_covered(item)], below)
    if sheet.by and is_covered(sheet.by):
        write(pen, (_EDGE, below + 14), one_line(sheet.by, _BY, _ROOM), _BY)
    _foot(pen, sheet)
    return _png(image)


def _masthead(pen: ImageDraw.ImageDraw, sheet: Sheet) -> None:
    write(pen, (_EDGE, 92), one_line(sheet.name, _NAME, _ROOM / 2), _NAME)
    date = one_line(sheet.date, _DATE, _ROOM / 2 - 20)
    write(pen, (SIZE[0] - _EDGE - width(date, _DATE), 90), date, _DATE)
    for down in (118, 124):
        pen.line((_EDGE, down, SIZE[0] - _EDGE, down), fill=0, width=2)


def _headline(pen: ImageDraw.ImageDraw, title: str, sheet: Sheet) -> int:
    """Sets the title as large as it fits; returns where what is below it begins."""
    room = 150 if sheet.items else 310
    for type_ in _TITLES[1:] if sheet.items else _TITLES:
        leading = round(type_.size * 1.1)
        most = max(1, room // leading)
        set_ = lines(title, type_, _ROOM, most)
        if not set_ or not set_[-1].endswith("…") or type_ is _TITLES[-1]:
            break
    down = 124 + 34 + type_.size
    for line in set_:
        across = SIZE[0] - _EDGE - width(line, type_) if is_leftward(title) else _EDGE
        write(pen, (across, down), line, type_)
        down += leading
    return down - leading + 40


def _items(pen: ImageDraw.ImageDraw, items: list[str], down: int) -> None:
    for number, item in enumerate(items, start=1):
        baseline = down + 50 * number - 16
        if baseline > SIZE[1] - 110:
            break
        write(pen, (_EDGE, baseline), f"{number}", _RANK)
        write(pen, (_EDGE + 46, baseline), one_line(item, _ITEM, _ROOM - 46), _ITEM)


def _foot(pen: ImageDraw.ImageDraw, sheet: Sheet) -> None:
    pen.line((_EDGE, 552, SIZE[0] - _EDGE, 552), fill=_LINE, width=2)
    corner = sheet.corner if is_covered(sheet.corner, "sans") else ""
    taken = width(corner, _FOOT)
    write(pen, (SIZE[0] - _EDGE - taken, 590), corner, _FOOT)
    if is_covered(sheet.foot, "sans"):
        write(pen, (_EDGE, 590), one_line(sheet.foot, _FOOT, _ROOM - taken - 40), _FOOT)


def _png(image: Image.Image) -> bytes:
    few = image.point([tone * _TONES // 256 for tone in range(256)])
    coloured = Image.frombytes("P", SIZE, few.tobytes())
    coloured.putpalette(
        [
            round(ink + (ground - ink) * tone / (_TONES - 1))
            for tone in range(_TONES)
            for ink, ground in zip(_INK, _GROUND, strict=True)
        ]
    )
    file = io.BytesIO()
    coloured.save(file, "PNG", bits=4, compress_level=6)
    return file.getvalue()
