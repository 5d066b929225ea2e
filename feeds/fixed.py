"""Questions that are put into SQL once, and asked with other papers each time.

To build a query takes the ORM longer than the database takes to answer it; a list asks the same
four of its papers, whatever else it asks.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import BooleanField, F, Lookup, QuerySet

Row = TypeVar("Row")
_IDS: list[int] = []  # stands for the ids of the papers until they are known


class Fixed(Generic[Row]):
    """The rows of `ask` (a `values_list`) whose `column` is among some ids, each as a `shape`."""

    def __init__(
        self, ask: Callable[[], QuerySet[Any, Any]], column: str, shape: Callable[..., Row]
    ) -> None:
        self._ask = ask
        self._column = column
        self._shape = shape

    def shaped(self, rows: Iterable[tuple[Any, ...]]) -> list[Row]:
        return [self._shape(*row) for row in rows]

    @cached_property
    def written(self) -> tuple[QuerySet[Any, Any], str, tuple[Any, ...]]:
        rows = self._ask().filter(IsAny(F(self._column), _IDS))
        return rows, *rows.query.sql_with_params()


def ask(questions: Sequence[Fixed[Any]], ids: Iterable[int]) -> list[list[Any]]:
    """The rows of each question for these ids: sent together, as one message to the database."""
    wanted = list(ids)
    if not wanted:
        return [[] for _ in questions]
    texts, values = [], []
    for question in questions:
        rows, sql, given = question.written
        texts.append(sql)
        values += [wanted if value is _IDS else value for value in given]
    found = []
    with connections[rows.db].cursor() as cursor:
        cursor.execute("; ".join(texts), values)
        for question in questions:
            found.append(question.shaped(cursor.fetchall()))
            cursor.nextset()
    return found


class IsAny(Lookup[Any]):
    """Whether the column has one of a list's values; the list is one parameter, however long."""

    prepare_rhs = False
    output_field = BooleanField()

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        column, values = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", (*values, self.rhs)
