"""Under which paper a work is read now, and under which others it was read before."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from feeds.models import Joining


@dataclass(frozen=True, slots=True)
class Spell:
    """A time during which a work was shown as the paper `paper_id`; None is open."""

    paper_id: int
    since: datetime | None = None
    until: datetime | None = None

    def covers(self, at: datetime) -> bool:
        return (not self.since or self.since <= at) and (not self.until or at < self.until)


def standing(ids: Iterable[int]) -> dict[int, int]:
    """For each paper the one as which it is read: itself, unless it was joined to another."""
    stands = {paper_id: paper_id for paper_id in ids}
    while moved := _absorbed(stands.values()):
        stands = {paper_id: moved.get(now, now) for paper_id, now in stands.items()}
    return stands


def joined_away() -> QuerySet[Joining, int]:
    """The ids of all papers that are read as another."""
    joined = Joining.objects.filter(undone_at__isnull=True)
    return joined.values_list("absorbed_id", flat=True)


def former_ids(paper_id: int) -> list[int]:
    """The papers that are read as this one, at whatever remove."""
    found: list[int] = []
    latest = [paper_id]
    while latest:
        joined = Joining.objects.filter(kept__in=latest, undone_at__isnull=True)
        latest = list(joined.values_list("absorbed_id", flat=True))
        found += latest
    return found


def spells(ids: Collection[int]) -> dict[int, list[Spell]]:
    """For each paper, as what its work was shown beside itself: what came with such a mail
    need not come again.

    Papers that were joined to it count for all time, one that it was joined to for as long as
    that lasted.
    """
    shown: dict[int, list[Spell]] = defaultdict(list)
    asked, latest = set(ids), {paper_id: {paper_id} for paper_id in ids}
    while latest:
        of, latest = latest, {}
        for joining in _joinings_of(of):
            for spell, beside in _beside(joining, of):
                for paper_id in beside:
                    shown[paper_id].append(spell)
                if spell.since is None and spell.paper_id not in asked:
                    asked.add(spell.paper_id)
                    latest.setdefault(spell.paper_id, set()).update(beside)
    return shown


def _absorbed(ids: Iterable[int]) -> dict[int, int]:
    rows = Joining.objects.filter(absorbed__in=set(ids), undone_at__isnull=True)
    return dict(rows.values_list("absorbed_id", "kept_id"))


def _joinings_of(ids: Iterable[int]) -> list[Joining]:
    lasting = Q(kept__in=list(ids), undone_at__isnull=True)
    past = Q(absorbed__in=list(ids), undone_at__isnull=False)
    rows = Joining.objects.filter(lasting | past)
    return list(rows.only("kept_id", "absorbed_id", "made_at", "undone_at"))


def _beside(joining: Joining, of: dict[int, set[int]]) -> Iterable[tuple[Spell, set[int]]]:
    if joining.undone_at is None and joining.kept_id in of:
        yield Spell(joining.absorbed_id), of[joining.kept_id]
    if joining.undone_at is not None and joining.absorbed_id in of:
        spell = Spell(joining.kept_id, joining.made_at, joining.undone_at)
        yield spell, of[joining.absorbed_id]
