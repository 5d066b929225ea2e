"""Feeds that are not well-formed XML, taken apart item by item.

No document type is read and no entity is expanded but HTML's characters.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from html.entities import html5
from xml.etree.ElementTree import Element, SubElement

from feeds.parsers.decoding import decode
from feeds.parsers.markup import LARGEST_ELEMENT, Broken, elements

_DECLARATION = re.compile(rb"\s*<\?xml\b[^<>]{0,200}?\bencoding\s{0,9}=\s{0,9}[\"']([\w.:-]{1,40})")
_ENCODINGS = re.compile(
    r"iso-?8859-?\d{1,2}|latin-?1|windows-?125\d|cp125\d|koi8-?[ru]|macintosh|gb2312|gbk|gb18030"
    r"|big5|shift[_-]jis|euc-(?:jp|kr)|iso-2022-jp",
    re.IGNORECASE,
)
_CDATA, _COMMENT = ("<![CDATA[", "]]>"), ("<!--", "-->")
_MARK = re.compile(
    r"<!\[CDATA\[|<!--|<(?P<close>/?)(?P<name>(?:[\w.-]{1,40}:)?(?:item|entry))(?=[\s/>])[^<>]*>"
)
_END = re.compile(r"</(?:[\w.-]{1,40}:)?(?:channel|rss|feed|RDF)\s*>")
_ENTITY = r"&(?:(?P<named>[A-Za-z][A-Za-z0-9]{1,31})|\#(?P<number>\d{1,7}|[xX][0-9a-fA-F]{1,6}));"
_AMPERSAND = re.compile(rf"{_ENTITY}|&")
_NO_CHARACTER = r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_TOKEN = re.compile(
    r"<!\[CDATA\[(?P<data>.*?)\]\]>|<!--.*?-->"
    r"|(?P<tag></?[A-Za-z_][\w:.-]*+"
    r"(?:\s+[\w:.-]++\s*=\s*(?:\"[^\"<]*+\"|'[^'<]*+'))*+\s*/?>)"
    rf"|<|{_ENTITY}|&|{_NO_CHARACTER}++",
    re.DOTALL,
)
_XML_S_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})
_FIELD = re.compile(
    r"<(?P<name>(?:dc:|prism:|atom:|content:|dcterms:)?(?:title|link|guid|id|description|summary"
    r"|content|encoded|creator|author|contributor|date|pubDate|published|updated|identifier|doi"
    r"|publicationDate|category|subject))(?P<attributes>(?:\s[^<>]{0,2000})?)>"
)
_ATTRIBUTE = re.compile(r"([\w:.-]{1,40})\s{0,5}=\s{0,5}[\"']([^\"'<>]{0,1000})[\"']")


@dataclass(frozen=True, slots=True)
class Block:
    """An item's own text from its first tag on; `whole` where the document does not end in it."""

    line: int
    name: str
    text: str
    whole: bool


def text_of(content: bytes) -> str:
    """The document's text without its XML declaration.

    UTF-8 is read as such whatever is declared; else the declared encoding counts where it is a
    known one, or else Windows-1252. Raises Declined where it is no text.
    """
    found = _DECLARATION.match(content[:1000])
    declared = found[1].decode("ascii", "replace") if found else ""
    text = ""
    if _ENCODINGS.fullmatch(declared) and not (_is_utf8(content) and b"\x1b" not in content):
        text = content.decode(_known(declared), "replace")
    text = (text or decode(content)).lstrip("\ufeff")
    begun = text.lstrip()
    before = text[: len(text) - len(begun)]  # kept, so that lines keep their numbers
    return before + begun.partition("?>")[2] if begun.startswith("<?xml") else text


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _known(declared: str) -> str:
    try:
        return codecs.lookup(declared).name
    except LookupError:
        return "cp1252"


