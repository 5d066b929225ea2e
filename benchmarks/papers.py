"""Papers to measure with: days of 50, with real words where there is real data."""

import gzip
import itertools
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.frame import NotMeasured, real_data

A_DAY = 50
LAST_DAY = date(2026, 4, 24)
_WORDS = """attention model data learning language image network method training large neural
    graph transformer sparse diffusion agent reward policy token context retrieval speech video
    robot benchmark reasoning inference efficient scaling alignment preference optimization we show
    that a the of and for in with on by our results improve over strong baselines""".split()


def put_in(papers: int) -> None:
    """Ingests so many papers, the last days first named last. Django has to be set up."""
    from feeds.ingest import ingest, source_named  # noqa: PLC0415 (needs the settings)

    days = -(-papers // A_DAY)
    source = source_named("daily")
    told = _told()
    for back in range(days - 1, -1, -1):
        entries = list(itertools.islice(told, A_DAY))
        day = LAST_DAY - timedelta(days=back)
        ingest(json.dumps(entries).encode(), source, day=day)


def _told() -> Iterator[dict[str, Any]]:
    """Entries as the daily papers API gives them, without end; the same in every run."""
    chance = random.Random(1)
    for number, words in enumerate(_words(chance)):
        month, place = divmod(number, 20_000)
        paper = {
            "id": f"{24 + month // 12:02}{1 + month % 12:02}.{place:05}",
            "publishedAt": "2026-04-23T10:00:00.000Z",
            "upvotes": int(chance.paretovariate(1.1)),
            **words,
        }
        if chance.random() < 0.3:  # as in the real digests
            paper |= {"githubRepo": f"https://github.com/example/r{number}", "githubStars": number}
        yield {"paper": paper, "numComments": int(chance.paretovariate(1.5)) - 1}


def _words(chance: random.Random) -> Iterator[dict[str, Any]]:
    """Title, abstract and authors: real ones again and again, or made up ones."""
    try:
        source = real_data() / "arxiv_20k.jsonl.gz"
    except NotMeasured:
        while True:
            yield _made_up(chance)
    for time in itertools.count():
        yield from _real(source, time)


def _real(source: Path, time: int) -> Iterator[dict[str, Any]]:
    again = f" {time + 1}" if time else ""
    with gzip.open(source, "rt") as file:
        for text in file:
            paper = json.loads(text)
            yield {
                "title": paper["title"] + again,
                "summary": paper["abstract"],
                "authors": [{"name": name} for name in paper["authors"].split(", ")],
            }


def _made_up(chance: random.Random) -> dict[str, Any]:
    return {
        "title": " ".join(chance.choices(_WORDS, k=9)).capitalize(),
        "summary": ". ".join(" ".join(chance.choices(_WORDS, k=20)).capitalize() for _ in range(8)),
        "authors": [
            {"name": f"{one.capitalize()} {other.capitalize()}"}
            for one, other in zip(
                chance.choices(_WORDS, k=5), chance.choices(_WORDS, k=5), strict=True
            )
        ],
    }
