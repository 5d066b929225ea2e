"""A reader's own week: what they read, voted for and saved, by day and topic. For them alone."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from feeds.models import CollectionEntry, Mark, Vote
from feeds.records import PaperView, TagView
from feeds.standing import standing
from feeds.viewing import views

READ, VOTED, SAVED = gettext_noop("read"), gettext_noop("voted for"), gettext_noop("saved")
KINDS = (READ, VOTED, SAVED)
MOST = 300  # papers of a kind
TOPICS = 8


@dataclass(frozen=True, slots=True)
class Deed:
    """What the reader did with a paper on a day (in UTC)."""

    kind: str
    day: dt.date
    paper: int


@dataclass(frozen=True, slots=True)
class TopicCount:
    tag: TagView
    counts: tuple[int, ...]

    @property
    def all(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class OwnWeek:
    """`first` is its Monday; `counts` are those of each kind, a number for each day. `papers`
    stand by day, the latest first, each with the kinds of deeds.
    """

    first: dt.date
    counts: dict[str, tuple[int, ...]]
    topics: tuple[TopicCount, ...]
    papers: tuple[tuple[PaperView, tuple[str, ...]], ...]

    @property
    def days(self) -> tuple[dt.date, ...]:
        return tuple(self.first + dt.timedelta(days=day) for day in range(7))


def own_week(reader: int, day: dt.date) -> OwnWeek:
    """The reader's week that `day` lies in; papers that are dropped are not in it."""
    first = day - dt.timedelta(days=day.weekday())
    deeds = _deeds(reader, first)
    now = standing({deed.paper for deed in deeds})
    shown = {view.id: view for view in views(list(set(now.values())), "hot", reader)}
    kept = [deed for deed in deeds if now[deed.paper] in shown]
    by_day: dict[tuple[str, dt.date], set[int]] = defaultdict(set)
    kinds: dict[int, set[str]] = defaultdict(set)
    for deed in sorted(kept, key=lambda one: one.day, reverse=True):
        by_day[deed.kind, deed.day].add(now[deed.paper])
        kinds[now[deed.paper]].add(deed.kind)
    days = [first + dt.timedelta(days=number) for number in range(7)]
    return OwnWeek(
        first,
        {kind: tuple(len(by_day[kind, one]) for one in days) for kind in KINDS},
        _topics({paper: (shown[paper], done) for paper, done in kinds.items()}),
        tuple(
            (shown[paper], tuple(k for k in KINDS if k in done)) for paper, done in kinds.items()
        ),
    )


def _in_turn(done: set[str]) -> tuple[str, ...]:
    return tuple(kind for kind in KINDS if kind in done)


def _deeds(reader: int, first: dt.date) -> list[Deed]:
    """All of the week, of each kind the latest `MOST`."""
    start = dt.datetime.combine(first, dt.time(), dt.UTC)
    end = start + dt.timedelta(days=7)
    saved = CollectionEntry.objects.filter(collection__owner=reader)
    told = {
        READ: (Mark.objects.filter(user=reader), "read_at"),
        VOTED: (Vote.objects.standing().filter(user=reader), "created_at"),
        SAVED: (saved, "added_at"),
    }
    found = []
    for kind, (rows, moment) in told.items():
        within = rows.filter(**{f"{moment}__gte": start, f"{moment}__lt": end})
        for at, paper in within.order_by(f"-{moment}").values_list(moment, "paper_id")[:MOST]:
            found.append(Deed(kind, at.astimezone(dt.UTC).date(), paper))
    return found


def _topics(papers: dict[int, tuple[PaperView, set[str]]]) -> tuple[TopicCount, ...]:
    named: dict[str, TagView] = {}
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for view, kinds in papers.values():
        for tag in view.topics:
            named[tag.slug] = tag
            counted[tag.slug].update(kinds)
    found = [
        TopicCount(named[slug], tuple(counts[kind] for kind in KINDS))
        for slug, counts in counted.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.all, one.tag.slug))[:TOPICS])
