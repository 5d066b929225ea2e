"""The versions that a digest tells of, and which of them are withdrawn."""

import datetime as dt
import re
from collections.abc import Iterable

from feeds.identify import arxiv_version
from feeds.records import Version
from feeds.tex.clean import one_line, strip_controls

_LONGEST_NOTE = 500
_WITHDRAWN = re.compile(
    r"\s*(?:(?:this|the) (?:paper|article|submission|manuscript|work|version) )?"
    r"(?:has been |have been |is |was )?withdrawn\b",
    re.IGNORECASE,
)


def is_withdrawal(text: str) -> bool:
    """Whether a comment, or what stands in an abstract's place, says that there is no paper."""
    return _WITHDRAWN.match(text) is not None


def named_version(
    ids: Iterable[str], when: dt.datetime | None = None, note: str = ""
) -> tuple[Version, ...]:
    """The version that one of the ids names ("2404.01234v2"), which came at `when`.

    Without a number it is told of only where `note` says that it is withdrawn.
    """
    number = next(filter(None, map(arxiv_version, ids)), 0)
    return (version(number, when, note),) if number or is_withdrawal(note) else ()


def version(number: int, when: dt.datetime | None, note: str) -> Version:
    """The version, withdrawn where `note` says so."""
    note = one_line(strip_controls(note))
    return Version(number, when, is_withdrawal(note), note[:_LONGEST_NOTE])
