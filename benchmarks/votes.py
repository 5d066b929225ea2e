"""Votes on a served site: when each order shows one, and whether many at once are all counted."""

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

ORDERS = ("hot", "rising", "scaled", "new", "top")
TURNS = 4  # votes for each order
WARMING = 4  # rounds in which each process sees each order before
CONNECTIONS = 50
PATIENCE = 30.0


def measured(site: str, voters: Callable[[int], list[str]], many: int) -> dict[str, Any]:
    """Seconds until a vote is seen in each order, the slowest; what `many` votes on one paper came
    to. `voters` makes that many people, and gives their keys.
    """
    line = HTTPConnection(urlsplit(site).netloc, timeout=PATIENCE)
    keys = iter(voters(TURNS * len(ORDERS)))
    for _ in range(WARMING):
        for order in ORDERS:
            _first(line, order)
    seen = {
        order: max(_seconds_until_seen(line, order, next(keys)) for _ in range(TURNS))
        for order in ORDERS
    }
    paper = _first(line, "new")
    before = _votes(site, paper["key"])
    taken, seconds = _all_at_once(site, paper["key"], voters(many))
    return {
        "seen": seen, "cast": many, "taken": taken, "seconds": seconds,
        "counted": _votes(site, paper["key"]) - before,
    }  # fmt: skip


def _seconds_until_seen(line: HTTPConnection, order: str, key: str) -> float:
    """From the moment a vote is given for the first paper until the list shows it: as one vote
    more, or as the paper stands elsewhere by now.
    """
    paper = _first(line, order)
    begun = time.perf_counter()
    _vote(line, paper["key"], key)
    while (passed := time.perf_counter() - begun) < PATIENCE:
        listed = _asked(line, f"/api/v1/papers?period=all&sort={order}")["papers"]
        votes = next((one["votes"] for one in listed if one["key"] == paper["key"]), None)
        if votes != paper["votes"]:
            return passed
    return PATIENCE


def _all_at_once(site: str, paper: str, keys: list[str]) -> tuple[int, float]:
    """How many votes were taken, over so many connections, and in how many seconds."""

    def cast(some: list[str]) -> int:
        line = HTTPConnection(urlsplit(site).netloc, timeout=PATIENCE)
        for key in some:
            _vote(line, paper, key)
        line.close()
        return len(some)

    begun = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as threads:
        taken = sum(threads.map(cast, [keys[first::CONNECTIONS] for first in range(CONNECTIONS)]))
    return taken, time.perf_counter() - begun


def _vote(line: HTTPConnection, paper: str, key: str) -> None:
    _asked(line, f"/api/v1/papers/{paper}/vote", "PUT", {"Authorization": f"Bearer {key}"})


def _first(line: HTTPConnection, order: str) -> dict[str, Any]:
    """The paper that stands first."""
    listed = _asked(line, f"/api/v1/papers?period=all&sort={order}&limit=1")
    found: dict[str, Any] = listed["papers"][0]
    return found


def _votes(site: str, paper: str) -> int:
    time.sleep(1)  # what is kept for everybody is older than the last vote by then
    line = HTTPConnection(urlsplit(site).netloc, timeout=PATIENCE)
    return int(_asked(line, f"/api/v1/papers/{paper}")["votes"])


def _asked(
    line: HTTPConnection, path: str, method: str = "GET", headers: dict[str, str] | None = None
) -> Any:
    line.request(method, path, headers=headers or {})
    answer = line.getresponse()
    body = answer.read()
    if answer.status not in (200, 201, 204):
        raise SystemExit(f"{method} {path} was answered by {answer.status}: {body[:300]!r}")
    return json.loads(body) if body else {}
