"""Votes that look bought, and those that curators voided.

The rule is plain: a paper that got `MANY` votes or more within `WITHIN`, all from accounts that
were younger than `YOUNG` when they voted. It says where to look, and decides nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, F

from feeds.models import Voiding, Vote

MANY = 5
WITHIN = timedelta(minutes=10)
YOUNG = timedelta(days=7)
BACK = timedelta(days=14)
LOOKED_AT = 5_000  # of the latest votes of young accounts
ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class YoungVote:
    """A vote, who gave it, and how old the account was then."""

    id: int
    paper_id: int
    account: int
    at: datetime
    age: timedelta
    held: bool

    @property
    def hours(self) -> int:
        return int(self.age / timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class Ring:
    """A run of such votes for one paper; `together` are other runs with `MANY` of its accounts."""

    votes: tuple[YoungVote, ...]
    title: str = ""
    key: str = ""
    together: int = 0

    @property
    def first(self) -> datetime:
        return self.votes[0].at

    @property
    def last(self) -> datetime:
        return self.votes[-1].at

    @property
    def ids(self) -> str:
        return ",".join(str(vote.id) for vote in self.votes)

    @property
    def accounts(self) -> frozenset[int]:
        return frozenset(vote.account for vote in self.votes)


@dataclass(frozen=True, slots=True)
class VoidingLine:
    id: int
    votes: int
    why: str
    by: str
    at: datetime
    restored_why: str
    restored_by: str
    restored_at: datetime | None


def rings(now: datetime) -> list[Ring]:
    """The runs of the last days, the latest first."""
    young = Vote.objects.standing().filter(
        created_at__gt=now - BACK, created_at__lt=F("user__date_joined") + YOUNG
    )
    rows = young.order_by("-created_at").values_list(
        "id", "paper_id", "user_id", "created_at", "user__date_joined", "held_until"
    )[:LOOKED_AT]
    votes = [
        YoungVote(pk, paper, user, at, at - joined, held is not None)
        for pk, paper, user, at, joined, held in rows
    ]
    found = sorted(rings_among(votes), key=lambda ring: ring.last, reverse=True)[:ON_A_PAGE]
    return _titled(found)


def rings_among(votes: Iterable[YoungVote]) -> Iterator[Ring]:
    """The runs among these votes, by the rule."""
    ordered = sorted(votes, key=lambda vote: (vote.paper_id, vote.at, vote.id))
    for _, of_paper in groupby(ordered, key=lambda vote: vote.paper_id):
        run: list[YoungVote] = []
        for vote in _close(list(of_paper)):
            if run and vote.at - run[-1].at > WITHIN:
                yield Ring(tuple(run))
                run = []
            run.append(vote)
        if run:
            yield Ring(tuple(run))


def voidings() -> list[VoidingLine]:
    """What curators voided, the last first."""
    rows = Voiding.objects.select_related("made_by", "restored_by").annotate(number=Count("votes"))
    return [
        VoidingLine(
            id=row.pk,
            votes=row.number,
            why=row.why,
            by=_name(row.made_by),
            at=row.made_at,
            restored_why=row.restored_why,
            restored_by=_name(row.restored_by),
            restored_at=row.restored_at,
        )
        for row in rows.order_by("-id")[:ON_A_PAGE]
    ]


def _close(votes: Sequence[YoungVote]) -> Iterator[YoungVote]:
    """Of one paper's votes in order of time those that stand among `MANY` within `WITHIN`."""
    close: set[int] = set()
    start = 0
    for end, vote in enumerate(votes):
        while vote.at - votes[start].at > WITHIN:
            start += 1
        if end - start + 1 >= MANY:
            close.update(range(start, end + 1))
    return (vote for place, vote in enumerate(votes) if place in close)


def _titled(found: Sequence[Ring]) -> list[Ring]:
    papers = {ring.votes[0].paper_id for ring in found}
    titles = {
        pk: (title, key)
        for pk, title, key in Vote.objects.filter(paper__in=papers)
        .values_list("paper_id", "paper__title_text", "paper__key")
        .distinct()
    }
    return [
        replace(
            ring,
            title=titles[ring.votes[0].paper_id][0],
            key=titles[ring.votes[0].paper_id][1],
            together=sum(
                other is not ring and len(other.accounts & ring.accounts) >= MANY for other in found
            ),
        )
        for ring in found
    ]


def _name(user: AbstractBaseUser | None) -> str:
    return str(user) if user else ""
