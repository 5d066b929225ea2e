"""The benchmark says what it measures, beside what, and where it cannot."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import readers
from benchmarks.frame import Row, parts
from tests.conftest import REPOSITORY


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", *arguments],
        cwd=REPOSITORY,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_every_part_says_what_it_is_about() -> None:
    assert "tagging" in parts.names()
    assert all(part.about for part in parts.all())


def test_a_ratio_is_ours_over_what_stands_beside() -> None:
    assert Row("speed", 3, 2).ratio == 1.5
    assert Row("speed", 3).ratio is None


def test_an_unknown_part_is_answered_with_the_known_ones() -> None:
    answer = run("nothing")
    assert answer.returncode == 2
    assert "'nothing' is not one of: " in answer.stderr


def test_without_real_data_a_part_says_that_it_was_not_measured(tmp_path: Path) -> None:
    answer = run("tagging", BROADSHEET_REAL_DATA=str(tmp_path / "none"))
    assert "not measured" in answer.stdout
    assert answer.returncode == 1


@pytest.mark.usefixtures("real_data")
def test_the_numbers_in_the_documents_are_those_that_are_measured() -> None:
    told = (REPOSITORY / "docs/tags.md").read_text()
    rows = {row.what: row for row in parts.get("tagging").measure()}
    for what in ("precision", "recall", "precision from 0.4 up", "recall from 0.4 up"):
        assert f"| {what} | {rows[what].ours:.3f} | {rows[what].beside:.3f} |" in told


@pytest.mark.usefixtures("real_data")
def test_the_numbers_of_the_tagger_that_learns_are_those_that_are_measured() -> None:
    told = (REPOSITORY / "docs/tags.md").read_text()
    rows = [row for row in parts.get("learnt").measure() if row.beside is not None]
    assert [row.what for row in rows] == ["precision", "recall"]
    for row in rows:
        assert f"| {row.what} | {row.ours:.3f} | {row.beside:.3f} |" in told


@pytest.mark.usefixtures("real_data")
def test_the_replay_in_the_documents_is_the_one_that_is_measured() -> None:
    told = (REPOSITORY / "docs/ranking.md").read_text()
    rows = [row for row in parts.get("replay").measure() if row.what in ("rising", "hot")]
    assert rows
    for row in rows:
        other, _, chance = row.note.partition(", p = ")
        line = f"| {row.what} | {row.ours:.3f} | {other} | {row.beside:.3f} | {chance} |"
        assert line in told


def test_readers_of_another_file_are_cases_of_what_they_gave_next(
    tmp_path: Path, monkeypatch
) -> None:
    lines = [
        {"title": f"Paper {n}", "abstract": "", "day": f"2025-05-{n + 1:02}", "reader": who}
        for n, who in enumerate("aabaacaa")
    ]
    path = tmp_path / "readers.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)))
    monkeypatch.setenv("READERS", str(path))
    told = readers.papers()
    found = list(readers.cases(told, first=0.6))
    assert [(case.known, case.target) for case in found] == [
        ((0, 1, 3), 4),
        ((0, 1, 3, 4), 6),
        ((0, 1, 3, 4, 6), 7),
    ]
    assert found[0].candidates == (2, 4, 5, 6, 7)
    assert all(case.target in case.candidates for case in found)
