"""What of a migration keeps readers waiting, or breaks the version that still runs beside it.

A table that the migration itself makes is nobody's yet: only what is done to older ones counts.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

OURS = ("accounts", "feeds")
_WAITS = re.compile(
    r"\bALTER\s+TABLE\b|\bCREATE\s+(?:UNIQUE\s+)?INDEX\s+(?!CONCURRENTLY)|\bUPDATE\s+\w+\s+SET\b"
    r"|\bDELETE\s+FROM\b|\bLOCK\s+TABLE\b|\bCLUSTER\b|\bVACUUM\s+FULL\b",
    re.IGNORECASE,
)
_VARCHAR = re.compile(r"varchar\((\d+)\)")


@dataclass(frozen=True)
class Finding:
    """`what` one operation of a migration does, and what to do `instead`."""

    migration: str
    what: str
    instead: str

    def __str__(self) -> str:
        return f"{self.migration}: {self.what}. {self.instead}"


def findings_of_all() -> list[Finding]:
    """Those of every migration of ours, in the order in which they run."""
    graph = MigrationLoader(None).graph
    plan = dict.fromkeys(node for leaf in graph.leaf_nodes() for node in graph.forwards_plan(leaf))
    state, found = ProjectState(), []
    for node in plan:
        migration = graph.nodes[node]
        found += findings(migration, state) if node[0] in OURS else []
        state = migration.mutate_state(state, preserve=False)
    return found


def findings(migration: Migration, before: ProjectState) -> list[Finding]:
    state, made = before.clone(), set[str]()
    name = f"{migration.app_label}.{migration.name}"
    found = []
    for operation in migration.operations:
        for what, instead in _of(operation, migration, state, made):
            found.append(Finding(name, what, instead))
        operation.state_forwards(migration.app_label, state)
    return found


Told = Iterable[tuple[str, str]]


def _of(one: Operation, migration: Migration, state: ProjectState, made: set[str]) -> Told:
    if isinstance(one, migrations.CreateModel):
        made.add(one.name_lower)
        return ()
    if isinstance(one, migrations.SeparateDatabaseAndState):
        return [
            told for part in one.database_operations for told in _of(part, migration, state, made)
        ]
    if getattr(one, "model_name_lower", "") in made:
        return ()
    return _told(one, migration, state)


def _told(one: Any, migration: Migration, state: ProjectState) -> Told:
    """What the first entry of `_LOOKS` that the operation is one of says of it."""
    for kinds, look in _LOOKS:
        if isinstance(one, kinds):
            return list(look(one, migration, state))
    return ()


def _index(one: Any, migration: Migration, _state: Any) -> Told:
    if isinstance(one, AddIndexConcurrently):
        if migration.atomic:
            yield f"{one.model_name}: a concurrent index in a transaction", "Set atomic = False."
        return
    yield (
        f"{one.model_name}: writers wait while an index is built",
        "Use AddIndexConcurrently, in a migration of its own with atomic = False.",
    )


def _constraint(one: Any, _migration: Migration, _state: Any) -> Told:
    if isinstance(one, AddConstraintNotValid):
        return
    if isinstance(one.constraint, models.CheckConstraint):
        yield (
            f"{one.model_name}: everybody waits while all rows are checked",
            "Use AddConstraintNotValid, and ValidateConstraint in the next migration.",
        )
        return
    yield (
        f"{one.model_name}: everybody waits while a unique index is built",
        "Build it concurrently by RunSQL, and give it to the constraint (USING INDEX).",
    )


def _removed(one: Any, _migration: Migration, _state: Any) -> Told:
    yield (
        f"{getattr(one, 'model_name', '')} {one.name}".strip()
        + ": the version before still reads what goes",
        "Take it out of the code in one release and out of the database in the next.",
    )


def _renamed(one: Any, _migration: Migration, _state: Any) -> Told:
    table = getattr(one, "model_name", "") or one.old_name
    yield (
        f"{table}: the version before knows it by its old name",
        "Add the new one, write both, and take the old one out a release later.",
    )


def _python(one: Any, migration: Migration, _state: Any) -> Told:
    if migration.atomic and one.atomic is not False:
        yield (
            "Python in a transaction holds every row that it wrote until its end",
            "Set atomic = False, and write in batches that can begin anew.",
        )


def _sql(one: Any, _migration: Migration, _state: Any) -> Told:
    parts = [one.sql] if isinstance(one.sql, str) else one.sql
    for part in parts:
        if wait := _WAITS.search(part if isinstance(part, str) else part[0]):
            yield f"SQL: {wait[0]}", "Say it in operations, or allow it."


def _added(one: Any, _migration: Migration, _state: Any) -> Told:
    field, name = one.field, f"{one.model_name} {one.name}"
    if not (field.null or field.has_db_default() or field.many_to_many):
        yield (
            f"{name}: the version before writes rows without it, which fail",
            "Give it db_default, or null=True.",
        )
    if field.has_db_default() and not _is_constant(field.db_default):
        yield (
            f"{name}: all rows are written anew, as its default is computed for each",
            "Take null=True, and fill it in batches.",
        )
    if field.db_index or field.unique:
        yield (
            f"{name}: everybody waits while its index is built",
            "Take db_index=False, and AddIndexConcurrently in a migration of its own.",
        )


def _altered(one: Any, migration: Migration, state: ProjectState) -> Told:
    old = state.models[migration.app_label, one.model_name_lower].fields[one.name]
    new, name = one.field, f"{one.model_name} {one.name}"
    if _type(old) != _type(new) and not _only_longer(_type(old), _type(new)):
        yield (
            f"{name}: all rows are written anew, from {_type(old)} to {_type(new)}",
            "Add a column of the new type, write both, and take the old one out a release later.",
        )
    if old.null and not new.null:
        yield (
            f"{name}: everybody waits while all rows are looked through for an empty one",
            "Add a check NOT VALID, validate it in the next migration, then alter the field.",
        )
    if (new.db_index and not old.db_index) or (new.unique and not old.unique):
        yield (
            f"{name}: everybody waits while its index is built",
            "Use AddIndexConcurrently in a migration of its own.",
        )


def _is_constant(default: Any) -> bool:
    return isinstance(default, models.Value) or not hasattr(default, "resolve_expression")


def _type(field: Any) -> str:
    if field.remote_field:
        return "relation"
    return str(field.db_type(connection))


def _only_longer(old: str, new: str) -> bool:
    before, after = _VARCHAR.fullmatch(old), _VARCHAR.fullmatch(new)
    if before and new == "text":
        return True
    return bool(before and after and int(before[1]) <= int(after[1]))


_LOOKS: list[tuple[Any, Callable[[Any, Migration, ProjectState], Told]]] = [
    (migrations.AddIndex, _index),
    (migrations.AddConstraint, _constraint),
    (migrations.AddField, _added),
    (migrations.AlterField, _altered),
    ((migrations.RemoveField, migrations.DeleteModel), _removed),
    ((migrations.RenameField, migrations.RenameModel), _renamed),
    (migrations.RunPython, _python),
    (migrations.RunSQL, _sql),
]
