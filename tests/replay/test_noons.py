"""At each noon only what was known counts; the day after judges."""

from datetime import UTC, datetime, timedelta

import pytest

from feeds.replay.looks import Look, looks
from feeds.replay.noons import LEAST, Noon, noons
from tests.replay.made_up import NOON, hours, looks_at, row


def one_noon(*extra: tuple[str, list[Look]]) -> Noon:
    found = list(noons({**looks_at(NOON, LEAST), **dict(extra)}, {}))
    return next(noon for noon in found if noon.at == NOON)


def gain_of(noon: Noon, paper: str) -> int | None:
    return next((one.gain for one in noon.candidates if one.paper == paper), None)


def test_votes_are_those_of_the_last_look_before_the_noon() -> None:
    noon = one_noon(("a", [hours(-20, 3), hours(-2, 8), hours(1, 90), hours(30, 95)]))
    signals = next(one.signals for one in noon.candidates if one.paper == "a")
    assert (signals.votes, signals.first_votes, signals.listed_at) == (8, 3, hours(-20, 3).at)


def test_the_gain_is_what_a_look_a_day_later_shows_more() -> None:
    noon = one_noon(("a", [hours(-2, 8), hours(23, 10), hours(24, 15), hours(60, 99)]))
    assert gain_of(noon, "a") == 7


def test_a_paper_that_lost_votes_or_was_not_seen_again_gained_nothing() -> None:
    noon = one_noon(("lost", [hours(-2, 8), hours(25, 6)]), ("gone", [hours(-2, 8)]))
    assert (gain_of(noon, "lost"), gain_of(noon, "gone")) == (0, 0)


@pytest.mark.parametrize("look", [hours(1, 5), hours(-24 * 7 - 1, 5), hours(-25, 5)])
def test_a_paper_unknown_old_or_long_unseen_is_not_ranked(look: Look) -> None:
    assert gain_of(one_noon(("a", [look, hours(30, 50)])), "a") is None


def test_a_noon_with_few_papers_or_without_any_gain_is_left_out() -> None:
    assert list(noons(looks_at(NOON, LEAST - 1), {})) == []
    still = {f"p{k}": [hours(-2, 5), hours(30, 5)] for k in range(LEAST)}
    assert list(noons(still, {})) == []


def test_usual_votes_are_those_a_day_that_the_tags_got_in_four_weeks() -> None:
    tags = {"p0": ("a",), "p1": ("a", "b"), "old": ("b",)}
    old = ("old", [hours(-24 * 20, 56), hours(80, 60)])
    noon = next(
        noon for noon in noons({**looks_at(NOON, LEAST), **dict([old])}, tags) if noon.at == NOON
    )
    usual = {one.paper: one.signals.usual_votes for one in noon.candidates}
    a = (0 + 1) / 28  # p0 and p1 had no vote and one
    b = (1 + 56) / 28
    assert usual["p0"] == pytest.approx(a)
    assert usual["p1"] == pytest.approx((a + b) / 2)
    assert usual["p2"] is None


def test_a_list_made_once_a_week_shows_a_count_once() -> None:
    day = datetime(2026, 4, 24, tzinfo=UTC)
    rows = [row("a", day + timedelta(days=k), 9, "x/feed_weekly.xml") for k in range(4)]
    daily = [row("b", day + timedelta(days=k), 9, "x/feed.xml") for k in range(4)]
    found = looks(rows + daily)
    assert (len(found["a"]), len(found["b"])) == (1, 4)


def test_looks_stand_in_order_and_the_highest_of_a_moment_counts() -> None:
    day = datetime(2026, 4, 24, tzinfo=UTC)
    found = looks([row("a", day, 4), row("a", day - timedelta(days=1), 2), row("a", day, 3)])
    assert [look.votes for look in found["a"]] == [2, 4]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"upvotes": "many"}, "row 2: .*many"),
        ({"observed_at": "noon"}, "row 2: 'noon' is no time"),
        ({"arxiv_id": None, "upvotes": None}, "row 2"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(wrong: dict[str, str], said: str) -> None:
    good = row("a", datetime(2026, 4, 24, tzinfo=UTC), 4)
    with pytest.raises(ValueError, match=said):
        looks([good, good | wrong])
