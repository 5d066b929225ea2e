"""What running text is made of, for every output to write in its own way."""

from typing import Literal, NamedTuple

Style = Literal["em", "strong", "code", "sub", "sup"]


class Words(NamedTuple):
    """Plain Unicode text."""

    text: str


class Maths(NamedTuple):
    """A formula, in TeX."""

    tex: str


class Start(NamedTuple):
    """From here on words have this style. Starts and ends are paired and nest."""

    style: Style


class End(NamedTuple):
    """The style that started last ends here."""

    style: Style


Piece = Words | Maths | Start | End
