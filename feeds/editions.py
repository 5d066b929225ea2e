"""The papers of a feed's edition: what its curators and its question say, or what stood at its end.

An open edition is put together each time that it is read; a closed one is kept.
"""

import datetime as dt
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Q

from feeds.matching import of_feed
from feeds.models import Edition, Paper, Placing
from feeds.models.paper import PaperQuerySet
from feeds.named import FeedView
from feeds.narrowing import listed, narrowed
from feeds.query import FeedQuery
from feeds.selection import Candidate, choose
from feeds.standing import standing

DAYS_BACK = 14  # that a thin day is filled up from
# How many papers are looked at for each that is chosen for breadth.
BREADTH = 4
PINNED = "Pinned by the curators."


@dataclass(frozen=True, slots=True)
class Chosen:
    """An edition's papers in order (ids), and the words that go with some of them.

    `note` is the curators' word to the readers, `corrections` what was changed after the end.
    """

    papers: tuple[int, ...] = ()
    notes: dict[int, str] = field(default_factory=dict)
    note: str = ""
    corrections: tuple[str, ...] = ()
    closed: bool = False


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
    return Chosen(chosen.papers, chosen.notes, row.note if row else "")


def compose(feed: FeedView, query: FeedQuery) -> Chosen:
    """What the edition is by now: pins, then the best of what fits, then what fills it up."""
    assert query.date  # noqa: S101
    placed = list(
        Placing.objects.filter(feed=feed.id)
        .placed(query.date, query.last_day)
        .values_list("paper_id", "pin")
    )
    pinned = [(pin, paper) for paper, pin in placed if pin is not None]
    first = [paper for _, paper in sorted(pinned)] if query.period == "day" else []
    first = _shown(first)
    best = _best(feed, query, [paper for paper, _ in placed], without=first)
    papers = (first + best)[: max(feed.most, len(first))]
    notes = dict.fromkeys(first, PINNED)
    if query.period == "day" and len(papers) < feed.minimum:
        filling = _filling(feed, query.date, papers)
        papers += list(filling)
        notes |= filling
    return Chosen(tuple(papers), notes)


def _best(feed: FeedView, query: FeedQuery, placed: list[int], without: list[int]) -> list[int]:
    within = Q(pk__in=placed)
    if not feed.reviewed:
        fitting = narrowed(Paper.objects.visible(), feed.query)
        within |= Q(pk__in=listed(fitting, feed.query, query.date, query.last_day).values("pk"))
    found = of_feed(Paper.objects.visible().filter(within), feed).exclude(pk__in=without)
    ranked = found.ranked(feed.query.sort)
    room = max(0, feed.most - len(without))
    if not feed.coverage:
        return list(ranked.values_list("pk", flat=True)[:room])
    return choose(_candidates(ranked[: room * BREADTH], feed), room)


def _candidates(papers: PaperQuerySet, feed: FeedView) -> list[Candidate]:
    rows = papers.select_related("stats").prefetch_related("paper_tags")
    return [
        Candidate(
            row.pk,
            getattr(row.stats, feed.query.sort),
            {tag.tag_id: tag.confidence for tag in row.paper_tags.all()},
        )
        for row in rows
    ]


def _filling(feed: FeedView, day: dt.date, papers: list[int]) -> dict[int, str]:
    """Papers of the days before for a thin day, the nearest day first, with the words for it."""
    found: dict[int, str] = {}
    for back in range(1, DAYS_BACK + 1):
        if len(papers) + len(found) >= feed.minimum:
            break
        before = FeedQuery(period="day", date=day - timedelta(days=back))
        placed = Placing.objects.filter(feed=feed.id).placed(before.date, before.date)
        ids = list(placed.values_list("paper_id", flat=True))
        for paper in _best(feed, before, ids, without=[]):
            if paper not in papers and len(papers) + len(found) < feed.minimum:
                found.setdefault(paper, f"From {before.date:%-d %B}: this day brought few papers.")
    return found


def _shown(papers: list[int]) -> list[int]:
    visible = set(Paper.objects.visible().filter(pk__in=papers).values_list("pk", flat=True))
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
    )


def _published(feed: FeedView, query: FeedQuery, row: Edition | None) -> bool:
    """A week's or month's edition of a reviewed feed is shown with the first of its days."""
    if query.period == "day":
        return bool(row and row.published_at)
    days = Edition.objects.published().filter(feed=feed.id, period="day")
    return days.filter(date__range=(query.date, query.last_day)).exists()
