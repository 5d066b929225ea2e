"""What the formats of citations (BibTeX, RIS) have in common: days in parts, ids in passing."""

import datetime as dt
import re

from feeds.dates import MONTHS

_YEAR = re.compile(r"(?<!\d)(?:1[89]|20|21)\d\d(?!\d)")
_PARTS = re.compile(
    r"\s*(?P<year>(?:1[89]|20|21)\d\d)"
    r"(?:[-/ ](?P<month>\d{1,2}|[A-Za-z]{3,9})?(?:[-/ ](?P<day>\d{1,2}))?)?(?!\d)"
)
_NAMES_ARXIV = re.compile(r"arxiv|\bcorr\b|\babs/", re.IGNORECASE)
_WORD = re.compile(r"[^\s,;()\[\]{}<>\"]+")
_DOI = re.compile(r"10\.\d{4,9}/[^\s,;\"<>{}]+")
LONGEST_PASSAGE = 2_000
MOST_WORDS = 200


def published(date: str, year: str = "", month: str = "", day: str = "") -> dt.datetime | None:
    """The first moment of what is named, in UTC; a missing month or day is the first.

    `date` is a whole day ("2024-04-03", "2024/04", a range's beginning), which wins; `year` may
    have words around it, `month` is a number or a name in any length, with the day or without.
    """
    if found := _PARTS.match(date[:100]):
        return _moment(found["year"], found["month"] or month, found["day"] or day)
    found = _YEAR.search(year[:100])
    return _moment(found[0], month, day) if found else None


def ids_in(*texts: str) -> list[str]:
    """What may be an arXiv id or a DOI in texts like "arXiv preprint arXiv:2404.01234 [cs.LG]"."""
    found: list[str] = []
    for text in (whole[:LONGEST_PASSAGE] for whole in texts):
        found.extend(_DOI.findall(text))
        if _NAMES_ARXIV.search(text):
            words = _WORD.findall(text)[:MOST_WORDS]
            found.extend(word.lower().removeprefix("abs/") for word in words)
    return found


def _moment(year: str, month: str, day: str) -> dt.datetime | None:
    """`month` may be a name with the day beside it."""
    named = re.search(r"[A-Za-z]{3}", month[:40])
    digits = re.search(r"\d{1,2}", day or (month[:40] if named else ""))
    first = dt.datetime(int(year), _month(month, named), 1, tzinfo=dt.UTC)
    try:
        return first.replace(day=int(digits[0])) if digits else first
    except ValueError:  # a day that the month has not
        return first


def _month(text: str, named: re.Match[str] | None) -> int:
    """The month's number; the first where `text` names none."""
    if named:
        name = named[0].lower()
        return MONTHS.index(name) + 1 if name in MONTHS else 1
    number = re.match(r"\W*(0?[1-9]|1[0-2])(?!\d)", text[:40])
    return int(number[1]) if number else 1
