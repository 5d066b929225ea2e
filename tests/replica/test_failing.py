"""A replica that is behind, stopped or hangs is left out until it is well; no reader notices."""

import signal
import time
from collections.abc import Callable

import httpx2
import pytest

from tests.config.processes import wait_until
from tests.replica.conftest import KEY, is_read

pytestmark = pytest.mark.replica
# Papers, or whether they are as they were.
ASKED = """
SELECT count(*) FROM pg_stat_activity
WHERE query ~ 'feeds_paper|pg_current_snapshot' AND pid <> pg_backend_pid()
"""
LONGEST = 10.0  # seconds for an answer, on a machine that has other things to do


def reads_until(address: str, true: Callable[[], bool]) -> float:
    """Reads, and no answer may fail, until it is so; the seconds of the slowest answer."""
    slowest = 0.0
    with httpx2.Client(base_url=address, timeout=LONGEST) as reader:

        def one_more() -> bool:
            nonlocal slowest
            begun = time.monotonic()
            for path in (f"/papers/{KEY}", "/api/v1/papers?period=all"):
                assert reader.get(path).status_code == 200
            slowest = max(slowest, time.monotonic() - begun)
            return true()

        wait_until(one_more)
    return slowest


def said(address: str) -> str:
    return httpx2.get(f"{address}/readyz", timeout=LONGEST).json()["replicas"]


def comes_back(pair, address: str) -> None:
    """Is read from again: one of its connections had a question of ours last."""
    reads_until(address, lambda: is_read(address))
    reads_until(address, lambda: pair.replica.ask(ASKED) > 0)


def test_one_that_is_too_far_behind_is_left_out_until_it_is_not(pair, strict, named) -> None:
    named("Altwort")
    pair.follow()
    comes_back(pair, strict)
    pair.pause()
    named("Neuwort")
    page = f"{strict}/papers/{KEY}"
    reads_until(strict, lambda: "Neuwort" in httpx2.get(page, timeout=LONGEST).text)
    assert said(strict) == "replica1: too far behind"
    pair.resume()
    comes_back(pair, strict)


def test_one_that_is_stopped_costs_no_answer(pair, strict, told) -> None:
    comes_back(pair, strict)
    pair.replica.stop()
    slowest = reads_until(strict, lambda: said(strict) == "replica1: no answer")
    pair.replica.start()
    comes_back(pair, strict)
    told("a replica stopped: the slowest answer", f"{slowest:.2f} s")


def test_one_that_hangs_costs_no_answer(pair, strict, told) -> None:
    comes_back(pair, strict)
    pair.replica.signal(signal.SIGSTOP)
    try:
        slowest = reads_until(strict, lambda: said(strict) == "replica1: no answer")
    finally:
        pair.replica.signal(signal.SIGCONT)
    comes_back(pair, strict)
    told("a replica hung: the slowest answer", f"{slowest:.2f} s")
