"""Mail that somebody passed on in the text of a mail: what stood in its headers, and its text."""

import datetime as dt
import re

from feeds.dates import day
from feeds.parsers.mail_parts import moment

_MARK = re.compile(
    r"^[>\s*]{0,20}(?:-{2,30}\s?(?:forwarded|original) message\s?-{2,30}"
    r"|begin forwarded message:)\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER = re.compile(
    r"^[>\s*]{0,20}(from|date|sent|subject|to|cc|reply-to)\s?:\*?\s?(.{0,500})$", re.IGNORECASE
)
_QUOTE = re.compile(r"^>[ \t]?", re.MULTILINE)
_AT_TIME = re.compile(r",?\s+(?:at\s+)?\d{1,2}:\d\d.*$", re.IGNORECASE)
MOST_HEADERS = 20


def forwarded(text: str, today: dt.date) -> tuple[str, dt.date | None]:
    """The text without the headers of a mail passed on in it, and that mail's day.

    Without such headers the text comes back as it is, and no day.
    """
    found = _MARK.search(text)
    if not found:
        return text, None
    lines = text[found.end() :].lstrip("\r\n").split("\n")
    said: dt.date | None = None
    kept = 0
    for number, line in enumerate(lines[:MOST_HEADERS]):
        header = _HEADER.match(line.rstrip())
        if header:
            kept = number + 1
            if header[1].lower() in ("date", "sent"):
                said = _day(header[2].strip(), today)
        elif line.strip(" >\r"):
            break
    return text[: found.start()] + "\n" + "\n".join(lines[kept:]), said


def unquoted(text: str) -> str:
    """The text without the marks of a quotation, where most of its lines have them."""
    lines = [line for line in text.split("\n") if line.strip()]
    quoted = sum(line.startswith(">") for line in lines)
    return _QUOTE.sub("", text) if quoted * 2 > len(lines) else text


def _day(text: str, today: dt.date) -> dt.date | None:
    if when := moment(text):
        return when.date()
    return day(_AT_TIME.sub("", text), today)
