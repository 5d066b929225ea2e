"""How a source fares, in words."""

from datetime import timedelta
from typing import Any

import pytest

from feeds.health import condition, health
from feeds.models import Source
from tests.sources.conftest import NOW


def source(**known: Any) -> Source:
    return Source(slug="daily", plugin="rss", **known)


WELL = {"last_success_at": NOW - timedelta(hours=3), "next_run_at": NOW + timedelta(days=2)}
FAILED = {"last_error": "It answers 503.", "last_error_at": NOW - timedelta(minutes=1)}


@pytest.mark.parametrize(
    ("known", "word", "sentences"),
    [
        ({}, "new", "Nothing came yet. Due now."),
        (WELL, "well", "Went well 3 hours ago. Next in 2 days."),
        (WELL | {"claimed_at": NOW}, "running", "Went well 3 hours ago. Runs now."),
        (
            WELL | FAILED | {"failures": 1},
            "failing",
            "Went well 3 hours ago. Next in 2 days. It answers 503.",
        ),
        (
            FAILED | {"failures": 4},
            "failing",
            "Nothing came yet. Due now. It answers 503. (4 failures in a row)",
        ),
        (
            WELL | FAILED | {"last_success_at": NOW},
            "well",
            "Went well just now. Next in 2 days.",
        ),
        (
            {"last_success_at": NOW, "last_error_at": NOW, "last_error": "Passed over: a.txt."},
            "well",
            "Went well just now. Due now. Passed over: a.txt.",
        ),
        ({"stopped_at": NOW, "last_error": "Stopped after 10."}, "stopped", "Stopped after 10."),
        ({"enabled": False}, "switched off", "Switched off."),
        ({"plugin": ""}, "by hand", "Digests are put in by hand."),
    ],
)
def test_it_is_said_in_a_word_and_in_sentences(
    known: dict[str, Any], word: str, sentences: str
) -> None:
    row = source(**{name: value for name, value in known.items() if name != "plugin"})
    row.plugin = known.get("plugin", "rss")
    assert condition(row, NOW) == word
    assert health(row, NOW) == sentences


def test_what_is_sent_to_is_never_due() -> None:
    assert health(source(last_success_at=NOW), NOW, sent_to=True) == "Went well just now."
