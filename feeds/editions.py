"""The papers of a feed's edition: what its curators and its question say, or what stood at its end.

An open edition is put together each time that it is read; a closed one is kept.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

from feeds import decided
from feeds.matching import of_feed
from feeds.models import Edition, Paper, Placing
from feeds.models.paper import PaperQuerySet
from feeds.named import FeedView
from feeds.narrowing import listed, narrowed
from feeds.query import FeedQuery
from feeds.rankers.base import DEFAULTS, Constants
from feeds.selection import Candidate, choose
from feeds.standing import standing
from feeds.tops import SPARE, near_the_top, plainly_of_days
from feeds.tuning import best_first, standing_of

DAYS_BACK = 14  # that a thin day is filled up from
# How many papers are looked at for each that is chosen for breadth.
BREADTH = 4
PINNED = "Pinned by the curators."

_First = Callable[[FeedView, FeedQuery, PaperQuerySet, int], list[tuple[int, float]]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """An edition's papers in order (ids), and the words that go with some of them.

    `note` is the curators' word to the readers, `corrections` what was changed after the end,
    `constants` those of the scores by which its papers stand.
    """

    papers: tuple[int, ...] = ()
    notes: dict[int, str] = field(default_factory=dict)
    note: str = ""
    corrections: tuple[str, ...] = ()
    closed: bool = False
    constants: Constants = DEFAULTS


def edition_of(feed: FeedView, query: FeedQuery, *, preview: bool = False) -> Chosen:
    """The edition of the feed that holds on the question's date.

    One that curators have to publish is empty before, unless it is asked for as a `preview`.
    """
    assert query.date  # noqa: S101 (the caller has filled it in)
    row = Edition.objects.filter(feed=feed.id, period=query.period, date=query.date).first()
    if row and row.closed_at and not preview:
        return _as_it_was(row)
    if feed.reviewed and not preview and not _published(feed, query, row):
        return Chosen()
    chosen = compose(feed, query)
    return replace(chosen, note=row.note if row else "")


def in_order(chosen: Chosen, query: FeedQuery, feed: FeedView | None) -> tuple[int, ...] | None:
    """The edition's papers in the question's order; None where the stored scores have that."""
    if feed is None or not query.date:
        return None
    if query.sort == feed.query.sort:
        return chosen.papers
    if chosen.constants == DEFAULTS:
        return None
    papers = Paper.objects.filter(pk__in=chosen.papers)
    scored = best_first(papers, query.sort, chosen.constants, len(chosen.papers))
    return tuple(paper for paper, _ in scored)


def compose(feed: FeedView, query: FeedQuery) -> Chosen:
    """What the edition is by now: pins, then the best of what fits, then what fills it up."""
    first = _shown(feed, decided.pinned(feed.id, query))
    papers = first + _best(feed, query, max(0, feed.most - len(first)), without=first)
    notes = dict.fromkeys(first, PINNED)
    if query.period == "day" and len(papers) < feed.minimum:
        filling = _filling(feed, query, papers)
        papers += list(filling)
        notes |= filling
    return Chosen(tuple(papers), notes, constants=feed.constants)


def _best(feed: FeedView, query: FeedQuery, room: int, without: list[int]) -> list[int]:
    """The best of what fits into the edition, with all that curators put there if it has room."""
    put = decided.placed(feed.id, query).values_list("paper_id", flat=True)
    mine = Paper.objects.filter(pk__in=set(put) - set(without))
    chosen = _scored(feed, _open(mine, feed, query), room)
    taken = [*without, *(paper for paper, _ in chosen)]
    left = room - len(chosen)
    depth = left * BREADTH if feed.coverage else left
    others = {
        one
        for first, found in _fitting(feed, query)
        for one in first(feed, query, _open(found, feed, query).exclude(pk__in=taken), depth)
    }
    ranked = sorted([*chosen, *sorted(others, key=standing_of)[:depth]], key=standing_of)
    if not feed.coverage:
        return [paper for paper, _ in ranked]
    return choose(_candidates(ranked), room, given={paper for paper, _ in chosen})


def _fitting(feed: FeedView, query: FeedQuery) -> Iterator[tuple[_First, PaperQuerySet]]:
    """What the feed's question brings in these days, and what curators put into them, each with
    the way to its first papers.

    Each by itself: asked for either of them at once, the database reads all papers.
    """
    if not feed.reviewed:
        fitting = narrowed(Paper.objects.all(), feed.query)
        yield _first_of_days, listed(fitting, feed.query, query.date, query.last_day)
    if query.period != "day":
        days = Placing.objects.filter(feed=feed.id).placed(query.date, query.last_day)
        days = days.published() if feed.reviewed else days
        placed = set(days.values_list("paper_id", flat=True))
        yield _first, Paper.objects.filter(pk__in=placed)


def _open(found: PaperQuerySet, feed: FeedView, query: FeedQuery) -> PaperQuerySet:
    """Those of the papers that readers may see, and that were not dropped."""
    gone = set(decided.dropped(feed.id, query).values_list("paper_id", flat=True))
    return of_feed(found.visible(), feed).exclude(pk__in=gone)


def _first(
    feed: FeedView, _query: FeedQuery, found: PaperQuerySet, most: int
) -> list[tuple[int, float]]:
    return _scored(feed, found, most)


def _first_of_days(
    feed: FeedView, query: FeedQuery, found: PaperQuerySet, most: int
) -> list[tuple[int, float]]:
    """By way of the first of each day, where the feed asks for nothing but days."""
    days = feed.query.on(query.period, query.date)
    if plainly_of_days(days, None) and feed.constants == DEFAULTS:
        near = near_the_top(days, None, days.sort, SPARE * most)
        rows = _scored(feed, found.filter(pk__in=near.values("pk")), most)
        if len(rows) == most:
            return rows
    return _scored(feed, found, most)


def _scored(feed: FeedView, found: PaperQuerySet, most: int) -> list[tuple[int, float]]:
    return best_first(found, feed.query.sort, feed.constants, most)


def _candidates(ranked: list[tuple[int, float]]) -> list[Candidate]:
    rows = Paper.objects.prefetch_related("paper_tags").in_bulk([paper for paper, _ in ranked])
    topics = {
        paper: {tag.tag_id: tag.confidence for tag in row.paper_tags.all()}
        for paper, row in rows.items()
    }
    return [Candidate(paper, score, topics.get(paper, {})) for paper, score in ranked]


def _filling(feed: FeedView, query: FeedQuery, papers: list[int]) -> dict[int, str]:
    """Papers of the days before for a thin day, the nearest day first, with the words for it."""
    found: dict[int, str] = {}
    for before in _days_before(feed, query):
        if len(papers) + len(found) >= feed.minimum:
            break
        for paper in _best(feed, before, feed.most, without=papers):
            if len(papers) + len(found) < feed.minimum:
                words = f"From {before.date:%-d %B}: this day brought few papers."
                found.setdefault(paper, words)
    return found


def _days_before(feed: FeedView, query: FeedQuery) -> list[FeedQuery]:
    """The days that a thin one is filled up from, the nearest first: of a feed whose curators
    publish its editions those that they published.
    """
    assert query.date  # noqa: S101 (an edition has one)
    days = [query.date - timedelta(days=back) for back in range(1, DAYS_BACK + 1)]
    if feed.reviewed:
        rows = Edition.objects.published().filter(feed=feed.id, period="day", date__in=days)
        shown = set(rows.values_list("date", flat=True))
        days = [day for day in days if day in shown]
    return [query.on("day", day) for day in days]


def _shown(feed: FeedView, papers: list[int]) -> list[int]:
    found = of_feed(Paper.objects.visible().filter(pk__in=papers), feed)
    visible = set(found.values_list("pk", flat=True))
    return [paper for paper in papers if paper in visible]


def _as_it_was(row: Edition) -> Chosen:
    """A closed edition; a paper that was joined to another since is read as that one."""
    stands = standing(row.papers)
    return Chosen(
        papers=tuple(dict.fromkeys(stands[paper] for paper in row.papers)),
        notes={stands[int(paper)]: words for paper, words in row.notes.items()},
        note=row.note,
        corrections=tuple(row.corrections.order_by("id").values_list("text", flat=True)),
        closed=True,
        constants=Constants.read(row.constants),
    )


def _published(feed: FeedView, query: FeedQuery, row: Edition | None) -> bool:
    """A week's or month's edition of a reviewed feed is shown with the first of its days."""
    if query.period == "day":
        return bool(row and row.published_at)
    days = Edition.objects.published().filter(feed=feed.id, period="day")
    return days.filter(date__range=(query.date, query.last_day)).exists()
