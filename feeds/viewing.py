"""Papers as the small frozen records that every output renders."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from operator import attrgetter

from django.utils.translation import get_language

from feeds.known import known
from feeds.own import KINDS, NO_MARKS, Marks, marks_of
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
    mine = marks_of(list(found), viewer)
    told = notes or {}
    return tuple(
        [
            _stamped(paper, place, told.get(paper.id, ""), mine)
            for place, paper in enumerate(shown, start=rank + 1)
        ]
    )


def _stamped(paper: PaperView, rank: int, note: str, mine: Marks) -> PaperView:
    """The paper at its place in a list, with what the viewer said of it."""
    values = list(_VALUES(paper))
    values[_RANK], values[_NOTE] = rank, note
    if mine is not NO_MARKS:
        for place, papers in zip(_MARKS, _MARKED(mine), strict=True):
            values[place] = paper.id in papers
    return PaperView(*values)


def marked(paper: PaperView, mine: Marks) -> PaperView:
    """The paper with what a reader said of it, and nobody else."""
    values = list(_VALUES(paper))
    for place, papers in zip(_MARKS, _MARKED(mine), strict=True):
        values[place] = paper.id in papers
    return PaperView(*values)


# dataclasses.replace does the same in a multiple of the time, fifty times a list.
_NAMES = [one.name for one in fields(PaperView)]
_VALUES = attrgetter(*_NAMES)
_RANK, _NOTE = _NAMES.index("rank"), _NAMES.index("note")
_MARKED = attrgetter(*KINDS)
_MARKS = [_NAMES.index("vote_held" if kind == "held" else kind) for kind in KINDS]
