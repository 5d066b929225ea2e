"""What readers claim to have written, as those who decide on it see it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from feeds.claimed import ClaimView, claim_views
from feeds.models import Claim, PenName
from feeds.shown_names import shown_names

ON_A_PAGE = 50
DECIDED = 20
NOBODY = gettext_noop("someone who is gone")


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """`rivals` are the names of others who claim, or have, the same author of the paper."""

    claim: ClaimView
    by: str
    slug: str
    joined_at: datetime
    rivals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DecidedLine:
    claim: ClaimView
    whose: str
    by: str
    at: datetime | None


def queue() -> tuple[list[ClaimLine], bool]:
    """The claims that wait, the longest-waiting first; and whether there are more."""
    rows = list(Claim.objects.waiting().select_related("user").order_by("id")[: ON_A_PAGE + 1])
    more, rows = len(rows) > ON_A_PAGE, rows[:ON_A_PAGE]
    same = Claim.objects.filter(state__in=Claim.STANDING, paper__in=[r.paper_id for r in rows])
    standing = list(same.values_list("paper_id", "author_key", "user_id"))
    people = PenName.objects.in_bulk({user for _, _, user in standing})
    return [
        ClaimLine(
            claim=view,
            by=people[row.user_id].name if row.user_id in people else "",
            slug=people[row.user_id].slug if row.user_id in people else "",
            joined_at=row.user.date_joined,
            rivals=tuple(
                people[user].name
                for paper, key, user in standing
                if (paper, key) == (row.paper_id, row.author_key)
                and user != row.user_id
                and user in people
            ),
        )
        for row, view in zip(rows, claim_views(rows), strict=True)
    ], more


def decided() -> list[DecidedLine]:
    """The last decisions, the latest first."""
    states = (Claim.State.ACCEPTED, Claim.State.DECLINED)
    rows = Claim.objects.filter(state__in=states, decided_at__isnull=False)
    found = list(rows.select_related("user", "decided_by").order_by("-decided_at", "-id")[:DECIDED])
    names = shown_names(user for row in found for user in (row.user, row.decided_by))
    return [
        DecidedLine(
            view, names[row.user_id], names.get(row.decided_by_id or 0, _(NOBODY)), row.decided_at
        )
        for row, view in zip(found, claim_views(found), strict=True)
    ]
