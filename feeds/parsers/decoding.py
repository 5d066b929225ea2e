"""Bytes as text, whatever they are encoded in."""

import codecs
import re

from feeds.parsers.base import Declined

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NOT_UTF8 = re.compile("[\udc80-\udcff]+")
_NULS_OF_BINARY = 0.01


def decode(content: bytes) -> str:
    """The text of a document, without its byte order mark.

    It is read as its mark says; without one as UTF-16 where every second byte is zero, else as
    UTF-8, and bytes that are not UTF-8 as Windows-1252. Raises Declined where it is no text.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    if encoding := _unmarked_utf16(content[:1000]):
        return content.decode(encoding, "replace")
    if content.count(0) > len(content) * _NULS_OF_BINARY:
        raise Declined("it is binary, not text")
    try:
        return content.decode()
    except UnicodeDecodeError:  # only then is it worth looking at all signs
        return _NOT_UTF8.sub(_windows_1252, content.decode("utf-8", "surrogateescape"))


def _unmarked_utf16(start: bytes) -> str:
    half = len(start) // 2
    if half and start[1::2].count(0) > 0.8 * half and start[::2].count(0) == 0:
        return "utf-16-le"
    if half and start[::2].count(0) > 0.8 * half and start[1::2].count(0) == 0:
        return "utf-16-be"
    return ""


def _windows_1252(broken: re.Match[str]) -> str:
    return broken[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace")
