"""XML of unknown origin, read element by element: no DTD, bounded in depth and size."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from feeds.records import Content

DEEPEST = 100
LARGEST_ELEMENT = 5_000_000  # characters of text in one wanted element
_CHUNK = 1 << 16


class Broken(Exception):
    """The document is not XML from here on; says where and why."""


def elements(content: Content, wanted: frozenset[str]) -> Iterator[tuple[int, Element]]:
    """The outermost elements whose local name is `wanted`, each with its line, in order.

    Names keep their prefixes as written ("dc:title"); undeclared ones are taken too. Only one
    element is held at a time. Raises Broken where the document stops to be well-formed, declares
    a document type, or is deeper or larger than any digest.
    """
    reader = _Reader(wanted)
    for start in range(0, len(content) + 1, _CHUNK):
        try:
            reader.feed(content[start : start + _CHUNK], last=start + _CHUNK > len(content))
        except Broken:
            yield from reader.taken()
            raise
        yield from reader.taken()


def root(content: Content) -> str:
    """The name of the document's first element as written, or "" where it is no XML."""
    found: list[str] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, _: found.append(name)
    parser.StartDoctypeDeclHandler = _refuse
    try:
        for start in range(0, min(len(content), 4 * _CHUNK), 1024):
            parser.Parse(content[start : start + 1024])
            if found:
                break
    except (expat.ExpatError, Broken, ValueError, LookupError):
        pass
    return found[0] if found else ""


def local(name: str) -> str:
    """The name without its prefix."""
    return name.rpartition(":")[2]


def children(element: Element, *names: str) -> list[Element]:
    """The direct children with one of these names as written, or else with such a local name."""
    exact = [child for child in element if child.tag in names]
    return exact or [child for child in element if local(child.tag) in names]


def said(element: Element | None, *path: str) -> str:
    """All text in the first element that `path` leads to from `element`; "" where none does."""
    for name in path:
        element = _first(element, name) if element is not None else None
    if element is None:
        return ""
    return "".join(element.itertext()) if len(element) else element.text or ""


def _first(element: Element, name: str) -> Element | None:
    """The first of `children`, without looking at the others."""
    for child in element:
        if child.tag == name:
            return child
    prefixed = f":{name}"
    return next((child for child in element if child.tag.endswith(prefixed)), None)


def _refuse(*_: object) -> None:
    raise Broken("it declares a document type, which is not read here")


class _Reader:
    def __init__(self, wanted: frozenset[str]) -> None:
        self._wanted = wanted
        self._depth = 0
        self._inside = 0  # the depth of the wanted element that is open
        self._line = 0
        self._size = 0
        self._builder = TreeBuilder()
        self._taken: list[tuple[int, Element]] = []
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = _refuse

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            raise Broken(f"line {error.lineno}: not well-formed XML ({reason})") from None
        except (ValueError, LookupError) as error:
            raise Broken(f"line {self._parser.CurrentLineNumber}: {error}") from None

    def taken(self) -> Iterator[tuple[int, Element]]:
        taken, self._taken = self._taken, []
        return iter(taken)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Broken(f"line {self._parser.CurrentLineNumber}: more than {DEEPEST} levels deep")
        if not self._inside and local(name) in self._wanted:
            self._inside, self._size = self._depth, 0
            self._line = self._parser.CurrentLineNumber
            self._builder = TreeBuilder()
            self._parser.CharacterDataHandler = self._text
        if self._inside:
            self._builder.start(name, attributes)

    def _text(self, text: str) -> None:
        self._size += len(text)
        if self._size > LARGEST_ELEMENT:
            raise Broken(f"line {self._line}: an entry of more than {LARGEST_ELEMENT:,} characters")
        self._builder.data(text)

    def _end(self, name: str) -> None:
        if self._inside:
            self._builder.end(name)
            if self._depth == self._inside:
                self._taken.append((self._line, self._builder.close()))
                self._inside = 0
                self._parser.CharacterDataHandler = None
        self._depth -= 1
