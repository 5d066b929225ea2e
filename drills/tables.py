"""All that is kept, as values that two runs can be compared by: no ids, no moments of writing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.apps import apps
from django.db.models import DateTimeField, Field, ForeignKey, Model, UniqueConstraint

Key = tuple[Any, ...]
Rows = dict[Key, dict[str, Any]]
Tables = dict[str, Rows]

# A row for each reading tells of that reading, and two runs may read in different steps.
LOGS = frozenset({"Run"})
# When something was written, not what; also scores that fall with the time since.
OF_THE_MOMENT = frozenset(
    "created_at changed_at fetched_at ingested_at whole_at rising rising_at rising_due".split()
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that one side lacks (`field` is ""), or a field that is not the same on both."""

    table: str
    key: Key
    field: str
    ours: Any
    theirs: Any

    def __str__(self) -> str:
        if not self.field:
            return f"{self.table} {self.key} is only in the {'first' if self.ours else 'second'}"
        return f"{self.table} {self.key}, {self.field}: {self.ours!r} and {self.theirs!r}"


def tables() -> Tables:
    """Every row of every table of feeds, by what names it."""
    reader = _Reader()
    models = (model for model in apps.get_app_config("feeds").get_models())
    return {model.__name__: reader.rows(model) for model in models if model.__name__ not in LOGS}


def differences(ours: Tables, theirs: Tables) -> Iterator[Difference]:
    for table in sorted(ours.keys() | theirs.keys()):
        mine, others = ours.get(table, {}), theirs.get(table, {})
        for key in mine.keys() | others.keys():
            if key not in mine or key not in others:
                yield Difference(table, key, "", key in mine, key in others)
                continue
            yield from (
                Difference(table, key, name, value, others[key][name])
                for name, value in mine[key].items()
                if value != others[key][name]
            )


def summed(found: list[Difference]) -> list[tuple[str, str]]:
    """How many differences there are of each field, each with an example."""
    counts = Counter((one.table, one.field or "row") for one in found)
    examples = {(one.table, one.field or "row"): one for one in reversed(found)}
    return [
        (f"{table}.{name}: {count:,}", str(examples[table, name])[:600])
        for (table, name), count in counts.most_common()
    ]


class _Reader:
    """Reads tables; what a relation leads to is told by its name, not by its id."""

    def __init__(self) -> None:
        self._names: dict[type[Model], dict[Any, Key]] = {}

    def rows(self, model: type[Model]) -> Rows:
        naming = _naming(model)
        rows: Rows = {}
        counts: Counter[Key] = Counter()
        for values in self._values(model):
            key = tuple(values[name] for name in naming or sorted(values))
            counts[key] += 1
            if naming:
                rows[key] = values
            else:  # alike rows are told by how many there are
                rows[*map(str, key), counts[key]] = {}
        return rows

    def _values(self, model: type[Model]) -> Iterator[dict[str, Any]]:
        fields = [one for one in model._meta.concrete_fields if _is_said(one)]
        for row in model._default_manager.values_list(*(one.attname for one in fields)).iterator():
            yield {one.name: self._said(one, value) for one, value in zip(fields, row, strict=True)}

    def _said(self, field: "Field[Any, Any]", value: Any) -> Any:
        if isinstance(field, ForeignKey):
            return None if value is None else self._name(field.related_model, value)
        if isinstance(value, memoryview):
            return bytes(value)
        if field.name == "told":  # who told each field: [the digest's id, how surely]
            digest = partial(self._name, apps.get_model("feeds", "Digest"))
            return {name: (digest(told[0]), *told[1:]) for name, told in value.items()}
        return value

    def _name(self, model: type[Model], pk: Any) -> Key:
        if model not in self._names:
            fields = {one.name: one for one in model._meta.concrete_fields}
            naming = [fields[name] for name in _naming(model)]
            columns = model._default_manager.values_list("pk", *(one.attname for one in naming))
            self._names[model] = {
                row[0]: tuple(map(self._said, naming, row[1:])) for row in columns.iterator()
            }
        return self._names[model].get(pk, (pk,))


def _is_said(field: "Field[Any, Any]") -> bool:
    if field.name in OF_THE_MOMENT:
        return False
    if isinstance(field, DateTimeField) and (field.auto_now or field.auto_now_add):
        return False
    return not field.primary_key or isinstance(field, ForeignKey)


def _naming(model: type[Model]) -> list[str]:
    """The fields that name a row; none where nothing but its id does."""
    meta = model._meta
    for field in meta.concrete_fields:
        if field.unique and _is_said(field):
            return [field.name]
    for constraint in meta.constraints:
        if isinstance(constraint, UniqueConstraint) and constraint.condition is None:
            return list(constraint.fields)
    return []
