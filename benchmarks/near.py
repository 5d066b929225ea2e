"""`python -m benchmarks.near PAPERS SECONDS FOLDER`: what is near a paper, or for a reader.

Prints as JSON how many of the nearest vectors the index finds at the settings that the site has,
and milliseconds over HTTP. The papers are those of `benchmarks.crowd` with the vectors of real
ones, which are kept in FOLDER; from the 20,001st paper on they come again, each a little moved.
The database, the web process and the learning are its own. All is asked in turn, so that whatever
else the machine does meets all alike.
"""

import itertools
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from benchmarks.crowd import crowd
from benchmarks.embedded import real_vectors
from benchmarks.searching import rare
from drills import database
from drills.served import served

REAL = 20_000
NEAREST, DEEP = 50, 100  # the second is what is asked for where papers are like one
ASKED = 200  # vectors whose nearest are looked for
MOVED = 0.02  # of a vector of length 1: what comes again is no double
VOTES = 500
ROWS = 5_000
WARM = 3  # first times that are not counted


AFTER_VOTES = 5  # times that their own order is asked after they were learned from anew
Ask = Callable[[], object]


def main() -> None:
    count, seconds, kept_in = int(sys.argv[1]), float(sys.argv[2]), Path(sys.argv[3])
    os.environ["FOR_YOU_DAYS"] = (
        "3650"  # however old the papers are, as many as ever are learned of
    )
    database.begin()
    crowd(count)
    real = real_vectors(min(count, REAL), kept_in)
    ids = _fill(real, count)
    found: dict[str, Any] = {"exact": _timed({"exact": _nearest(ids)}, seconds)["exact"]}
    begun = time.perf_counter()
    _index()
    found["building"] = count / (time.perf_counter() - begun)
    found |= {f"recall {most}": _recall(ids, most) for most in (NEAREST, DEEP)}
    found |= _timed({"indexed": _nearest(ids)}, seconds)  # whichever way is taken
    _as_shipped(count)
    print(json.dumps(found | _over_http(count, seconds)))


def _fill(real: Any, count: int) -> list[int]:
    """Gives every paper its vector; the papers, in the order of the vectors."""
    import numpy as np  # noqa: PLC0415 (only here)

    from feeds.copying import copy_rows  # noqa: PLC0415 (needs the settings)
    from feeds.embedders.base import embedder  # noqa: PLC0415
    from feeds.embedding import digest_of  # noqa: PLC0415
    from feeds.models import Paper, PaperVector  # noqa: PLC0415

    model, chance = embedder(), np.random.default_rng(3)
    assert model is not None
    ids = list(Paper.objects.order_by("pk").values_list("pk", flat=True))
    columns, words = ["paper_id", "vector", "model", "wanted", "text"], digest_of("")
    for start in range(0, count, ROWS):
        some = real[np.arange(start, min(start + ROWS, count)) % len(real)]
        if start >= len(real):
            some = some + chance.normal(0, MOVED, some.shape).astype(np.float32)
            some /= np.linalg.norm(some, axis=1, keepdims=True)
        rows = zip(ids[start : start + ROWS], some.tolist(), strict=True)
        told = ((paper, str(vector), model.version, words, words) for paper, vector in rows)
        copy_rows(PaperVector, columns, told)
    return ids


def _index() -> None:
    from django.db import connection  # noqa: PLC0415 (needs the settings)

    from feeds.vector_index import build_index  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE feeds_papervector")
    build_index(large=1)


def _as_shipped(count: int) -> None:
    """Without the index where a site of that size has none; with the index of words."""
    from django.db import connection  # noqa: PLC0415 (needs the settings)

    from feeds.search import indexing  # noqa: PLC0415
    from feeds.vector_index import INDEX, LARGE  # noqa: PLC0415

    if count < LARGE:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX {INDEX}")
    with indexing.alone():
        indexing.build()


def _nearest(ids: list[int]) -> Ask:
    """Asks for the papers nearest to another one each time, as the site does."""
    from feeds import nearest  # noqa: PLC0415 (needs the settings)

    asked = itertools.cycle(random.Random(4).sample(ids, ASKED))
    vectors = nearest.vectors_of(random.Random(4).sample(ids, ASKED))
    return lambda: nearest.to(vectors[next(asked)], DEEP)