def blocks(text: str) -> Iterator[Block]:
    """The items of a feed, in order; one that begins within another ends that."""
    line, counted = 1, 0
    begun: tuple[int, str] | None = None
    for start, stop, closes, name in _marks(text):
        if begun:
            line, counted = line + text.count("\n", counted, begun[0]), begun[0]
            yield Block(line, begun[1], text[begun[0] : stop if closes else start], whole=True)
        begun = None if closes else (start, name)
    if begun:
        line += text.count("\n", counted, begun[0])
        rest = text[begun[0] :]
        end = _END.search(rest)
        yield Block(line, begun[1], rest[: end.start()] if end else rest, whole=end is not None)


def ends(text: str) -> bool:
    """Whether the feed has its last tag, or breaks off before."""
    return _END.search(text, max(0, len(text) - 2_000)) is not None


def _marks(text: str) -> Iterator[tuple[int, int, bool, str]]:
    """Where the first and last tags of items begin and end, none in a comment or in CDATA."""
    at = 0
    closing, endless = dict([_CDATA, _COMMENT]), set[str]()
    while found := _MARK.search(text, at):
        at = found.end()
        if end := closing.get(found[0]):
            close = -1 if end in endless else text.find(end, at)
            if close < 0:
                endless.add(end)
            at = max(at, close)
        else:
            yield found.start(), at, bool(found["close"]), found["name"]
            if found[0].endswith("/>"):
                yield at, at, True, found["name"]


def mended(block: Block) -> Element:
    """The item as an element. Raises Broken where not even its fields can be told apart."""
    if len(block.text) > LARGEST_ELEMENT:
        raise Broken(f"it has more than {LARGEST_ELEMENT:,} characters")
    text = _closed(_closed(block.text, *_CDATA), *_COMMENT)
    if f"</{block.name}" not in text[-60:]:
        text = f"{text}</{block.name}>"
    try:
        return next(elements(_TOKEN.sub(_mended, text).encode(), frozenset({"item", "entry"})))[1]
    except (Broken, StopIteration) as broken:
        element = _fields(text)
        if not len(element):
            raise Broken(str(broken) or "it is empty") from None
        return element


def _closed(text: str, start: str, end: str) -> str:
    """Without what begins a passage that never ends."""
    head, mark, tail = text.rpartition(end)
    return f"{head}{mark}{tail.replace(start, '')}"


def _mended(found: re.Match[str]) -> str:
    if found["data"] is not None:
        return escape(re.sub(_NO_CHARACTER, "", found["data"]))
    if found["tag"]:
        return re.sub(_NO_CHARACTER, "", _AMPERSAND.sub(_character, found["tag"]))
    if found[0].startswith("&"):
        return _character(found)
    return "&lt;" if found[0] == "<" else ""


def _character(found: re.Match[str]) -> str:
    """An entity as XML knows it: HTML's by its character, what is none as its own text."""
    if number := found["number"]:
        code = int(number[1:], 16) if number[0] in "xX" else int(number)
        return found[0] if code < 0x110000 and not re.match(_NO_CHARACTER, chr(code)) else ""
    name = found["named"] or ""
    if name in _XML_S_OWN:
        return found[0]
    return escape(html5.get(f"{name};", "")) or f"&amp;{found[0][1:]}"


def _fields(text: str) -> Element:
    """The fields of an item whose tags do not fit together, each up to its own last tag."""
    element = Element("item")
    at, endless = 0, set[str]()
    while found := _FIELD.search(text, at):
        at = found.end()
        name, attributes = found["name"], dict(_ATTRIBUTE.findall(found["attributes"]))
        close = -1 if name in endless else text.find(f"</{name}>", at)
        if found["attributes"].endswith("/"):
            SubElement(element, name, attributes)
        elif close < 0:
            endless.add(name)
        else:
            SubElement(element, name, attributes).text = _told(text[at:close])
            at = close
    return element


def _told(inner: str) -> str:
    """A field's text: what markup in it is not escaped stays markup."""
    inner = inner.strip()
    if inner.startswith(_CDATA[0]):
        return inner.removeprefix(_CDATA[0]).removesuffix(_CDATA[1])
    return inner if "<" in inner else unescape(inner)
