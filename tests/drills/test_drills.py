"""`make drills`: what it says, and how it ends."""

import io
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from drills.__main__ import run
from drills.frame import Asked, NotRun, Overdue, Row, at_most, drills
from tests.conftest import REPOSITORY


class Given:
    """A drill that gives the rows that it was made with."""

    name, about, minutes = "given", "rows as given", 0.01

    def __init__(self, *rows: Row, wait: float = 0, raises: Exception | None = None) -> None:
        self.rows, self.wait, self.raises = rows, wait, raises

    def run(self, _: Asked) -> Iterator[Row]:
        yield from self.rows
        time.sleep(self.wait)
        if self.raises:
            raise self.raises


def shown(drill: Given) -> tuple[list[Row], str]:
    text = io.StringIO()
    return run(drill, Asked(), Console(file=text, width=120)), text.getvalue()


def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "drills", *arguments],
        cwd=REPOSITORY,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_every_drill_says_what_it_is_about_and_how_long_it_may_take() -> None:
    known = ["api", "clock", "day", "disk", "garbage", "guests", "kill", "mail", "memory"]
    known += ["mutations", "order", "redis", "restart", "several", "soak", "term"]
    known += ["together", "workers"]
    assert drills.names() == known
    assert all(drill.about and 0 < drill.minutes <= 60 for drill in drills.all())


def test_rows_are_shown_with_what_held_and_what_did_not() -> None:
    rows, text = shown(Given(Row("a", "1", held=True), Row("b", "[2]", held=False), Row("c", "3")))
    assert len(rows) == 3
    assert "held" in text
    assert "FAILED" in text
    assert "[2]" in text


def test_a_drill_that_takes_too_long_fails_and_keeps_its_rows() -> None:
    rows, text = shown(Given(Row("a", "1", held=True), wait=5))
    assert [row.held for row in rows] == [True, False]
    assert "not done after 0.01 minutes" in text


def test_a_drill_that_cannot_be_tried_says_why() -> None:
    assert shown(Given(raises=NotRun("there is nothing here"))) == (
        [],
        "given: not tried, there is nothing here.\n",
    )


def test_a_drill_that_breaks_off_fails_and_keeps_its_rows() -> None:
    rows, text = shown(Given(Row("a", "1", held=True), raises=ValueError("no such thing")))
    assert [row.held for row in rows] == [True, False]
    assert "ValueError: no such thing" in text


def test_time_within_bounds_ends_nothing() -> None:
    with at_most(1):
        pass
    with pytest.raises(Overdue), at_most(0.0002):
        time.sleep(5)


def test_the_command_ends_with_1_where_a_drill_failed_and_0_where_all_held() -> None:
    fine = command("mutations", "--only", "3", "--seed", "5")
    assert fine.returncode == 0, fine.stdout
    assert "0 in 1 documents" in fine.stdout


def test_an_unknown_drill_is_answered_with_the_known_ones() -> None:
    answer = command("nothing")
    assert answer.returncode == 2
    assert "'nothing' is not one of: api, clock" in answer.stderr


def test_without_real_days_the_drills_that_need_them_say_so(tmp_path: Path) -> None:
    answer = command("together", BROADSHEET_REAL_DATA=str(tmp_path / "none"))
    assert "together: not tried, there are no real days here" in answer.stdout
    assert answer.returncode == 1
