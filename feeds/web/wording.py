"""How periods and questions read in words."""

from collections.abc import Mapping
from datetime import date, timedelta

from feeds.around import COUNTED, Pace
from feeds.query import FeedQuery
from feeds.rankers.base import order_label
from feeds.wording import filter_words

PERIOD_NAMES = {"day": "Day", "week": "Week", "month": "Month", "all": "Trending"}


def day_words(day: date) -> str:
    return f"{day:%A}, {day.day} {day:%B %Y}"


def period_words(query: FeedQuery) -> str:
    """ "Friday, 24 April 2026", "20 to 26 April 2026", "April 2026" or "All days"."""
    first, last = query.date, query.last_day
    if not first or not last:
        return "All days" if query.period == "all" else f"Latest {query.period}"
    if query.period == "day":
        return day_words(first)
    if query.period == "month":
        return f"{first:%B %Y}"
    return _span(first, last)


def _span(first: date, last: date) -> str:
    if first.year != last.year:
        return f"{first.day} {first:%B %Y} to {last.day} {last:%B %Y}"
    if first.month != last.month:
        return f"{first.day} {first:%B} to {last.day} {last:%B %Y}"
    return f"{first.day} to {last.day} {last:%B %Y}"


def neighbour_words(query: FeedQuery, day: date) -> str:
    """The edition of `day`, as short as it stays clear beside the edition of `query`."""
    here = query.date or day
    year = "" if day.year == here.year else f" {day.year}"
    if query.period == "month":
        return f"{day:%B}{year}"
    if query.period == "week":
        return f"Week {day.isocalendar().week}{year}"
    near = abs(day - here) < timedelta(days=7)
    return f"{day:%a} {day.day}" if near else f"{day.day} {day:%b}{year}"


def heading(query: FeedQuery, names: Mapping[str, str]) -> str:
    """The list's headline: its edition, or what it is about."""
    if query.period != "all":
        return period_words(query)
    if words := filter_words(query, names):
        return ", ".join([_capital(words[0]), *words[1:]])
    return f"{_capital(order_words(query.sort))} papers"


def pace_words(pace: Pace) -> str:
    """ "Rising: 14 papers in the week to 24 April 2026, 20 in the four weeks before."; "" where
    there were none.
    """
    if not pace.week and not pace.before:
        return ""
    until = f"{pace.until.day} {pace.until:%B %Y}"
    few = {0: "No paper", 1: "1 paper"}
    papers = few.get(pace.week, f"{_number(pace.week)} papers")
    said = f"{papers} in the week to {until}"
    if pace.before is None:
        return f"{said}."
    how = "Rising: " if pace.rises else "Quieter: " if pace.falls and pace.week else ""
    return f"{how}{said}, {_number(pace.before)} in the four weeks before."


def _number(papers: int) -> str:
    return f"{papers:,} or more" if papers >= COUNTED else f"{papers}" if papers else "none"


def order_words(sort: str) -> str:
    return order_label(sort)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
