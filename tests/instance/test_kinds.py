"""Nothing that the database holds is forgotten by an export."""

import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import Group

from accounts.exported import KINDS, LEFT_OUT
from accounts.management.commands.export import described
from config.version import VERSION
from feeds.instance.kinds import Kind, in_order
from feeds.models import Paper, PaperStats

DOCS = Path(__file__).resolve().parents[2] / "docs" / "exporting.md"


def test_every_table_is_exported_or_left_out_for_a_reason() -> None:
    kept = {kind.model._meta.label for kind in KINDS}
    known = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    forgotten = known - kept - set(LEFT_OUT)
    assert not forgotten, f"{forgotten}: add them to feeds/exported.py or accounts/exported.py"
    assert kept | set(LEFT_OUT) <= known
    assert not kept & set(LEFT_OUT)
    assert all(len(reason) > 20 for reason in LEFT_OUT.values())


def test_a_row_comes_after_those_that_it_names() -> None:
    seen = set()
    for kind in KINDS:
        named = {field.related_model for field in kind.fields if field.is_relation}
        assert named - {kind.model} <= seen | {apps.get_model(label) for label in LEFT_OUT}
        seen.add(kind.model)


def test_kinds_that_cannot_be_told_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="same name"):
        in_order([Kind(Group), Kind(Group)])


def test_what_is_left_out_of_a_row_can_be_computed() -> None:
    assert {field.name for kind in KINDS for field in kind.model._meta.concrete_fields
            if field.name in kind.left_out} == {
        "new", "top", "hot", "scaled", "rising", "rising_due",
    }  # fmt: skip
    assert [kind.model for kind in KINDS if kind.left_out] == [PaperStats]
    assert in_order([Kind(PaperStats), Kind(Paper)])[0].model is Paper


@pytest.mark.django_db
def test_the_documents_tell_of_every_field() -> None:
    """`manage.py export --describe` prints what belongs there; see FORMAT in kinds.py."""
    told = DOCS.read_text()
    wrong = [part.split("\n")[0] for part in described().split("\n\n") if part not in told]
    assert not wrong
    sections = set(re.findall(r"^### (\w+)$", told, re.MULTILINE))
    assert sections == {kind.name for kind in KINDS}
    assert [label for label, why in LEFT_OUT.items() if f"| `{label}` | {why} |" not in told] == []


def test_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((DOCS.parents[1] / "pyproject.toml").read_text())["project"]
    assert project["version"] == VERSION
