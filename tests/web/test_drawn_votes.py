"""The line of a paper's votes."""

from datetime import UTC, datetime, timedelta

from feeds.voted_over_time import Standing
from feeds.web.drawn_votes import MOST_ROWS, MOST_STEPS, draw_votes

START = datetime(2026, 4, 20, 12, tzinfo=UTC)


def standing(hours: float, ours: int, reported: int = 0) -> Standing:
    return Standing(START + timedelta(hours=hours), ours, reported)


def test_there_is_nothing_to_draw_before_votes_changed() -> None:
    assert draw_votes([]) is None
    assert draw_votes([standing(0, 5)]) is None


def test_it_stays_level_until_the_next_votes_and_ends_at_the_top() -> None:
    drawn = draw_votes([standing(0, 0), standing(12, 5), standing(24, 10)])
    assert drawn
    assert drawn.path == "M0 119.0H300.0V60.0H600.0V1.0"


def test_votes_that_were_taken_back_go_down_again() -> None:
    drawn = draw_votes([standing(0, 10), standing(24, 5)])
    assert drawn
    assert drawn.path == "M0 1.0H600.0V60.0"


def test_a_table_has_each_day_as_it_ended() -> None:
    drawn = draw_votes([standing(0, 1), standing(2, 2, 3), standing(24, 4, 3)])
    assert drawn
    assert [(row.at.day, row.votes) for row in drawn.rows] == [(20, 5), (21, 7)]
    assert drawn.both


def test_very_many_votes_are_thinned_out() -> None:
    drawn = draw_votes([standing(hour, hour) for hour in range(3_000)])
    assert drawn
    assert drawn.path.count("H") <= MOST_STEPS + 1
    assert drawn.path.endswith("H600.0V1.0")
    assert len(drawn.rows) == MOST_ROWS
    assert drawn.cut