def _recall(ids: list[int], most: int) -> float:
    """The share of the truly nearest that the index finds, at the settings of the site."""
    from django.db import connection, transaction  # noqa: PLC0415 (needs the settings)

    from feeds import nearest  # noqa: PLC0415

    shares = []
    for vector in nearest.vectors_of(random.Random(5).sample(ids, ASKED)).values():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_indexscan = off")
            true = nearest.to(vector, most)
            cursor.execute("SET LOCAL enable_indexscan = on")
            cursor.execute("SET LOCAL enable_seqscan = off")  # which few vectors might be worth
            shares.append(len(true & nearest.to(vector, most)) / len(true))
    return sum(shares) / len(shares)


class _Reader:
    """A reader who voted often, and whose taste was learned; and how long that took."""

    def __init__(self, count: int) -> None:
        from django.contrib.auth import get_user_model  # noqa: PLC0415 (needs the settings)
        from django.test import Client  # noqa: PLC0415

        from feeds.for_you import learning  # noqa: PLC0415

        self.person = get_user_model().objects.create_user("reader@example.org")
        self._vote(min(VOTES, count // 2))
        client = Client()
        client.force_login(self.person)
        self.headers = {"Cookie": f"sessionid={client.cookies['sessionid'].value}"}
        learning.get_ready()
        begun = time.perf_counter()
        self.learn()
        self.learned = {"learning": (time.perf_counter() - begun) * 1000}

    def _vote(self, votes: int) -> None:
        from feeds.models import Paper, Vote  # noqa: PLC0415 (needs the settings)

        late = list(Paper.objects.order_by("-pk").values_list("pk", flat=True)[: 4 * votes])
        now = datetime.now(UTC)
        Vote.objects.bulk_create(
            Vote(paper_id=paper, user=self.person, created_at=now)
            for paper in random.Random(6).sample(late, votes)
        )

    def learn(self) -> None:
        from feeds.for_you import learning, noticing  # noqa: PLC0415 (needs the settings)

        noticing.notice(self.person.pk)
        learning.learn(self.person.pk, datetime.now(UTC))


def _over_http(count: int, seconds: float) -> dict[str, float]:
    from feeds.models import Paper  # noqa: PLC0415 (needs the settings)

    reader = _Reader(count)
    keys = list(Paper.objects.order_by("?").values_list("key", flat=True)[:REAL])
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder) / "web.log", EMBEDDER="minilm") as site,
    ):
        own = _get(site, itertools.repeat("/api/v1/papers?sort=for_you&limit=10"), reader.headers)
        asks = {
            "hybrid middling": _get(site, _search("attention")),
            "hybrid rare": _get(site, _search(" ".join(rare(count)))),
            "similar": _get(site, (f"/api/v1/papers/{key}/similar?limit=10" for key in keys)),
            "for you": own,
        }
        found = _timed(asks, seconds)
        return found | reader.learned | {"after a vote": _after_votes(reader, own)}


def _after_votes(reader: _Reader, ask: Ask) -> float:
    took = []
    for _ in range(AFTER_VOTES):
        reader.learn()
        begun = time.perf_counter()
        ask()
        took.append((time.perf_counter() - begun) * 1000)
    return statistics.median(took)


def _search(words: str) -> Iterator[str]:
    """The question again and again, each time without another word, which no paper has."""
    path = f"/api/v1/papers?sort=relevance&limit=10&q={quote(words)}"
    return (f"{path}+-zzq{number}" for number in itertools.count())


def _get(site: str, paths: Iterator[str], headers: dict[str, str] | None = None) -> Ask:
    connection = HTTPConnection(urlsplit(site).netloc, timeout=60)

    def asking() -> None:
        path = next(paths)
        connection.request("GET", path, headers=headers or {})
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path} was answered by {answer.status}: {body[:300]!r}")

    return asking


def _timed(asks: dict[str, Ask], seconds: float) -> dict[str, float]:
    """Milliseconds of each, the median; so many seconds for each."""
    took: dict[str, list[float]] = {name: [] for name in asks}
    ends = time.perf_counter() + seconds * len(asks)
    while time.perf_counter() < ends or len(next(iter(took.values()))) < WARM + 5:
        for name, ask in asks.items():
            begun = time.perf_counter()
            ask()
            took[name].append((time.perf_counter() - begun) * 1000)
    return {name: statistics.median(every[WARM:]) for name, every in took.items()}


if __name__ == "__main__":
    main()
