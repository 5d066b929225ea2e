"""Mail taken apart: messages of an mbox, headers, and parts with their encodings undone.

The headers and the encodings are read by the standard library. Messages are parted here,
because its reader of whole messages takes a time that grows with the depth of nesting and with
the length of a header's parameters.
"""

import codecs
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from functools import cached_property

from feeds.parsers.decoding import decode
from feeds.parsers.entry import line

LONGEST_HEAD = 256 * 1024
LONGEST_PARAMETERS = 2_000
_NAME = rb"[!-9;-~]{1,80}:"
_MBOX = re.compile(
    rb"(?:\A\s{0,100}|(?<=\n\n)|(?<=\n\r\n))From [^\n]{1,300}\r?\n(?=" + _NAME + rb")"
)
_HEAD = re.compile(rb"\s{0,100}(?:" + _NAME + rb"[^\n]*(?:\n[ \t][^\n]*)*(?:\n|\Z))+")
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n|\A\r?\n")
_KNOWN = re.compile(
    rb"^(from|to|subject|date|message-id|mime-version|received|return-path|delivered-to|reply-to"
    rb"|content-type|list-id|x-[a-z-]+)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
# A listing of arXiv may begin with a date and a subject, too.
_OF_MAIL_ALONE = frozenset(
    {b"from", b"message-id", b"mime-version", b"received", b"return-path", b"delivered-to"}
)
_HARMFUL = frozenset({"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape"})
_WIDER = {"iso8859-1": "cp1252", "ascii": "utf-8", "gb2312": "gb18030", "gbk": "gb18030"}
_ENCODINGS = frozenset({"base64", "quoted-printable", "x-uuencode", "uuencode", "uue", "x-uue"})
_MESSAGES = frozenset({"message/rfc822", "message/global", "message/news"})
# What the standard library raises at headers that are none.
_MALFORMED = (HeaderParseError, ValueError, LookupError, TypeError, AttributeError, OverflowError)


@dataclass(frozen=True)
class Part:
    """A message, or a part of one: its headers and its content as it was sent.

    `place` says where it stands ("part 2.1"; empty for a whole message).
    """

    place: str
    headers: Message
    body: bytes

    @cached_property
    def type(self) -> str:
        """The media type in small letters; text/plain where none is readable."""
        said = str(self.headers.get("Content-Type", ""))[:LONGEST_PARAMETERS]
        kind = said.partition(";")[0].strip().lower()
        return kind if re.fullmatch(r"[\w.+-]{1,60}/[\w.+-]{1,80}", kind) else "text/plain"

    @cached_property
    def name(self) -> str:
        """The file's name, decoded; "" where it has none."""
        try:
            return _decoded(self.headers.get_filename() or "")[:200]
        except _MALFORMED:
            return ""

    @property
    def is_attached(self) -> bool:
        said = str(self.headers.get("Content-Disposition", "")).strip().lower()
        return said.startswith("attachment") or bool(self.name)

    def content(self) -> bytes:
        """The bytes with the transfer encoding undone, as far as they keep to it."""
        said = str(self.headers.get("Content-Transfer-Encoding", ""))[:80].strip().lower()
        if said not in _ENCODINGS:
            return self.body
        bare = Message()
        bare["Content-Transfer-Encoding"] = said
        bare.set_payload(self.body.decode("ascii", "surrogateescape"))
        found = bare.get_payload(decode=True)
        return found if isinstance(found, bytes) else self.body

    def text(self) -> str:
        """The content as text. Raises Declined where it is none."""
        content = self.content()
        if not content.isascii() and _is_utf8(content):
            return decode(content)  # whatever it is said to be
        try:
            return content.decode(self._charset(), "strict")
        except _MALFORMED:
            return decode(content)

    def _charset(self) -> str:
        said = str(self.headers.get_content_charset() or "utf-8")
        name = codecs.lookup(said[:60]).name
        if name in _HARMFUL:
            raise LookupError(name)
        return _WIDER.get(name, name)

    @property
    def is_message(self) -> bool:
        return self.type in _MESSAGES

    @property
    def is_multipart(self) -> bool:
        return self.type.startswith("multipart/")

    def parts(self) -> Iterator["Part"]:
        """The parts of a multipart, the one message in a message/rfc822; none of anything else."""
        if self.is_message:
            yield replace(part_of(self.content().lstrip()), place=self.place)
        elif self.is_multipart:
            prefix = f"{self.place}." if self.place else "part "
            for number, content in enumerate(self._pieces(), start=1):
                part = part_of(content)
                if self.type == "multipart/digest" and "Content-Type" not in part.headers:
                    part.headers["Content-Type"] = "message/rfc822"
                yield replace(part, place=f"{prefix}{number}")

    def _pieces(self) -> Iterator[bytes]:
        boundary = self._boundary()
        if not boundary:
            return
        edge = re.compile(rb"(?:\A|(?<=\n))--" + re.escape(boundary) + rb"(--)?[ \t]*(?:\r?\n|\Z)")
        start = -1
        for found in edge.finditer(self.body):
            if start >= 0:
                yield self.body[start : found.start()]
            start = -1 if found[1] else found.end()
            if found[1]:
                return
        if start >= 0:  # it was cut off
            yield self.body[start:]

    def _boundary(self) -> bytes:
        try:
            said = self.headers.get_boundary() or ""
        except _MALFORMED:
            return b""
        return said.encode("utf-8", "surrogateescape") if len(said) <= 200 else b""

    def date(self) -> dt.datetime | None:
        """The moment that the Date header names, in UTC."""
        return moment(str(self.headers.get("Date", "")))


def is_message(content: bytes) -> bool:
    """Whether the bytes begin like a mail or an mbox: with a block of headers that mail has.

    Two of them at least, one of which nothing but mail has (From, Received, Message-ID…).
    """
    start = content[:LONGEST_HEAD].removeprefix(codecs.BOM_UTF8)
    if found := _MBOX.match(start):
        start = start[found.end() :]
    if not (head := _HEAD.match(start)):
        return False
    names = {name.lower() for name in _KNOWN.findall(head[0])}
    return len(names) > 1 and bool(names & _OF_MAIL_ALONE)


def messages(content: bytes) -> list[bytes]:
    """The messages of an mbox; one message is itself."""
    content = content.removeprefix(codecs.BOM_UTF8)
    edges = list(_MBOX.finditer(content))
    if not edges or content[: edges[0].start()].strip():
        return [content.lstrip()]
    ends = [*(edge.start() for edge in edges[1:]), len(content)]
    return [content[edge.end() : end] for edge, end in zip(edges, ends, strict=True)]


def part_of(content: bytes) -> Part:
    """A message or a part of one, whose headers end at the first empty line."""
    end = _END_OF_HEAD.search(content)
    head, body = (content[: end.end()], content[end.end() :]) if end else (content, b"")
    headers = BytesHeaderParser().parsebytes(head[:LONGEST_HEAD])
    for name in ("Content-Type", "Content-Disposition"):
        if len(str(headers.get(name, ""))) > LONGEST_PARAMETERS:
            del headers[name]
    return Part("", headers, body)


def moment(text: str) -> dt.datetime | None:
    """The moment that a mail's date names ("Fri, 24 Apr 2026 00:43:00 -0700"), in UTC, or None."""
    try:
        when = parsedate_to_datetime(text[:100])
        return when.astimezone(dt.UTC) if when.tzinfo else when.replace(tzinfo=dt.UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _decoded(text: str) -> str:
    """A header's words (RFC 2047) as text."""
    text = text[:LONGEST_PARAMETERS]
    try:
        return line(str(make_header(decode_header(text))))
    except _MALFORMED:
        return line(text)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True
