"""Trends as small pictures of one scale: a bar for each week, and the words for it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from feeds.query import FeedQuery
from feeds.records import TagView
from feeds.trends import Trend, Week, trends
from feeds.web.addresses import address
from feeds.web.wording import heading

WIDE, HIGH = 120.0, 40.0
GAP = 2.0


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    last: bool


@dataclass(frozen=True)
class TrendView:
    """A topic's weeks; `scale` is the share that fills the picture's height."""

    trend: Trend
    scale: float

    @property
    def tag(self) -> TagView:
        return self.trend.tag

    @property
    def weeks(self) -> tuple[Week, ...]:
        return self.trend.weeks

    @property
    def box(self) -> str:
        return f"0 0 {WIDE:g} {HIGH:g}"

    @property
    def bars(self) -> list[Bar]:
        step = (WIDE + GAP) / len(self.weeks)
        last = len(self.weeks) - 1
        return [
            self._bar(number * step, step - GAP, week.share, last=number == last)
            for number, week in enumerate(self.weeks)
        ]

    def _bar(self, x: float, width: float, share: float, *, last: bool) -> Bar:
        """A week without a paper of the topic still has a foot to stand on."""
        height = max(0.75, HIGH * share / self.scale) if self.scale else 0.75
        return Bar(round(x, 2), round(HIGH - height, 2), round(width, 2), round(height, 2), last)

    @property
    def said(self) -> str:
        """ "8% last week, 5% in the 11 before"."""
        now, usual, weeks = self._shares
        if usual is None:
            return _("%(now)s last week") % {"now": percent(now)}
        told = {"now": percent(now), "usual": percent(usual), "weeks": weeks}
        return _("%(now)s last week, %(usual)s in the %(weeks)s before") % told

    @property
    def said_of_all(self) -> str:
        """ "Of all papers 8% last week, 5% in the 11 before"."""
        now, usual, weeks = self._shares
        if usual is None:
            return _("Of all papers %(now)s last week") % {"now": percent(now)}
        told = {"now": percent(now), "usual": percent(usual), "weeks": weeks}
        return _("Of all papers %(now)s last week, %(usual)s in the %(weeks)s before") % told

    @property
    def _shares(self) -> tuple[float, float | None, int]:
        """That of the last week, of all before together (if any had papers), and their number."""
        *before, last = self.weeks
        papers = sum(week.papers for week in before)
        usual = sum(week.tagged for week in before) / papers if papers else None
        return last.share, usual, len(before)


@dataclass(frozen=True)
class TrendsView:
    asked: FeedQuery
    trends: Sequence[TrendView]
    names: Mapping[str, str]

    @property
    def heading(self) -> str:
        return heading(self.asked, self.names)

    @property
    def whole(self) -> bool:
        """Whether they are those of all papers."""
        return self.asked == FeedQuery(period="all")

    @property
    def list_address(self) -> str:
        return address(self.asked)

    @property
    def first(self) -> dt.date:
        return self.trends[0].weeks[0].first

    @property
    def last(self) -> dt.date:
        return self.trends[0].weeks[-1].first


def drawn(found: Sequence[Trend]) -> list[TrendView]:
    """All on one scale, so that they can be compared."""
    scale = max((trend.highest for trend in found), default=0.0)
    return [TrendView(trend, scale) for trend in found]


def trend_of(tag: TagView) -> TrendView | None:
    """The tag's weeks among all papers; None where no paper of them has it."""
    found = trends(FeedQuery(period="all"), tags=(tag,))
    return next(iter(drawn([one for one in found if one.highest])), None)


def percent(share: float) -> str:
    """ "8%"; "under 1%" where there is something and it would round to nothing."""
    if 0 < share < 0.005:
        return _("under 1%%") % {}
    return _("%(number)s%%") % {"number": f"{100 * share:.0f}"}
