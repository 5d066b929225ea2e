"""What the drills of hard days take for kept."""

from drills.parts.clock import rung
from drills.parts.soak import grown
from drills.readers import Answer, judged


def answer(status: int = 200, seconds: float = 0.1) -> Answer:
    return Answer(0.0, seconds, status, "/", "" if status else "ConnectionRefusedError")


def held(*answers: Answer) -> list[bool | None]:
    return [row.held for row in judged(answers, "readers")]


def test_an_error_of_the_site_a_cut_connection_and_a_late_answer_are_seen() -> None:
    assert held(answer(), answer(404), answer(304, 1.9)) == [True, True]
    assert held(answer(), answer(503)) == [False, True]
    assert held(answer(), answer(0)) == [False, True]
    assert held(answer(), answer(200, 2.1)) == [True, False]


def test_no_answer_at_all_is_no_pass() -> None:
    assert held() == [False]


def test_a_site_that_grows_is_seen_once_its_caches_are_full() -> None:
    filling = [50.0 + number for number in range(50)]
    assert [row.held for row in grown([*filling, *[100.0] * 150])] == [True]
    assert [row.held for row in grown([100 + number / 10 for number in range(200)])] == [False]


def test_a_bell_that_rings_more_often_than_its_minutes_is_seen() -> None:
    log = "Scheduler: Sending due task ring-due-sources (feeds.tasks.ring_sources)\n"
    assert [row.held for row in rung(log * 9, minutes=5.2)] == [True]
    assert [row.held for row in rung(log * 10, minutes=5.2)] == [False]
    assert [row.held for row in rung("", minutes=5.2)] == [False]
