"""`python -m benchmarks.serving SECONDS PAPERS`: how fast web processes answer programs.

Prints what it found as JSON. The database, the broker and the web processes are its own, and so
are the processes that ask.
"""

import json
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from urllib.request import urlopen

from benchmarks import papers
from benchmarks.load import Speed, speed
from drills import database
from drills.served import served

Speeds = dict[str, Speed]
WORKERS = 2  # as in the Dockerfile
TURNS = 3
BARE = {"DJANGO_SETTINGS_MODULE": "benchmarks.bare_settings"}
# As on a site that serves, and with nothing kept from one answer to the next.
KEEPING = {"SAME_FOR_MS": "500"}
KNOWING = {"KEPT_ANSWERS_MB": "0"}
COLD = {"KEPT_ANSWERS_MB": "0", "STANDING_PAGES_MB": "0", "KNOWN_PAPERS": "0"}
LISTED = "/api/v1/papers?period=all"
ASKED = {
    "list": LISTED,
    "edition": "/api/v1/papers",
    "paper": "/api/v1/papers/2401.00001",
    "rss": "/feed.rss?period=all&limit=50",
    "hf": "/api/daily_papers?limit=50",
}


def main() -> None:
    seconds, count = float(sys.argv[1]), int(sys.argv[2])
    database.begin()
    papers.put_in(count)
    with tempfile.TemporaryDirectory() as folder:
        found = _api(Path(folder), seconds)
    print(json.dumps({name: asdict(one) for name, one in found.items()}))


def _api(folder: Path, seconds: float) -> Speeds:
    with (
        site(folder, "bare", **BARE) as bare,
        site(folder, "cold", **COLD) as cold,
        site(folder, "knowing", **KNOWING) as knowing,
        site(folder, "kept", **KEEPING) as kept,
    ):
        asked = {f"bare {name}": (f"{bare}/{name}", {}) for name in ("list", "row")}
        asked |= {f"cold {name}": (cold + path, {}) for name, path in ASKED.items()}
        asked["known list"] = (knowing + LISTED, {})
        asked |= {name: (kept + path, {}) for name, path in ASKED.items()}
        asked["304"] = (kept + LISTED, {"If-None-Match": read(kept + LISTED)[1]})
        return by_turns(asked, seconds)


def by_turns(asked: Mapping[str, tuple[str, Mapping[str, str]]], seconds: float) -> Speeds:
    """The speed of each, asked for by turns: what else the machine does slows all of them alike."""
    found: dict[str, list[Speed]] = defaultdict(list)
    for _ in range(TURNS):
        for name, (address, headers) in asked.items():
            found[name].append(speed(address, seconds / TURNS, headers))
    return {name: _together(turns) for name, turns in found.items()}


def _together(turns: list[Speed]) -> Speed:
    rate, p95 = (statistics.median(getattr(one, name) for one in turns) for name in ("rate", "p95"))
    return replace(turns[-1], rate=rate, p95=p95)


@contextmanager
def site(
    folder: Path, name: str, application: str = "config.wsgi:application", **environment: str
) -> Iterator[str]:
    log = folder / f"{name}.log"
    with served(log, workers=WORKERS, application=application, **environment) as site:
        yield site


def read(address: str) -> tuple[bytes, str]:
    with urlopen(address) as answer:
        return answer.read(), answer.headers.get("ETag", "")


if __name__ == "__main__":
    main()
