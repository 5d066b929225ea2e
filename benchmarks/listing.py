"""`python -m benchmarks.listing SMALL LARGE VOTES FOLDER`: pages of two sites, asked by turns.

Prints what it found as JSON. The sites are those of `benchmarks.listed`, one of as many papers as
`SMALL` says and one of `LARGE`; in the folder, if it has a name, the papers stay for the next time.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks import alone, votes
from benchmarks.frame import ROOT

ROUNDS = 25  # that the first page and the one far down are asked for, in each order
SIZES = ("small", "large")
Times = dict[str, dict[str, float]]


def main() -> None:
    counts, cast = dict(zip(SIZES, map(int, sys.argv[1:3]), strict=True)), int(sys.argv[3])
    with ExitStack() as stack:
        home = Path(sys.argv[4] or stack.enter_context(tempfile.TemporaryDirectory()))
        home.mkdir(parents=True, exist_ok=True)
        home.chmod(0o711)
        sites = {
            size: stack.enter_context(_site(count, home / f"{count}"))
            for size, count in counts.items()
        }
        large = sites["large"]
        found = {
            "page": large["deep"]["page"],
            "deep": _deep(large),
            "votes": votes.measured(large["kept"], large["voters"], cast),
            "http": _pages(sites),
            "alone": _alone(sites),
        }
    print(json.dumps(found))


@contextmanager
def _site(count: int, folder: Path) -> Iterator[dict[str, Any]]:
    command = [sys.executable, "-m", "benchmarks.listed", str(count), str(folder)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        told = process.stdout.readline()
        if not told:
            raise SystemExit(f"The site of {count:,} papers did not start.")

        def voters(number: int) -> list[str]:
            print(number, file=process.stdin, flush=True)
            keys: list[str] = json.loads(process.stdout.readline())
            return keys

        yield {**json.loads(told), "voters": voters}
        process.stdin.close()


def _pages(sites: Mapping[str, Mapping[str, Any]]) -> Times:
    """The 95th percentile of each kind of page, in milliseconds, on each site."""
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    lines = {size: HTTPConnection(urlsplit(site["cold"]).netloc) for size, site in sites.items()}
    for when in ("warming", "asked"):
        found.clear()
        for kind, paths in sites["small"][when].items():
            for number in range(len(paths)):
                for size in SIZES:
                    path = sites[size][when][kind][number]
                    found[kind][size].append(_asked(lines[size], path))
    return _p95s(found)


def _alone(sites: Mapping[str, Mapping[str, Any]]) -> Times:
    return {
        kind: {
            size: _p95(alone.times(site["database"], site["scripts"][kind]))
            for size, site in sites.items()
        }
        for kind in sites["small"]["scripts"]
    }


def _deep(site: Mapping[str, Any]) -> Times:
    """The first page and the one far down in each order, by turns."""
    line = HTTPConnection(urlsplit(site["cold"]).netloc)
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for _ in range(ROUNDS):
        for order, paths in site["deep"]["paths"].items():
            for name, path in zip(("first", "deep"), paths, strict=True):
                found[order][name].append(_asked(line, path))
    return _p95s(found)


def _asked(line: HTTPConnection, path: str) -> float:
    """Milliseconds until the whole answer is here."""
    begun = time.perf_counter()
    line.request("GET", path)
    answer = line.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{path} was answered by {answer.status}: {body[:300]!r}")
    return (time.perf_counter() - begun) * 1000


def _p95s(found: Mapping[str, Mapping[str, list[float]]]) -> Times:
    return {
        kind: {size: _p95(sorted(times)) for size, times in sizes.items()}
        for kind, sizes in found.items()
    }


def _p95(times: list[float]) -> float:
    return times[int(len(times) * 0.95)]


if __name__ == "__main__":
    main()
