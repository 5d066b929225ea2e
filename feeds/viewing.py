"""Papers as the small frozen records that every output renders."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet, Value
from django.utils.translation import get_language

from feeds.known import known
from feeds.models import CollectionEntry, Mark, Vote
from feeds.rankers.base import DEFAULTS, Constants
from feeds.records import PaperView
from feeds.shown import Way, as_anybody


def views(
    papers: Sequence[int],
    sort: str,
    viewer: int | None,
    rank: int = 0,
    notes: Mapping[int, str] | None = None,
    *,
    constants: Constants = DEFAULTS,
    every_order: bool = False,
) -> tuple[PaperView, ...]:
    """Those of the papers (ids) that readers may see, in their order, ranked from `rank` + 1 on, as
    the viewer sees them.

    `notes` are words on why a paper stands in the list, by its id; `constants` those of the
    score by which it stands there. With `every_order` they tell their scores in all orders.
    """
    way = Way(get_language(), sort, constants, every_order)
    found = known.find(papers, way, as_anybody)
    shown = [found[paper] for paper in papers if paper in found]
    mine = _viewers(list(found), viewer)
    told = notes or {}
    return tuple(
        [
            _stamped(paper, place, told.get(paper.id, ""), mine)
            for place, paper in enumerate(shown, start=rank + 1)
        ]
    )


@dataclass(frozen=True, slots=True)
class _Viewers:
    """The papers of which the viewer said so."""

    voted: frozenset[int] = frozenset()
    held: frozenset[int] = frozenset()
    saved: frozenset[int] = frozenset()
    read: frozenset[int] = frozenset()
    hidden: frozenset[int] = frozenset()
    less: frozenset[int] = frozenset()


def _viewers(papers: Sequence[int], viewer: int | None) -> _Viewers:
    """All that the viewer said of these papers, in one query."""
    if viewer is None or not papers:
        return _NOBODYS
    marks = Mark.objects.filter(user=viewer, paper__in=papers)
    saved = CollectionEntry.objects.filter(
        collection__owner=viewer, collection__main=True, paper__in=papers
    )
    votes = Vote.objects.standing().filter(user=viewer, paper__in=papers)
    kinds: dict[str, QuerySet[Any]] = {
        "voted": votes,
        "held": votes.filter(held_until__isnull=False),
        "saved": saved,
        "read": marks.filter(read_at__isnull=False),
        "hidden": marks.filter(hidden_at__isnull=False),
        "less": marks.filter(less_at__isnull=False),
    }
    told = [found.values_list("paper_id", Value(kind)) for kind, found in kinds.items()]
    by_kind = defaultdict(set)
    for paper, kind in told[0].union(*told[1:], all=True):
        by_kind[kind].add(paper)
    return _Viewers(*(frozenset(by_kind[kind]) for kind in kinds))


def _stamped(paper: PaperView, rank: int, note: str, mine: _Viewers) -> PaperView:
    """The paper at its place in a list, with what the viewer said of it."""
    values = list(_VALUES(paper))
    values[_RANK], values[_NOTE] = rank, note
    if mine is not _NOBODYS:
        for place, papers in zip(_MARKS, _MARKED(mine), strict=True):
            values[place] = paper.id in papers
    return PaperView(*values)


_NOBODYS = _Viewers()
# dataclasses.replace does the same in a multiple of the time, fifty times a list.
_NAMES = [one.name for one in fields(PaperView)]
_VALUES = attrgetter(*_NAMES)
_RANK, _NOTE = _NAMES.index("rank"), _NAMES.index("note")
_MARKED = attrgetter(*(one.name for one in fields(_Viewers)))
_MARKS = [_NAMES.index("vote_held" if one.name == "held" else one.name) for one in fields(_Viewers)]
