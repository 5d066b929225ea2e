"""A month as links to its editions."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feeds.calendar import MOST_COUNTED, Day, Month, Week
from feeds.query import FeedQuery
from feeds.said_numbers import grouped
from feeds.web.addresses import address, with_terms
from feeds.web.links import Link
from feeds.web.wording import day_words
from feeds.wording import filter_words

_A_WEEK = tuple(dt.date(2026, 6, n) for n in range(1, 8))


@dataclass(frozen=True, slots=True)
class DayLink:
    """A day of the month; `href` leads to its edition, "" where there is none."""

    number: int
    words: str
    href: str
    current: bool


@dataclass(frozen=True)
class CalendarView:
    """A month with its links. `names` are those of the tags and feeds in the question."""

    month: Month
    names: Mapping[str, str]

    @property
    def title(self) -> Link:
        query = self.month.query.on("month", self.month.first)
        return Link(date_format(self.month.first, "MONTH_AND_YEAR"), address(query))

    @property
    def papers(self) -> str:
        """ "107 papers", for a plain day; "" where there are none, or nobody counted."""
        count = self.month.papers
        if count and count >= MOST_COUNTED:
            most = grouped(MOST_COUNTED)
            return _("%(most)s papers or more") % {"most": most}
        if not count:
            return ""
        return ngettext("%(n)s paper", "%(n)s papers", count) % {"n": count}

    @property
    def weekdays(self) -> tuple[tuple[str, str], ...]:
        return tuple(
            (date_format(day, "SHORT_WEEKDAY")[:2], date_format(day, "WEEKDAY")) for day in _A_WEEK
        )

    @property
    def weeks(self) -> list[tuple[Link, list[DayLink | None]]]:
        return [
            (self._week(week), [self._day(day) for day in week.days]) for week in self.month.weeks
        ]

    @property
    def filter_words(self) -> list[str]:
        return filter_words(self.month.query, self.names)

    @property
    def previous(self) -> Link | None:
        return self._month(self.month.previous)

    @property
    def next(self) -> Link | None:
        return self._month(self.month.next)

    @property
    def others(self) -> str:
        """The page of this month, from which the others are reached."""
        return calendar_address(self.month.query, self.month.first)

    @property
    def empty(self) -> bool:
        return not any(week.listed for week in self.month.weeks)

    def _week(self, week: Week) -> Link:
        query = self.month.query.on("week", week.monday)
        return Link(str(week.number), address(query) if week.listed else "")

    def _day(self, day: Day | None) -> DayLink | None:
        if day is None:
            return None
        href = address(self.month.query.on("day", day.date)) if day.listed else ""
        return DayLink(day.date.day, day_words(day.date), href, day.current)

    def _month(self, first: dt.date | None) -> Link | None:
        if first is None:
            return None
        words = date_format(first, "MONTH_AND_YEAR")
        return Link(words, calendar_address(self.month.query, first))


def calendar_address(query: FeedQuery, first: dt.date) -> str:
    """The calendar of that month for the question."""
    terms = replace(query, period="day", date=None).pairs()
    terms = [term for term in terms if term[0] != "period"]
    return with_terms(f"/calendar/{first:%Y-%m}", terms)
