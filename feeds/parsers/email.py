"""Mail with papers in it: alerts, newsletters, mailings, forwarded and attached digests."""

import datetime as dt
import re
from dataclasses import dataclass, field, replace

from feeds.parsers import scholar_alert
from feeds.parsers.base import Declined, UnknownFormat, parse, parsers
from feeds.parsers.decoding import decode
from feeds.parsers.forwarded import forwarded, unquoted
from feeds.parsers.html_items import items
from feeds.parsers.linked_papers import papers
from feeds.parsers.mail_parts import Part, is_message, messages, part_of
from feeds.parsers.mentions import works_in
from feeds.records import PaperRecord, ParsedDigest, Problem, RawDigest
from feeds.tex.clean import strip_controls

DEEPEST = 20
MOST_PARTS = 1_000
LONGEST_HTML = 5_000_000
EARLIEST = dt.date(1980, 1, 1)
_MAILING = re.compile(r"^\\\\\s*\n(?:arXiv|Paper)\b", re.MULTILINE)
_LISTS = (".bib", ".ris", ".nbib", ".json", ".jsonl", ".eml")
_NO_DIGESTS = ("image/", "audio/", "video/", "font/", "model/", "text/calendar", "text/vcard")
_Entry = PaperRecord | Problem


@dataclass(slots=True)
class _Found:
    """What a part holds: its entries, and the day of the mail that they stood in."""

    entries: list[_Entry] = field(default_factory=list)
    date: dt.date | None = None

    @property
    def papers(self) -> int:
        return sum(isinstance(one, PaperRecord) for one in self.entries)

    def if_any(self) -> "_Found":
        """Nothing, where no entry is a paper: then its problems are none of a digest."""
        return self if self.papers else _Found()


class Email:
    """A message as mail servers pass it on (RFC 5322), or an mbox of several.

    Papers stand in the text of a mail, in what is attached to it, and in mail that was forwarded
    with it, attached or in the text. Google Scholar's alerts are read article by article; HTML
    with links to works as `MarkdownList` reads lists, without its headings as keywords; plain
    text, and whatever is attached, by the parser that takes it. Of alternatives the one with
    most papers counts, of equals the last.

    The edition's day is that of the mail's Date, in UTC, or of the forwarded mail's; of several
    messages the last day, and each paper is listed on its own message's. A day after tomorrow
    or before there was mail counts as none. A file of references that no parser takes is a
    Problem; other files without papers are passed over.
    """

    name = "email"
    label = "mail (RFC 5322)"
    order = 29

    def parse(self, digest: RawDigest) -> ParsedDigest:
        content = digest.whole()
        if not is_message(content):
            raise Declined("it does not begin with the headers of a mail")
        every = messages(content)
        found = [
            _Reader(digest).message(part_of(one), f"message {number}" if every[1:] else "")
            for number, one in enumerate(every, start=1)
        ]
        if not any(one.papers for one in found):
            raise Declined("it is a mail that names no paper")
        days = [one.date for one in found if one.date and one.papers]
        if every[1:] and not digest.date:
            found = list(map(_listed, found))
        entries = [entry for one in found for entry in one.entries]
        return ParsedDigest(self.name, digest.date or max(days, default=None), entries)


