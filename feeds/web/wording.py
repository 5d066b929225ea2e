"""How periods and questions read in words."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from feeds.around import COUNTED, Pace
from feeds.query import FeedQuery
from feeds.rankers.base import order_label
from feeds.said_numbers import grouped
from feeds.wording import filter_words

_EDITORS = gettext_noop("the editors")  # as BYLINE has it if it is not set
_PERIODS = {
    "day": gettext_noop("Day"),
    "week": gettext_noop("Week"),
    "month": gettext_noop("Month"),
    "all": gettext_noop("Trending"),
}
_LATEST = {
    "day": gettext_noop("Latest day"),
    "week": gettext_noop("Latest week"),
    "month": gettext_noop("Latest month"),
}
_HEADINGS = {
    "hot": gettext_noop("Trending papers"),
    "rising": gettext_noop("Rising papers"),
    "scaled": gettext_noop("Evenly trending papers"),
    "new": gettext_noop("Newest papers"),
    "top": gettext_noop("Most voted papers"),
    "for_you": gettext_noop("Papers for you"),
    "relevance": gettext_noop("Most relevant papers"),
}


def period_name(period: str) -> str:
    """ "Day", as the masthead has it."""
    return _(_PERIODS[period])


def day_words(day: date) -> str:
    return date_format(day, "WEEKDAY_AND_DAY")


def period_words(query: FeedQuery) -> str:
    """ "Friday, 24 April 2026", "20 to 26 April 2026", "April 2026" or "All days"."""
    first, last = query.date, query.last_day
    if not first or not last:
        return _("All days") if query.period == "all" else _(_LATEST[query.period])
    if query.period == "day":
        return day_words(first)
    if query.period == "month":
        return date_format(first, "MONTH_AND_YEAR")
    return _span(first, last)


def _span(first: date, last: date) -> str:
    short = "DAY_OF_MONTH" if first.month != last.month else "NUMBER_OF_DAY"
    begins = date_format(first, "DAY" if first.year != last.year else short)
    return _("%(first)s to %(last)s") % {"first": begins, "last": date_format(last, "DAY")}


def neighbour_words(query: FeedQuery, day: date) -> str:
    """The edition of `day`, as short as it stays clear beside the edition of `query`."""
    here = query.date or day
    other_year = day.year != here.year
    if query.period == "month":
        return date_format(day, "MONTH_AND_YEAR" if other_year else "MONTH")
    if query.period == "week":
        year = f" {day.year}" if other_year else ""
        return _("Week %(number)s") % {"number": day.isocalendar().week} + year
    if abs(day - here) < timedelta(days=7):
        return date_format(day, "WEEKDAY_AND_NUMBER")
    return date_format(day, "SHORT_DAY" if other_year else "SHORT_DAY_OF_MONTH")


def heading(query: FeedQuery, names: Mapping[str, str]) -> str:
    """The list's headline: its edition, or what it is about."""
    if query.period != "all":
        return period_words(query)
    if words := filter_words(query, names):
        return ", ".join([_capital(words[0]), *words[1:]])
    return _(_HEADINGS[query.sort])


def pace_words(pace: Pace) -> str:
    """ "Rising: 14 papers in the week to 24 April 2026, 20 in the four weeks before."; "" where
    there were none.
    """
    if not pace.week and not pace.before:
        return ""
    told = {"week": _week_words(pace)}
    if pace.before is None:
        return _("%(week)s.") % told
    told["before"] = _number(pace.before)
    if pace.rises:
        return _("Rising: %(week)s, %(before)s in the four weeks before.") % told
    if pace.falls and pace.week:
        return _("Quieter: %(week)s, %(before)s in the four weeks before.") % told
    return _("%(week)s, %(before)s in the four weeks before.") % told


def _week_words(pace: Pace) -> str:
    until = date_format(pace.until, "DAY")
    if not pace.week:
        return _("No paper in the week to %(until)s") % {"until": until}
    said = ngettext(
        "%(papers)s paper in the week to %(until)s",
        "%(papers)s papers in the week to %(until)s",
        pace.week,
    )
    return said % {"papers": _number(pace.week), "until": until}


def _number(papers: int) -> str:
    if papers >= COUNTED:
        return _("%(papers)s or more") % {"papers": grouped(papers)}
    return str(papers) if papers else _("none")


def editors() -> str:
    """The site's byline, in the reader's language where it is nobody's name."""
    return _(_EDITORS) if settings.BYLINE == _EDITORS else settings.BYLINE


def order_words(sort: str) -> str:
    return order_label(sort)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
