"""What a mail server's refusal says of the address: pure, of its code and its words."""

import re

from accounts.models import Feedback

Kind = Feedback.Kind

# Enhanced status codes (RFC 3463). An address that is not there:
_GONE = ("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.1", "5.4.4")
# One that may take mail tomorrow: full, too long a mail, a loop, out of time.
_PASSES = ("5.2.2", "5.2.3", "5.3.1", "5.3.4", "5.4.5", "5.4.6", "5.4.7", "5.4.14")
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])", re.ASCII)
_CODE = re.compile(r"(?<![\d.])([45]\d\d)[ \-#:]", re.ASCII)
_FULL = re.compile(
    r"quota|(mailbox|storage) .{0,20}full|insufficient .{0,10}storage|out of storage"
)
_BLOCKED = re.compile(
    r"spam|block(ed|list)|black.?list|policy|reputation|dmarc|\bspf\b|dkim|not authori[sz]ed|"
    r"\brbl\b|listed at|too many (messages|connections)|rate limit|unsolicited"
)
_NOBODY = re.compile(
    r"(user|recipient|mailbox|account|address)( \S{1,80})? (is )?"
    r"(unknown|not found|disabled|inactive|unavailable|invalid|closed|no longer)|"
    r"unknown (user|recipient|address|mailbox|local)|"
    r"no such (user|recipient|address|mailbox|person|account)|no mailbox here|"
    r"(does ?n.t|does not) exist|recipientnotfound|"
    r"invalid (user|recipient|address|mailbox)|(host|domain) (name )?not found|\bnxdomain\b"
)


def verdict(status: str, words: str, *, at_address: bool = False) -> str:
    """HARD, SOFT or BLOCKED.

    `status` is the enhanced code where one is told, `words` the server's own. `at_address` says
    that the refusal came in answer to the address itself, before there was any mail.
    """
    code = _code(words)
    status = _best_status(status, words)
    said = words.lower()[:2000]
    if status.startswith("4.") or (not status and code.startswith("4")):
        return Kind.SOFT
    if status in _GONE:
        return Kind.HARD
    if status in _PASSES:
        return Kind.SOFT
    if status.startswith("5.7.") or _BLOCKED.search(said):
        return Kind.BLOCKED
    if _FULL.search(said):
        return Kind.SOFT
    if _NOBODY.search(said) or (at_address and code in ("550", "551", "553")):
        return Kind.HARD
    return Kind.SOFT


def status_in(words: str) -> str:
    """The first enhanced code of a failure in the words, or ""."""
    found = (hit for hit in _STATUS.findall(words[:5000]) if hit[0] in "45")
    return next(found, "")


def _best_status(status: str, words: str) -> str:
    """One that says something: gateways put 5.0.0 where the words say 5.1.1."""
    told = status_in(status)
    if not told or told.endswith(".0.0"):
        return status_in(words) or told
    return told


def _code(words: str) -> str:
    hit = _CODE.search(f"{words[:5000]} ")
    return hit[1] if hit else ""
