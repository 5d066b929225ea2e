"""What a browser would make of the markup that TeX became."""

from html.parser import HTMLParser

INLINE = {"em", "strong", "code", "sub", "sup", "p"}
MATHS = set(
    "math mrow mi mn mo mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover "
    "mtable mtr mtd mpadded mphantom mstyle menclose".split()
)
ATTRIBUTES = set(
    "alttext display stretchy form mathvariant width height depth linethickness columnalign "
    "accent accentunder lspace rspace fence separator movablelimits largeop minsize maxsize "
    "displaystyle scriptlevel columnspacing rowspacing".split()
)


class Elements(HTMLParser):
    """Collects the elements and attributes, and checks that they are closed in order."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.names: set[str] = set()
        self.attributes: dict[str, set[str]] = {}
        self.odd: list[str] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.names.add(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, set()).add(value or "")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.odd.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.odd.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def is_harmless(markup: str) -> bool:
    """Whether all of it is inline text and maths, well nested, with no address and no script."""
    read = Elements(markup)
    return (
        not read.odd
        and not read.open
        and read.names <= INLINE | MATHS
        and set(read.attributes) <= ATTRIBUTES
    )
