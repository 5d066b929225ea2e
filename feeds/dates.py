"""Days and moments as digests write them."""

import datetime as dt
import re

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20|21)\d\d)"
_FORMS = tuple(
    re.compile(_WEEKDAY + form, re.IGNORECASE | re.ASCII)
    for form in (
        rf"{_MONTH}\s*{_DAY}(?:\s*,?\s*{_YEAR})?",
        rf"{_DAY}\s+(?:of\s+)?{_MONTH}(?:\s*,?\s*{_YEAR})?",
        r"(?P<year>(?:19|20|21)\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])",
    )
)
_LONGEST = 64


def day(text: str, today: dt.date) -> dt.date | None:
    """The day that `text` is ("Apr 24", "Oct 7, 2024", "24 April", "2026-04-24"), or None.

    Without a year it is the latest such day that is not after `today`.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    for form in _FORMS:
        if found := form.fullmatch(text):
            return _day(found, today)
    return None


def moment(text: str) -> dt.datetime | None:
    """The moment that an ISO 8601 text names, in UTC, or None; without a zone it is UTC."""
    if len(text) > _LONGEST:
        return None
    try:
        read = dt.datetime.fromisoformat(text.strip())
        return read.astimezone(dt.UTC) if read.tzinfo else read.replace(tzinfo=dt.UTC)
    except (ValueError, OverflowError):
        return None


def _day(found: re.Match[str], today: dt.date) -> dt.date | None:
    said = found["month"].lower()
    month = int(said) if said.isdigit() else MONTHS.index(said[:3]) + 1
    number = int(found["day"])
    if found["year"]:
        return _real_day(int(found["year"]), month, number)
    # Eight years reach back to a 29 February even over 1900 and 2100.
    years = range(today.year, max(0, today.year - 9), -1)
    days = (_real_day(year, month, number) for year in years)
    return next((one for one in days if one and one <= today), None)


def _real_day(year: int, month: int, number: int) -> dt.date | None:
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None
