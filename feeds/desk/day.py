"""One day of a feed at its desk: what came in, the edition as it will look, what was dropped."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef

from feeds.acts import Desk, last_act
from feeds.editions import PINNED, Chosen, edition_of
from feeds.models import Digest, Edition, Paper, Placing
from feeds.models.paper import PaperQuerySet
from feeds.named import FeedView
from feeds.narrowing import listed, narrowed
from feeds.placing import pinned
from feeds.query import FeedQuery
from feeds.records import PaperView
from feeds.viewing import views, with_all

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A paper of the edition and how it stands there: "pinned", "placed", "fits" (the feed's
    question put it there) or "filled" (it is of a day before). `place` counts from 1.
    """

    paper: PaperView
    stands: str
    place: int
    first: bool = False
    last: bool = False

    @property
    def note(self) -> str:
        return "" if self.paper.note == PINNED else self.paper.note


@dataclass(frozen=True, slots=True)
class DayView:
    """What a curator sees of a day. `incoming` are the first papers that came in and of which
    nothing was decided, `more` says that there are others; `undoes` is the last act in a word.
    """

    feed: FeedView
    day: dt.date
    incoming: tuple[PaperView, ...]
    more: bool
    lines: tuple[Line, ...]
    dropped: tuple[PaperView, ...]
    note: str
    corrections: tuple[str, ...]
    closed_at: dt.datetime | None
    published_at: dt.datetime | None
    undoes: str = ""

    @property
    def previous(self) -> dt.date:
        return self.day - dt.timedelta(days=1)

    @property
    def next(self) -> dt.date:
        return self.day + dt.timedelta(days=1)


def day(desk: Desk) -> DayView:
    """The day as the curator sees it now."""
    query = FeedQuery().on("day", desk.day)
    row = Edition.objects.filter(feed=desk.feed.id, period="day", date=desk.day).first()
    closed_at = row.closed_at if row else None
    chosen = edition_of(desk.feed, query, preview=closed_at is None)
    incoming = _read(_incoming(desk).exclude(pk__in=chosen.papers if closed_at else ()), desk)
    act = None if closed_at else last_act(desk)
    return DayView(
        feed=desk.feed,
        day=desk.day,
        incoming=incoming[:SHOWN],
        more=len(incoming) > SHOWN,
        lines=_lines(desk, chosen),
        dropped=_read(_dropped(desk), desk)[:SHOWN],
        note=chosen.note,
        corrections=chosen.corrections,
        closed_at=closed_at,
        published_at=row.published_at if row else None,
        undoes=str(act.get_kind_display()) if act else "",
    )


def latest_day(today: dt.date) -> dt.date:
    """The last day that a digest is of; today where there is none."""
    return Digest.objects.order_by("-date").values_list("date", flat=True).first() or today


def _incoming(desk: Desk) -> PaperQuerySet:
    """What digests named on the day and the feed asks for, and of which nothing was decided."""
    query = desk.feed.query
    fitting = listed(narrowed(Paper.objects.visible(), query), query, desk.day, desk.day)
    decided = Placing.objects.filter(feed=desk.feed.id, paper=OuterRef("pk"))
    return fitting.filter(~Exists(decided))


def _dropped(desk: Desk) -> PaperQuerySet:
    dropped = Placing.objects.filter(feed=desk.feed.id, date=desk.day).dropped()
    return Paper.objects.visible().filter(pk__in=dropped.values("paper"))


def _read(papers: PaperQuerySet, desk: Desk) -> tuple[PaperView, ...]:
    sort = desk.feed.query.sort
    return views(list(with_all(papers.ranked(sort))[: SHOWN + 1]), sort, None)


def _lines(desk: Desk, chosen: Chosen) -> tuple[Line, ...]:
    rows = with_all(Paper.objects.visible()).in_bulk(chosen.papers)
    shown = [rows[paper] for paper in chosen.papers if paper in rows]
    papers = views(shown, desk.feed.query.sort, None, 0, chosen.notes)
    placed = Placing.objects.filter(feed=desk.feed.id, paper__in=rows).placed(desk.day, desk.day)
    decided = set(placed.values_list("paper_id", flat=True))
    pins = [paper for paper in pinned(desk) if paper in rows]
    lines = [Line(one, _stands(one, pins, decided, chosen), one.rank) for one in papers]
    return tuple(_ends(lines, pins))


def _stands(paper: PaperView, pins: list[int], decided: set[int], chosen: Chosen) -> str:
    if paper.id in pins:
        return "pinned"
    if paper.id in decided:
        return "placed"
    return "filled" if paper.id in chosen.notes else "fits"


def _ends(lines: Iterable[Line], pins: list[int]) -> Iterable[Line]:
    """Says which of the pinned lines is the first, and which the last."""
    for line in lines:
        ends = (pins[:1] == [line.paper.id], pins[-1:] == [line.paper.id])
        yield replace(line, first=ends[0], last=ends[1])
