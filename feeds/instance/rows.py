"""A kind's rows between the database and the lines of an export."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Collate

from feeds.instance.kinds import AnyField, Choice, Kind, Row
from feeds.instance.spelling import Spelling, Unfit, spelling


class Rows:
    """How the rows of one kind are given and taken, column by column."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self._spelled: list[tuple[AnyField, Spelling]] = [
            (field, spelling(field)) for field in kind.fields
        ]
        self._names = {field.name for field in kind.fields}
        columns = kind.model._meta.concrete_fields  # noqa: SLF001 (Django documents _meta)
        self._computed = [field for field in columns if field.name in kind.left_out]

    @property
    def columns(self) -> list[str]:
        """The names of all columns, those that are left out at the end."""
        given = [field.attname for field, _ in self._spelled]
        return [*given, *(field.attname for field in self._computed)]

    def give(self, choice: Choice) -> Iterator[Row]:
        """All rows as they are written, by their keys."""
        changes = self.kind.changes(choice)
        for values in self._all().iterator(chunk_size=self.kind.at_once):
            row = self._given(values)
            for change in changes:
                row = change(row)
            yield row

    def take(self, row: Any) -> list[Any]:
        """The row's values in the order of `columns`. Raises Unfit."""
        if not isinstance(row, dict):
            raise Unfit(f"{self.kind.name} is no object")
        if unknown := sorted(row.keys() - self._names):
            raise Unfit(f"{self.kind.name} has no {unknown[0]!r}")
        taken = [self._taken(field, spelled, row) for field, spelled in self._spelled]
        return taken + [field.get_default() for field in self._computed]

    def key_of(self, values: Sequence[Any]) -> Any:
        """The key among what `take` gave."""
        return values[self.kind.fields.index(self.kind.key)]

    def described(self) -> list[tuple[str, str]]:
        """Each field's name and what its values are, in words."""
        return [
            (field.name, f"{spelled.words}, or null" if field.null else spelled.words)
            for field, spelled in self._spelled
        ]

    def _all(self) -> "QuerySet[Any, tuple[Any, ...]]":
        names = [field.attname for field, _ in self._spelled]
        rows = self.kind.model._base_manager.values_list(*names)  # noqa: SLF001 (every row)
        key = self.kind.key.attname
        # Letters are in the order of their numbers, on every machine.
        order = F(key) if _is_number(self.kind.key) else Collate(F(key), "C")
        return rows.order_by(order)

    def _given(self, values: Sequence[Any]) -> Row:
        return {
            field.name: None if value is None and field.null else spelled.give(value)
            for (field, spelled), value in zip(self._spelled, values, strict=True)
        }

    def _taken(self, field: AnyField, spelled: Spelling, row: Row) -> Any:
        if field.name not in row:
            if field.null or field.has_default():
                return field.get_default()
            raise Unfit(f"{self.kind.name} lacks {field.name!r}")
        value = row[field.name]
        if value is None and field.null:
            return None
        try:
            return spelled.take(value)
        except Unfit as wrong:
            raise Unfit(f"{field.name!r} of {self.kind.name} {wrong}") from None


def _is_number(key: AnyField) -> bool:
    return spelling(key).words.startswith("integer")
