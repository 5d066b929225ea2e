"""An edition of a feed at its desk: what came in, how it will look, what was dropped."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from feeds.acts import Desk, last_act
from feeds.decided import decided, dropped, pinned, placed
from feeds.editions import PINNED, Chosen, edition_of
from feeds.matching import of_feed
from feeds.models import Digest, Edition, Paper
from feeds.models.paper import PaperQuerySet
from feeds.named import FeedView
from feeds.narrowing import listed, narrowed
from feeds.query import FeedQuery
from feeds.records import PaperView
from feeds.tuning import best_first
from feeds.viewing import views

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
class AtDesk:
    """What a curator sees of an edition. `at` is its question, but for the feed.

    `incoming` are the first papers that came in and of which nothing was decided (of a week or a
    month: that do not stand in it), `more` says that there are others; `undoes` is the last
    act in a word.
    """

    feed: FeedView
    at: FeedQuery
    incoming: tuple[PaperView, ...]
    more: bool
    lines: tuple[Line, ...]
    dropped: tuple[PaperView, ...]
    note: str
    corrections: tuple[str, ...]
    closed_at: dt.datetime | None
    published_at: dt.datetime | None
    undoes: str = ""


def edition(desk: Desk) -> AtDesk:
    """The edition as the curator sees it now."""
    row = Edition.objects.filter(feed=desk.feed.id, period=desk.period, date=desk.date).first()
    closed_at = row.closed_at if row else None
    chosen = edition_of(desk.feed, desk.at, preview=closed_at is None)
    waiting = _incoming(desk)
    if closed_at or desk.period != "day":
        waiting = waiting.exclude(pk__in=chosen.papers)
    incoming = _read(waiting, desk)
    act = None if closed_at else last_act(desk)
    return AtDesk(
        feed=desk.feed,
        at=desk.at,
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
    """What digests named in its days and the feed asks for, and of which nothing was decided."""
    query = desk.feed.query
    fitting = narrowed(Paper.objects.visible(), query)
    fitting = listed(fitting, query, desk.date, desk.at.last_day)
    known = decided(desk.feed.id, desk.at)
    return of_feed(fitting, desk.feed).exclude(pk__in=known.values("paper"))


def _dropped(desk: Desk) -> PaperQuerySet:
    gone = dropped(desk.feed.id, desk.at)
    return Paper.objects.visible().filter(pk__in=gone.values("paper"))


def _read(papers: PaperQuerySet, desk: Desk) -> tuple[PaperView, ...]:
    sort, constants = desk.feed.query.sort, desk.feed.constants
    ids = [paper for paper, _ in best_first(papers, sort, constants, SHOWN + 1)]
    return views(ids, sort, None, constants=constants)


def _lines(desk: Desk, chosen: Chosen) -> tuple[Line, ...]:
    papers = views(chosen.papers, desk.feed.query.sort, None, 0, chosen.notes)
    shown = {paper.id for paper in papers}
    put = set(placed(desk.feed.id, desk.at).values_list("paper_id", flat=True))
    pins = [paper for paper in pinned(desk.feed.id, desk.at) if paper in shown]
    lines = [Line(one, _stands(one, pins, put, chosen), one.rank) for one in papers]
    return tuple(_ends(lines, pins))


def _stands(paper: PaperView, pins: list[int], put: set[int], chosen: Chosen) -> str:
    if paper.id in pins:
        return "pinned"
    if paper.id in put:
        return "placed"
    return "filled" if paper.id in chosen.notes else "fits"


def _ends(lines: Iterable[Line], pins: list[int]) -> Iterable[Line]:
    """Says which of the pinned lines is the first, and which the last."""
    for line in lines:
        ends = (pins[:1] == [line.paper.id], pins[-1:] == [line.paper.id])
        yield replace(line, first=ends[0], last=ends[1])
