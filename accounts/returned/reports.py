"""Reading what comes back in a mailbox: failure notices (RFC 3464 and older) and complaints (ARF).

What a report says counts only where it holds a mark of ours: anybody can write such a mail.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser, HeaderParser
from email.policy import compat32

from accounts import marks
from accounts.models import Feedback
from accounts.returned.verdicts import status_in, verdict

Kind = Feedback.Kind
LARGEST = 1_000_000  # of a report's bytes that are looked at
MOST_PARTS = 50
_STATUS_PARTS = ("message/delivery-status", "message/global-delivery-status")
_COMPLAINTS = ("abuse", "fraud", "virus", "other", "opt-out", "miscategorized")
_DAEMON = re.compile(r"mailer-daemon|postmaster|mail delivery (sub)?system|<>", re.IGNORECASE)
_LATE = re.compile(r"delayed|warning: |still being|will (be )?retr|not yet been", re.IGNORECASE)
_FAILED = re.compile(r"(?<!\d)5\d\d[ -]|permanent|fail|undeliver", re.IGNORECASE)
# Behind these stands the mail itself, whose words are not the server's.
_COPY = re.compile(
    r"^-{2,}.*(copy of|original message|this message|undelivered message).*$|^Received: |"
    r"^Original message headers:",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Report:
    """What a message tells of a mail of ours: `kind` is one of Feedback's."""

    kind: str
    mark: marks.Mark
    status: str
    detail: str


def read(content: bytes) -> Report | None:
    """What the message reports; None where it is no report, or none about a mail of ours.

    It raises nothing, whatever the bytes are.
    """
    message = BytesParser(policy=compat32).parsebytes(content[:LARGEST])
    told = _complaint(message) or _failure(message)
    if told is None:
        return None
    mark = marks.found_in(_everything(content[:LARGEST], message))
    return Report(told[0], mark, told[1], told[2]) if mark else None


def _complaint(message: Message) -> tuple[str, str, str] | None:
    for part in _parts(message):
        if part.get_content_type() == "message/feedback-report":
            fields = _groups(part)
            kind = next((_word(one, "Feedback-Type") for one in fields if one), "")
            if kind.lower() in _COMPLAINTS:
                return Kind.COMPLAINT, "", kind.lower()
    return None


def _failure(message: Message) -> tuple[str, str, str] | None:
    groups = [
        group
        for part in _parts(message)
        if part.get_content_type() in _STATUS_PARTS
        for group in _groups(part)
    ]
    if groups:
        failed = [group for group in groups if _word(group, "Action").lower() == "failed"]
        return _worst(_told(group, message) for group in failed)
    return _old_notice(message)


def _told(group: Message, message: Message) -> tuple[str, str, str]:
    status = _word(group, "Status")
    words = _word(group, "Diagnostic-Code").partition(";")[2].strip()
    # Some gateways put what was said into the notice for people alone.
    words = words or _notice(message)
    return verdict(status, words), status_in(f"{status} {words}"), words


def _worst(told: Iterator[tuple[str, str, str]]) -> tuple[str, str, str] | None:
    found = list(told)
    hard = [one for one in found if one[0] == Kind.HARD]
    return next(iter(hard or found), None)


def _old_notice(message: Message) -> tuple[str, str, str] | None:
    """A notice in words alone: of qmail, of Exim, of older Exchange servers."""
    sender = f"{message.get('From', '')} {message.get('Return-Path', '')}"
    if not (_DAEMON.search(sender) or message.get("X-Failed-Recipients")):
        return None
    words = _notice(message)
    if _LATE.search(f"{message.get('Subject', '')} {words}"):
        return None
    status = status_in(words)
    if not status and not _FAILED.search(words):
        return None
    return verdict(status, words), status, _telling(words)


def _telling(words: str) -> str:
    """The line of the notice that holds the server's answer, or its first words."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    coded = [line for line in lines if re.search(r"(?<!\d)[45]\d\d[ -#]|[45]\.\d+\.\d+", line)]
    return (coded or lines or [""])[0]


def _notice(message: Message) -> str:
    """The words for people, up to where a copy of the mail begins."""
    for part in _parts(message):
        if part.get_content_type() in ("text/plain", "text/html"):
            words = _decoded(part)
            if part.get_content_type() == "text/html":
                words = re.sub(r"<[^>]{0,300}>", " ", words)
            return _COPY.split(words, maxsplit=1)[0][:5000]
    return ""


def _groups(part: Message) -> list[Message]:
    """The groups of fields of a report, each as headers."""
    payload = part.get_payload()
    if isinstance(payload, list):
        found = [one for one in payload if isinstance(one, Message)]
        # A part that was encoded, or that began with an empty line, stands in the text.
        if any(one.keys() for one in found):
            return found
        text = "\n\n".join(_decoded(one) for one in found)
    else:
        text = _decoded(part)
    blocks = re.split(r"\r?\n[ \t]*\r?\n", text)
    return [HeaderParser(policy=compat32).parsestr(block.strip()) for block in blocks[:MOST_PARTS]]


def _everything(content: bytes, message: Message) -> str:
    """The bytes as they came, and what was encoded in them."""
    encoded = (_decoded(part) for part in _parts(message) if part["Content-Transfer-Encoding"])
    return "\n".join([content.decode("utf-8", "replace"), *encoded])


def _parts(message: Message) -> Iterator[Message]:
    for number, part in enumerate(message.walk()):
        if number >= MOST_PARTS:
            return
        yield part


def _decoded(part: Message) -> str:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AssertionError):
        return ""
    return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def _word(group: Message, name: str) -> str:
    return " ".join(str(group.get(name, "")).split())
