"""What a reader did from which their taste is learned."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Value

from feeds.models import CollectionEntry, Follow, Mark, Vote
from feeds.standing import standing

VOTES, SAVES, READS, LESS = "votes", "saved", "read", "less like this"
TAGS, AUTHORS = "topics followed", "authors followed"
# How much one deed tells, beside a recent paper of which the reader said nothing. The reader marks
# papers as read themselves; that they opened one is kept nowhere.
WEIGHTS = {VOTES: 1.0, SAVES: 1.0, READS: 0.3, LESS: -3.0}
FOLLOWED = 1.0
MOST = 500  # of each kind, the latest


@dataclass(frozen=True, slots=True)
class Deeds:
    """Papers by id with how much they tell, below 0 against; the keys of what is followed.

    `counts` says how many there are of each kind.
    """

    papers: dict[int, float]
    authors: tuple[str, ...]
    topics: tuple[str, ...]
    counts: dict[str, int]


def deeds_of(person: int, since: datetime | None) -> Deeds:
    """What the person did, after `since` if that is told; of each kind the latest `MOST`."""
    weights: dict[int, float] = defaultdict(float)
    counts: dict[str, int] = {}
    for kind, papers in papers_by_kind(person, since).items():
        counts[kind] = len(papers)
        for paper in papers:
            weights[paper] = _stronger(weights[paper], WEIGHTS[kind])
    stands = standing(weights)
    known = {stands[paper]: weight for paper, weight in weights.items()}
    topics = _followed(person, since, Follow.Kind.TAG)
    authors = _followed(person, since, Follow.Kind.AUTHOR)
    counts |= {TAGS: len(topics), AUTHORS: len(authors)}
    return Deeds(known, authors, topics, {kind: count for kind, count in counts.items() if count})


def papers_by_kind(person: int, since: datetime | None) -> dict[str, list[int]]:
    return {kind: _latest(rows, at, since) for kind, (rows, at) in _rows(person).items()}


def _rows(person: int) -> dict[str, tuple[QuerySet[Any], str]]:
    """What the person did of each kind, and the column that tells when."""
    marks = Mark.objects.filter(user=person)
    saved = CollectionEntry.objects.filter(collection__owner=person)
    votes = Vote.objects.standing().filter(user=person)
    return {
        VOTES: (votes, "created_at"),
        SAVES: (saved, "added_at"),
        READS: (marks.filter(read_at__isnull=False), "read_at"),
        LESS: (marks.filter(less_at__isnull=False), "less_at"),
    }


def known_to(person: int) -> tuple[set[int], set[int]]:
    """The papers that the person said anything of, and those of them that they want less like."""
    told = [
        rows.values_list("paper_id", Value(kind)).order_by(f"-{moment}")[:MOST]
        for kind, (rows, moment) in _rows(person).items()
    ]
    found = [*told[0].union(*told[1:], all=True)]
    return {paper for paper, _ in found}, {paper for paper, kind in found if kind == LESS}


def _latest(rows: QuerySet[Any], moment: str, since: datetime | None) -> list[int]:
    rows = rows.filter(**{f"{moment}__gt": since}) if since else rows
    return list(rows.order_by(f"-{moment}").values_list("paper_id", flat=True)[:MOST])


def _followed(person: int, since: datetime | None, kind: str) -> tuple[str, ...]:
    rows = Follow.objects.filter(user=person, kind=kind)
    rows = rows.filter(made_at__gt=since) if since else rows
    return tuple(rows.order_by("-made_at").values_list("key", flat=True)[:MOST])


def _stronger(one: float, other: float) -> float:
    """A word against stands before any for a paper; of two that agree the stronger counts."""
    pick: Callable[..., float] = min if min(one, other) < 0 else max
    return pick(one, other)
