"""Who of this site's people wrote a paper, and which papers a person wrote: the read path."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from feeds.models import Claim, PenName
from feeds.records import Writer
from feeds.said_by import Work, works_of
from feeds.standing import former_ids

SHOWN = 50


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim as the person who made it sees it. `work` is None while the paper is not shown."""

    id: int
    author: str
    state: str
    stands: str
    said: str
    why: str
    made_at: datetime
    work: Work | None

    @property
    def is_standing(self) -> bool:
        return self.state in Claim.STANDING


def writers(paper_id: int) -> tuple[Writer, ...]:
    """The people here who wrote the paper, as it is read now, by when they were accepted."""
    rows = Claim.objects.accepted().filter(paper__in=[paper_id, *former_ids(paper_id)])
    found = list(rows.order_by("decided_at", "id").values_list("user_id", "author")[:SHOWN])
    names = PenName.objects.in_bulk([user for user, _ in found]) if found else {}
    return tuple(
        Writer(author, names[user].name, f"/people/{names[user].slug}")
        for user, author in found
        if user in names
    )


def who_wrote(papers: Collection[int], people: Collection[int]) -> frozenset[int]:
    """Those of these people who wrote the work that all these papers are read as."""
    if not papers or not people:
        return frozenset()
    rows = Claim.objects.accepted().filter(paper__in=papers, user__in=people)
    return frozenset(rows.values_list("user_id", flat=True))


def written_by(person: int) -> list[int]:
    """The papers that the person wrote, the last accepted first."""
    rows = Claim.objects.accepted().filter(user=person).order_by("-decided_at", "-id")
    return list(rows.values_list("paper_id", flat=True)[:SHOWN])


def claim_of(person: int, paper_id: int) -> ClaimView | None:
    """The person's last word on who they are among the paper's authors, if it still stands or
    was declined."""
    rows = Claim.objects.filter(user=person, paper__in=[paper_id, *former_ids(paper_id)])
    row = rows.exclude(state=Claim.State.WITHDRAWN).order_by("-id").first()
    return claim_views([row])[0] if row else None


def undecided(person: int) -> list[ClaimView]:
    """What the person claimed that waits or was declined, the last first."""
    states = (Claim.State.WAITING, Claim.State.DECLINED)
    rows = Claim.objects.filter(user=person, state__in=states).order_by("-id")
    return claim_views(list(rows[:SHOWN]))


def of_person(person: int) -> list[ClaimView]:
    """All that the person claimed and did not withdraw, the last first."""
    rows = Claim.objects.filter(user=person).exclude(state=Claim.State.WITHDRAWN)
    return claim_views(list(rows.order_by("-id")[:SHOWN]))


def claim_views(rows: Collection[Claim]) -> list[ClaimView]:
    works = works_of(row.paper_id for row in rows)
    return [
        ClaimView(
            id=row.pk,
            author=row.author,
            state=row.state,
            stands=str(row.get_state_display()),
            said=row.said,
            why=row.why,
            made_at=row.made_at,
            work=works.get(row.paper_id),
        )
        for row in rows
    ]
