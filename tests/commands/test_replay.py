"""manage.py replay says how each order would have done, and is the same each time."""

import csv
import gzip
import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from feeds.replay.looks import FILE
from feeds.replay.noons import LEAST
from feeds.replay.orders import baselines, ours
from feeds.replay.walk import walk_folder
from tests.replay.made_up import NOON, looks_at, row

DAYS = 6


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six days on which papers gain as many votes as they had."""
    rows = [
        row(paper, look.at, look.votes)
        for day in range(DAYS)
        for paper, seen in looks_at(NOON + timedelta(days=day), LEAST, f"{day}-").items()
        for look in seen
    ]
    with gzip.open(tmp_path / FILE, "wt", newline="") as lines:
        table = csv.DictWriter(lines, rows[0])
        table.writeheader()
        table.writerows(rows)
    return tmp_path


def replay(*arguments: str) -> str:
    out = StringIO()
    call_command("replay", *arguments, stdout=out)
    return out.getvalue()


def figures(folder: Path, *arguments: str) -> dict[str, dict[str, object]]:
    lines = replay("--data", str(folder), "--json", *arguments).splitlines()
    return {told["order"]: told for told in map(json.loads, lines)}


def test_every_order_is_told_beside_the_baselines(folder: Path) -> None:
    told = figures(folder)
    assert set(told) == set(ours()) | set(baselines())
    assert {one["noons"] for one in told.values()} == {DAYS}


def test_an_order_that_tells_the_next_day_rightly_is_worth_one(folder: Path) -> None:
    told = figures(folder)
    assert told["rising"]["ndcg"] == pytest.approx(1)
    assert told["rising"]["spearman"] == pytest.approx(1)
    assert told["newest"]["ndcg"] < 0.9
    assert told["newest"]["better"] > 0.1
    assert told["newest"]["compared"] == "rising"
    assert told["Hacker News"]["chance"] == 1


def test_the_same_observations_give_the_same_words(folder: Path) -> None:
    first, second = (replay("--data", str(folder)) for _ in range(2))
    assert first == second
    assert f"{DAYS} noons from 2026-04-24 to 2026-04-29, 30 papers each" in first
    assert "judged from 2026-04-28 on" in first
    assert "against Hacker News" in first


def test_another_order_is_compared_when_it_is_named(folder: Path) -> None:
    assert figures(folder, "--order", "hot")["votes"]["compared"] == "hot"


def test_without_observations_it_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=FILE):
        replay("--data", str(tmp_path / "nowhere"))


def test_without_a_folder_it_says_how_to_name_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BROADSHEET_REAL_DATA", raising=False)
    with pytest.raises(CommandError, match="--data FOLDER"):
        replay()


def test_a_file_that_is_no_archive_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"arxiv_id,observed_at\n")
    with pytest.raises(CommandError, match="Nothing to replay: "):
        replay("--data", str(tmp_path))


def test_too_few_noons_are_no_replay(tmp_path: Path) -> None:
    with gzip.open(tmp_path / FILE, "wt") as lines:
        lines.write("arxiv_id,observed_at,upvotes,source\n")
    with pytest.raises(CommandError, match="0 noons can be judged"):
        replay("--data", str(tmp_path))


def test_hot_is_at_least_hacker_news_and_rising_beats_every_baseline(real_data: Path) -> None:
    walked = walk_folder(real_data)
    hot, theirs = walked.figures("hot"), walked.figures("Hacker News")
    assert hot["ndcg"] >= theirs["ndcg"]
    assert hot["judged"] >= theirs["judged"]
    for name in baselines():
        one = walked.compare("rising", name)
        assert one.better > 0
        assert one.chance < 0.05