class _Reader:
    """Reads one message; its parts are counted over all depths."""

    def __init__(self, digest: RawDigest) -> None:
        self.digest = digest
        self.parts = 0

    def message(self, part: Part, within: str, depth: int = 0) -> _Found:
        """What the message holds; `within` is its own place, where it is one of several."""
        found = self._part(part, within, depth)
        when = part.date()
        found.date = found.date or (self._plausible(when.date()) if when else None)
        return found

    def _part(self, part: Part, within: str, depth: int) -> _Found:
        place = ", ".join(filter(None, (within, part.place, part.name)))
        self.parts += 1
        if self.parts > MOST_PARTS:
            return _Found([Problem(place, f"the mail has more than {MOST_PARTS:,} parts")])
        if depth > DEEPEST:
            return _Found([Problem(place, f"the mail is nested deeper than {DEEPEST} levels")])
        try:
            if part.is_message or part.is_multipart:
                return self._several(part, within, depth)
            return _placed(self._leaf(part, depth), place)
        except Declined:  # it is no text
            return _Found()

    def _several(self, part: Part, within: str, depth: int) -> _Found:
        read = self.message if part.is_message else self._part
        found: list[_Found] = []
        for one in part.parts():
            found.append(read(one, within, depth + 1))
            if self.parts > MOST_PARTS:
                break
        if not found:  # no boundary is named, or none is there
            return self._plain(decode(part.body))
        if part.type == "multipart/alternative":
            best = max(one.papers for one in found)
            found = [one for one in found if one.papers == best][-1:]
        day = next((one.date for one in found if one.papers and one.date), None)
        return _Found([entry for one in found for entry in one.entries], day)

    def _leaf(self, part: Part, depth: int) -> _Found:
        if part.type.startswith(_NO_DIGESTS):
            return _Found()
        if part.type == "text/html":
            return self._html(part.text())
        text = part.type.startswith("text/")
        content = _utf8(part.text()) if text else part.content()
        if is_message(content):
            every = [self.message(part_of(one), "", depth + 1) for one in messages(content)]
            day = next((one.date for one in every if one.papers), None)
            return _Found([entry for one in every for entry in one.entries], day)
        if part.type == "text/plain" and not part.is_attached:
            return self._plain(content.decode())
        found = self._parsed(content, part.name)
        if not found.papers and part.name.lower().endswith(_LISTS):
            return _Found([Problem("", "no parser takes this file")])
        return found

    def _html(self, text: str) -> _Found:
        if len(text) > LONGEST_HTML:
            return _Found([Problem("", f"it is longer than {LONGEST_HTML:,} characters")])
        found = items(strip_controls(text))
        plain = "\n".join(item.text for item in found).replace("\xa0", " ")
        is_alert = scholar_alert.is_alert(found)
        if not is_alert and (_MAILING.search(plain) or not any(map(works_in, found))):
            return self._plain(plain)
        entries = scholar_alert.alert(found) if is_alert else papers(found, topics=False)
        day = forwarded(plain, self.digest.today)[1]
        return _Found(list(entries), self._plausible(day)).if_any()

    def _plain(self, text: str) -> _Found:
        """What the parser that takes the text finds, without marks of quotation or with them."""
        text, day = forwarded(text.replace("\r\n", "\n"), self.digest.today)
        found = self._parsed(_utf8(unquoted(text)), "")
        if not found.papers:
            found = self._parsed(_utf8(text), "")
        found.date = self._plausible(day)
        return found

    def _parsed(self, content: bytes, name: str) -> _Found:
        if is_message(content):  # headers that were quoted: each would be read within the other
            return _Found()
        try:
            found = parse(replace(self.digest, content=content, name=name))
        except UnknownFormat:
            return _Found()
        return _Found(list(found.entries)).if_any()

    def _plausible(self, day: dt.date | None) -> dt.date | None:
        latest = self.digest.today + dt.timedelta(days=1)
        return day if day and EARLIEST <= day <= latest else None


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _listed(found: _Found) -> _Found:
    """The papers with the day of their message as that of their listing."""
    if found.date is None:
        return found
    when = dt.datetime.combine(found.date, dt.time.min, dt.UTC)
    entries = [
        replace(one, listed_at=when) if isinstance(one, PaperRecord) and not one.listed_at else one
        for one in found.entries
    ]
    return _Found(entries, found.date)


def _placed(found: _Found, place: str) -> _Found:
    """The problems with the part's place before their own."""
    found.entries = [
        replace(one, place=", ".join(filter(None, (place, one.place))))
        if isinstance(one, Problem)
        else one
        for one in found.entries
    ]
    return found


parsers.register(Email())
