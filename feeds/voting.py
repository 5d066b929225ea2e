"""Votes of signed-in readers, and the order that follows them at once.

A vote counts once for each person. It cannot be bought with throwaway addresses: it needs a
confirmed one, votes of new accounts and of hasty ones are held for a day before they count, and
curators can void them (feeds/voiding.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, Self

from django.db import transaction
from django.utils.translation import gettext as _

from feeds.for_you.noticing import notice
from feeds.limits import HOUR, Limit, in_words, wait
from feeds.models import PaperStats, Vote
from feeds.scoring import rescore
from feeds.standing import former_ids, standing

# An account is new for this long; a vote that is held for haste is held for as long.
NEW_FOR = timedelta(days=1)
# More votes of an account within an hour than this are held.
AT_EASE = 30
VOTING = Limit("vote", 120, HOUR)


class Refused(ValueError):
    """The vote was not taken; the text says why and what to do."""


class TooOften(Refused):
    """`seconds` have to go by first."""

    def __init__(self, seconds: int) -> None:
        said = _("That is a lot of votes at once. Please wait %(span)s.")
        super().__init__(said % {"span": in_words(seconds)})
        self.seconds = seconds


class Account(Protocol):
    """What is asked of the account of one who votes."""

    pk: int
    date_joined: datetime
    is_staff: bool

    @property
    def is_confirmed(self) -> bool:
        """Whether the address is known to be theirs."""


@dataclass(frozen=True, slots=True)
class Voter:
    """Someone who votes; `trusted` are those whom the site's owner let in."""

    id: int
    joined_at: datetime
    confirmed: bool
    trusted: bool = False

    @classmethod
    def of(cls, account: Account) -> Self:
        return cls(account.pk, account.date_joined, account.is_confirmed, account.is_staff)


def cast(paper_id: int, voter: Voter, now: datetime) -> int:
    """Takes the vote of someone, by the rules. Returns the votes shown. Raises Refused."""
    if not voter.confirmed:
        raise Refused(_("A vote needs a confirmed address. Sign in once by a mailed code."))
    if seconds := wait(VOTING, f"{voter.id}"):
        raise TooOften(seconds)
    return vote(paper_id, voter.id, held_until=held_until(voter, now))


def held_until(voter: Voter, now: datetime) -> datetime | None:
    """From when on a vote that is given now counts; None is at once."""
    if voter.trusted:
        return None
    if now < voter.joined_at + NEW_FOR:
        return voter.joined_at + NEW_FOR
    lately = Vote.objects.filter(user=voter.id, created_at__gt=now - timedelta(hours=1))
    return now + NEW_FOR if lately[:AT_EASE].count() == AT_EASE else None


def vote(paper_id: int, user_id: int, *, held_until: datetime | None = None) -> int:
    """Counts the reader's vote, once however often it comes; from `held_until` on, if given.

    Returns the votes shown. Raises Refused where curators voided that reader's vote.
    """

    def give(stats: PaperStats) -> int:
        given, new = Vote.objects.get_or_create(
            paper_id=stats.paper_id, user_id=user_id, defaults={"held_until": held_until}
        )
        if given.voiding_id:
            raise Refused(_("Curators decided that your vote for this paper does not count."))
        return 1 if new and not held_until else 0

    votes = _count(paper_id, give)
    notice(user_id)
    return votes


def unvote(paper_id: int, user_id: int) -> int:
    """Takes the reader's vote back, if there is one. Returns the votes shown.

    One that curators voided stays, so that it cannot be given again.
    """

    def take(stats: PaperStats) -> int:
        mine = Vote.objects.standing().filter(user_id=user_id)
        # Also those that the reader gave to papers which are read as this one by now.
        mine.filter(paper__in=former_ids(stats.paper_id)).delete()
        here = mine.filter(paper_id=stats.paper_id)
        counted = here.counted().exists()
        here.delete()
        return -1 if counted else 0

    votes = _count(paper_id, take)
    notice(user_id)
    return votes


def is_held(paper_id: int, user_id: int) -> bool:
    """Whether the reader's vote is kept but does not count yet."""
    held = Vote.objects.standing().filter(held_until__isnull=False)
    return held.filter(paper=standing([paper_id])[paper_id], user=user_id).exists()


def _count(paper_id: int, change: Callable[[PaperStats], int]) -> int:
    """Changes the votes of the paper, or of the one that it was joined to in the meantime."""
    while True:
        with transaction.atomic():
            stats = PaperStats.objects.select_for_update().get(paper_id=paper_id)
            now = standing([paper_id])[paper_id]
            if now == paper_id:
                return _write(stats, change(stats))
        paper_id = now


def _write(stats: PaperStats, change: int) -> int:
    if change:
        stats.votes += change
        rescore(stats)
        stats.save()
    return stats.votes + stats.reported_votes
