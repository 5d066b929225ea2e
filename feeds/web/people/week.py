"""The page of a reader's own week."""

import datetime as dt
import re
from contextlib import suppress
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from feeds.own_week import KINDS, OwnWeek, own_week
from feeds.query import FeedQuery
from feeds.records import PaperView
from feeds.web.people.signed_in import for_readers
from feeds.web.wording import period_words

WIDE, HIGH, GAP = 140.0, 36.0, 3.0
_WEEK = re.compile(r"((?:19|20)\d\d)-W(\d\d)", re.ASCII)
WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Column:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Row:
    """What was done of one kind on each day: the numbers, and their columns in the picture."""

    kind: str
    counts: tuple[int, ...]
    columns: tuple[Column, ...]

    @property
    def all(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class WeekView:
    week: OwnWeek
    today: dt.date

    @property
    def words(self) -> str:
        return period_words(FeedQuery(period="week", date=self.week.first))

    @property
    def box(self) -> str:
        return f"0 0 {WIDE:g} {HIGH:g}"

    @property
    def rows(self) -> list[Row]:
        """All on one scale."""
        most = max((max(counts) for counts in self.week.counts.values()), default=0) or 1
        return [
            Row(_(kind), self.week.counts[kind], _columns(self.week.counts[kind], most))
            for kind in KINDS
        ]

    @property
    def days(self) -> tuple[dt.date, ...]:
        return self.week.days

    @property
    def papers(self) -> tuple[tuple[PaperView, tuple[str, ...]], ...]:
        return tuple((paper, tuple(_(kind) for kind in kinds)) for paper, kinds in self.week.papers)

    @property
    def before(self) -> str:
        return _address(self.week.first - WEEK)

    @property
    def after(self) -> str:
        """The week after, "" where that has not come yet."""
        later = self.week.first + WEEK
        return _address(later) if later <= self.today else ""


@require_safe
@for_readers
def week(request: HttpRequest, reader: int) -> HttpResponse:
    today = timezone.now().date()
    day = _day(request.GET.get("of", ""), today)
    shown = WeekView(own_week(reader, day), today)
    return render(request, "people/week.html", {"week": shown})


def _day(text: str, today: dt.date) -> dt.date:
    """The Monday of the week that the text names; today without one. Raises Http404."""
    if not text:
        return today
    if named := _WEEK.fullmatch(text):
        with suppress(ValueError):
            return dt.date.fromisocalendar(int(named[1]), int(named[2]), 1)
    raise Http404


def _columns(counts: tuple[int, ...], most: int) -> tuple[Column, ...]:
    step = (WIDE + GAP) / len(counts)
    return tuple(
        Column(
            round(number * step, 2),
            round(HIGH - HIGH * count / most, 2),
            round(step - GAP, 2),
            round(HIGH * count / most, 2),
        )
        for number, count in enumerate(counts)
    )


def _address(first: dt.date) -> str:
    year, number, _ = first.isocalendar()
    return f"/week?of={year}-W{number:02}"
