"""What a reader has of their own of a list, asked of the database in one question."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from django.db import connections, router
from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet, Value

from feeds.fixed import IsAny
from feeds.models import CollectionEntry, Mark, Paper, Vote
from feeds.unchanged import STATE, state_told

_WHO: list[int] = []  # stands for the reader, and _WHICH for the papers, until they are known
_WHICH: list[int] = []
_DIFFERS = """
SELECT EXISTS (SELECT FROM feeds_mark WHERE user_id = %(who)s AND hidden_at IS NOT NULL),
    EXISTS (SELECT FROM feeds_hiddentag WHERE user_id = %(who)s),
    EXISTS (SELECT FROM feeds_follow WHERE user_id = %(who)s),
    EXISTS (SELECT FROM feeds_feedmember WHERE user_id = %(who)s),
"""
_HIDES_WITHIN = """
SELECT EXISTS (
    SELECT FROM feeds_mark AS mark JOIN feeds_listing AS listing USING (paper_id)
    WHERE mark.user_id = %s AND mark.hidden_at IS NOT NULL AND listing.date BETWEEN %s AND %s
)
"""


@dataclass(frozen=True, slots=True)
class Marks:
    """The papers (ids) of which a reader said so; a held vote is one of the `voted`, too."""

    voted: frozenset[int] = frozenset()
    held: frozenset[int] = frozenset()
    saved: frozenset[int] = frozenset()
    read: frozenset[int] = frozenset()
    hidden: frozenset[int] = frozenset()
    less: frozenset[int] = frozenset()

    @property
    def papers(self) -> frozenset[int]:
        return self.voted | self.saved | self.read | self.hidden | self.less


NO_MARKS = Marks()
KINDS = tuple(one.name for one in fields(Marks))


@dataclass(frozen=True, slots=True)
class Own:
    """What the reader said of the papers, and in what their lists may differ from anybody's.

    `state` are the words of feeds/unchanged.py, told before all else.
    """

    marks: Marks
    hides_papers: bool
    hides_tags: bool
    follows: bool
    is_member: bool
    state: str | None


def marks_of(papers: Sequence[int], viewer: int | None) -> Marks:
    """All that the viewer said of these papers."""
    if viewer is None or not papers:
        return NO_MARKS
    sql, values = _asking(viewer, papers)
    with connections[router.db_for_read(Paper)].cursor() as cursor:
        cursor.execute(sql, values)
        return _marks(cursor.fetchall())


def own(reader: int, papers: Sequence[int]) -> Own:
    """All that the reader has of their own of a list of these papers."""
    marks, values = _asking(reader, papers)
    connection = connections[router.db_for_read(Paper)]
    with connection.cursor() as cursor:
        differs = (_DIFFERS + STATE.removeprefix("SELECT ")).replace("%(who)s", "%s")
        cursor.execute(f"{differs}; {marks}", [*[reader] * 4, *values])
        hides_papers, hides_tags, follows, is_member, state = cursor.fetchone()
        cursor.nextset()
        marks_told = _marks(cursor.fetchall())
    return Own(
        marks_told, hides_papers, hides_tags, follows, is_member, state_told(connection, state)
    )


def hides_within(reader: int, first: Any, last: Any) -> bool:
    """Whether the reader hid a paper that a digest named from that day to the other."""
    with connections[router.db_for_read(Paper)].cursor() as cursor:
        cursor.execute(_HIDES_WITHIN, [reader, first, last])
        return bool(cursor.fetchone()[0])


def _asking(reader: int, papers: Sequence[int]) -> tuple[str, list[Any]]:
    sql, values = _written()
    known = {id(_WHO): [reader], id(_WHICH): list(papers)}
    return sql, [known.get(id(value), value) for value in values]


@cache
def _written() -> tuple[str, tuple[Any, ...]]:
    """The question for the marks, put into SQL once: rows of a paper, where it is told of it, and
    three words on it.
    """
    votes = Vote.objects.standing().filter(IsAny(F("user_id"), _WHO))
    saved = CollectionEntry.objects.filter(IsAny(F("collection__owner_id"), _WHO))
    marks = Mark.objects.filter(IsAny(F("user_id"), _WHO))
    told = [
        _rows(votes, "vote", _said("held_until"), _NO, _NO),
        _rows(saved.filter(collection__main=True), "saved", _NO, _NO, _NO),
        _rows(marks, "mark", _said("read_at"), _said("hidden_at"), _said("less_at")),
    ]
    return told[0].union(*told[1:], all=True).query.sql_with_params()


_NO = Value(False)


def _said(column: str) -> ExpressionWrapper[Any]:
    return ExpressionWrapper(Q(**{f"{column}__isnull": False}), BooleanField())


def _rows(found: QuerySet[Any], where: str, *words: Any) -> QuerySet[Any]:
    return found.filter(IsAny(F("paper_id"), _WHICH)).values_list("paper_id", Value(where), *words)


def _marks(rows: Iterable[tuple[Any, ...]]) -> Marks:
    told: dict[str, set[int]] = {kind: set() for kind in KINDS}
    for paper, where, *words in rows:
        for kind, said in zip(_TELLS[where], (True, *words), strict=False):
            if kind and said:
                told[kind].add(paper)
    if not any(told.values()):
        return NO_MARKS
    return Marks(**{kind: frozenset(papers) for kind, papers in told.items()})


# What a row tells by being there, and by its words.
_TELLS = {"vote": ("voted", "held"), "saved": ("saved",), "mark": ("", "read", "hidden", "less")}
