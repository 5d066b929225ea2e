"""No migration keeps readers waiting, or breaks the version that runs while it does.

docs/upgrading.md says why, and how each thing is done instead.
"""

from typing import Any

import pytest
from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.state import ProjectState
from django.db.models.functions import Now

from tests.locking import findings, findings_of_all

# Written before the first release: there was no instance to keep waiting.
BEFORE_THE_FIRST_RELEASE = {
    "accounts.0003_roles",
    "feeds.0003_whole_documents",
    "feeds.0007_curators_tags",
    "feeds.0014_orders_and_votes",
    "feeds.0022_vectors",
}
# What was looked at by a person and is right all the same: a finding's words, and why.
ALLOWED = {
    "accounts.0006_several_a_day: SQL: ALTER TABLE. Say it in operations, or allow it.": (
        "the constraint takes an index that was built concurrently: a moment"
    ),
    "feeds.0028_day_scores: SQL: DELETE FROM. Say it in operations, or allow it.": (
        "in a trigger: the rows of the places that just went"
    ),
}


def test_no_migration_keeps_readers_waiting() -> None:
    found = findings_of_all()
    new = [
        f"{one}"
        for one in found
        if one.migration not in BEFORE_THE_FIRST_RELEASE and f"{one}" not in ALLOWED
    ]
    assert new == []
    assert {one.migration for one in found} >= BEFORE_THE_FIRST_RELEASE, "some are not needed"
    assert set(ALLOWED) <= {f"{one}" for one in found}


def looked_at(*operations: Any, atomic: bool = True) -> list[str]:
    """What is found of a migration over a table that has a name, a number and an index."""
    fields = [
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.CharField(max_length=50)),
        ("number", models.IntegerField(null=True)),
    ]
    state = ProjectState()
    migrations.CreateModel("Thing", fields).state_forwards("feeds", state)
    made = migrations.Migration("0099_next", "feeds")
    made.operations, made.atomic = list(operations), atomic
    return [one.what for one in findings(made, state)]


BY_NAME = models.Index(fields=["name"], name="by_name")
ONCE = models.UniqueConstraint(fields=["name"], name="once")
POSITIVE = models.CheckConstraint(condition=models.Q(number__gt=0), name="positive")


def field(name: str, of: models.Field) -> migrations.AddField:
    return migrations.AddField("thing", name, of)


def altered(name: str, of: models.Field) -> migrations.AlterField:
    return migrations.AlterField("thing", name, of)


@pytest.mark.parametrize(
    ("operation", "told"),
    [
        (migrations.AddIndex("thing", BY_NAME), "thing: writers wait"),
        (AddIndexConcurrently("thing", BY_NAME), "thing: a concurrent index in a transaction"),
        (migrations.AddConstraint("thing", ONCE), "thing: everybody waits while a unique index"),
        (migrations.AddConstraint("thing", POSITIVE), "thing: everybody waits while all rows"),
        (field("new", models.IntegerField(default=1)), "thing new: the version before writes"),
        (
            field("new", models.DateTimeField(db_default=Now())),
            "thing new: all rows are written anew",
        ),
        (field("new", models.SlugField(null=True)), "thing new: everybody waits"),
        (altered("name", models.CharField(max_length=20)), "thing name: all rows are written"),
        (altered("name", models.IntegerField()), "thing name: all rows are written anew, from var"),
        (altered("number", models.IntegerField()), "thing number: everybody waits while all rows"),
        (altered("name", models.CharField(max_length=50, unique=True)), "thing name: everybody"),
        (migrations.RemoveField("thing", "name"), "thing name: the version before still reads"),
        (migrations.DeleteModel("Thing"), "Thing: the version before still reads what goes"),
        (migrations.RenameField("thing", "name", "title"), "thing: the version before knows it"),
        (migrations.RunPython(migrations.RunPython.noop), "Python in a transaction"),
        (migrations.RunSQL("create index x on feeds_thing (name)"), "SQL: create index"),
        (migrations.RunSQL([("UPDATE feeds_thing SET name = %s", ["a"])]), "SQL: UPDATE feeds_th"),
        (
            migrations.SeparateDatabaseAndState([migrations.AddIndex("thing", BY_NAME)]),
            "thing: writers wait while an index is built",
        ),
    ],
)
def test_what_keeps_readers_waiting_is_found(operation: Any, told: str) -> None:
    (found,) = looked_at(operation)
    assert found.startswith(told)


def test_what_nobody_notices_is_left_alone() -> None:
    other = migrations.CreateModel("Other", [("id", models.BigAutoField(primary_key=True))])
    assert (
        looked_at(
            other,
            migrations.AddField("other", "name", models.SlugField(unique=True)),
            field("new", models.IntegerField(default=1, db_default=1)),
            field("empty", models.IntegerField(null=True)),
            altered("name", models.CharField(max_length=80)),
            altered("name", models.TextField()),
            AddConstraintNotValid("thing", POSITIVE),
        )
        == []
    )
    assert (
        looked_at(
            AddIndexConcurrently("thing", BY_NAME),
            migrations.RunPython(migrations.RunPython.noop),
            migrations.RunSQL("CREATE INDEX CONCURRENTLY x ON feeds_thing (name)"),
            atomic=False,
        )
        == []
    )
