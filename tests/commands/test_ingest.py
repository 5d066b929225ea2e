"""manage.py ingest, as it is typed."""

import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from feeds.models import Digest, Paper, Source
from tests.factories import digest, entry

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> tuple[list[dict[str, Any]], str]:
    """What the command tells with --json, an object a line, and what it says of failures."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("ingest", *arguments, "--json", stdout=out, stderr=err)
    except CommandError as refused:
        err.write(str(refused))
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good"
    path.write_bytes(digest(entry(), entry()))
    return path


def test_each_file_is_a_line(good: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_bytes(digest(entry()))
    told, said = run(str(good), str(other), "--source", "daily", "--date", "2026-04-20")
    assert [(one["file"], one["new"]) for one in told] == [(str(good), 2), (str(other), 1)]
    assert {(one["source"], one["date"]) for one in told} == {("daily", "2026-04-20")}
    assert said == ""


def test_a_refusal_says_what_was_tried_and_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "letter"
    path.write_text("Dear all,\n\nlunch is at noon.\n")
    told, said = run(str(path), "--source", "fresh")
    assert "daily papers JSON: it is not JSON" in said
    assert "papers page text: it lacks the masthead" in said
    assert told == [{"file": str(path), "error": told[0]["error"]}]
    assert not Digest.objects.exists()
    assert not Source.objects.filter(slug="fresh").exists()


def test_what_cannot_be_opened_keeps_nothing_else_out(good: Path, tmp_path: Path) -> None:
    told, said = run(str(tmp_path / "none"), str(tmp_path), "no\0name", str(good))
    assert ["error" in one for one in told] == [True, True, True, False]
    assert "No such file" in said
    assert "Is a directory" in said
    assert "3 of 4 could not be read." in said
    assert Paper.objects.count() == 2


def test_a_format_that_is_named_is_the_only_one_tried(good: Path) -> None:
    _, said = run(str(good), "--parser", "page_text")
    assert "papers page text" in said
    assert "daily papers JSON" not in said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--parser", "word"], "'word' is no format; those known are"),
        (["--date", "24 April"], "'24 April' is no day like 2026-04-24"),
        (["--date", "2026-02-30"], "'2026-02-30' is no day like 2026-04-24"),
        (["--source", "My Feed"], "'My Feed' is no source's name"),
        (["--source", "a" * 51], "up to 50 small letters"),
    ],
)
def test_a_wrong_option_is_answered_with_a_sentence(
    good: Path, arguments: list[str], words: str
) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("ingest", str(good), *arguments)
    assert not Paper.objects.exists()


def test_a_name_that_is_no_text_is_kept_without_what_is_none(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"day\xff.json")
    path.write_bytes(digest(entry()))
    told, _ = run(str(path))
    assert told[0]["new"] == 1
    assert Digest.objects.get().name == "day.json"


def test_standard_input_is_a_file_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(digest(entry()))))
    told, said = run("-")
    assert (told[0]["file"], told[0]["new"], said) == ("-", 1, "")


def test_a_refusal_ends_the_command_with_1(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("ingest", str(tmp_path / "none"), stderr=io.StringIO())
    assert refused.value.returncode == 1
