"""`python -m benchmarks.searching PAPERS SECONDS`: what a search costs over HTTP, and bare.

Prints what it found as JSON. The papers are those of `benchmarks.crowd`; the database and the web
processes are its own, in a folder that SEARCH_KEPT may name, where they are kept between runs.
Everything is asked in turn, some times each, so that whatever else the machine does meets all
alike. The site keeps its answers: each address is another one, and each question is spelled in
other capitals, which both indexes take for the same.
"""

import itertools
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection, RemoteDisconnected
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from benchmarks.crowd import LAST_DAY, TOPICS, texts
from benchmarks.searched import bare_index, base, fts5_file, has_vectors
from drills.served import served

TEN, PAGE = 10, 50
AT_ONCE = 5  # times in a row that each is asked when its turn comes, after one that is not counted
# A word in most papers, one in some, three rare ones, a phrase, and one in none.
WORDS = {"common": "model", "middling": "attention", "rare": "", "phrase": '"language model"',
         "absent": "xyzzyqux"}  # fmt: skip
# With the phrase go a topic and the last 90 days, which no address says: the last months do.
NARROWED = f"&tag=topic-{TOPICS // 40}&date={LAST_DAY:%Y-%m}"
# Before each of these the database changes, so that nothing of it is known any more.
CHANGED = ("http changed", "http narrowed")
Times = dict[str, float]
Ask = Callable[[], Any]


def main() -> None:
    count, seconds = int(sys.argv[1]), float(sys.argv[2])
    with _folder(count) as folder, ExitStack() as open_now:
        rates = base(folder, count)
        asked = WORDS | {"rare": " ".join(rare(count))}
        asks = {f"bare {name}": _bare(folder, words) for name, words in asked.items()}
        asks |= {f"ours {name}": _ours(words) for name, words in asked.items()}
        asks |= {f"fts5 {name}": _fts5(folder, words) for name, words in asked.items()}

        def site(name: str, **given: str) -> str:
            return open_now.enter_context(served(folder / f"{name}.log", **given))

        one = site("bare", DJANGO_SETTINGS_MODULE="benchmarks.bare_settings")
        asks["row"] = _get(one, lambda _: "/row")
        asks |= _over_http(site("web", EMBEDDER="off"), asked)
        if has_vectors():
            asks |= _hybrid(site("hybrid", EMBEDDER="minilm"), asked)
        print(json.dumps({"rates": rates, "times": _in_turn(asks, seconds)}))


def rare(count: int) -> list[str]:
    """The own words of three papers, which hardly another has."""
    told = list(texts(min(count, 900)))
    return [told[at].title.partition(":")[0].lower() for at in (100, 400, 800)]


@contextmanager
def _folder(count: int) -> Iterator[Path]:
    if kept := os.environ.get("SEARCH_KEPT"):
        yield Path(kept).resolve() / f"{count}"
        return
    with tempfile.TemporaryDirectory(prefix="broadsheet-search-") as folder:
        yield Path(folder) / f"{count}"


def _over_http(site: str, asked: dict[str, str]) -> dict[str, Ask]:
    asks = {f"http {name}": _get(site, _search(words, name)) for name, words in asked.items()}
    for name, key in (("changed", "middling"), ("narrowed", "phrase")):
        asks[f"http {name}"] = _get(site, _search(asked[key], key))
    asks["http page"] = _get(site, _search(asked["middling"], limit=PAGE))
    again = f"/api/v1/papers?sort=relevance&limit={TEN}&q={asked['middling']}"
    asks["http again"] = _get(site, lambda _: again)
    asks["completion"] = _get(site, lambda _: "/suggest?q=atten")
    return asks


def _hybrid(site: str, asked: dict[str, str]) -> dict[str, Ask]:
    """The same questions where every paper has a vector, and what embedding a question takes."""
    from feeds.embedders.base import embedder  # noqa: PLC0415 (needs the settings)

    model = embedder()
    if model is None:
        raise SystemExit("EMBEDDER is off; there is nothing to measure.")
    asks: dict[str, Ask] = {"embedding": lambda: model.embed([asked["middling"]])}
    for name in ("middling", "rare"):
        asks[f"hybrid {name}"] = _get(site, _search(asked[name]))
    return asks


def _bare(folder: Path, words: str) -> Ask:
    """Tantivy's own parser, its own English, ten papers' numbers."""
    index = bare_index(folder)
    searcher = index.searcher()

    def asking() -> list[Any]:
        query = index.parse_query(words, ["text"])
        hits = searcher.search(query, TEN, count=False).hits
        return [searcher.doc(address)["paper"] for _, address in hits]

    return asking


def _ours(words: str) -> Ask:
    """Our own index in this process: from the text of the question to the ids of the papers."""
    from feeds import grammar  # noqa: PLC0415 (needs the settings)
    from feeds.search import bm25, copies  # noqa: PLC0415

    def asking() -> Any:
        searcher = copies.searcher()
        assert searcher is not None
        return bm25.best(searcher, grammar.read(words), TEN)

    return asking


def _fts5(folder: Path, words: str) -> Ask:
    file = fts5_file(folder)
    best = "SELECT rowid FROM paper WHERE paper MATCH ? ORDER BY bm25(paper) LIMIT ?"
    any_of = words if '"' in words else " OR ".join(words.split())
    return lambda: file.execute(best, (any_of, TEN)).fetchall()


def _search(words: str, name: str = "", limit: int = TEN) -> Callable[[int], str]:
    """The address of the question's n-th time."""
    more = NARROWED if name == "phrase" else ""

    def address(number: int) -> str:
        told = quote(_in_other_capitals(words, number))
        return f"/api/v1/papers?sort=relevance&limit={limit}{more}&q={told}&time={number}"

    return address


def _in_other_capitals(words: str, number: int) -> str:
    """The n-th of the ways to write it, of which a word of five letters has 32."""
    return "".join(
        letter.upper() if number >> place & 1 else letter for place, letter in enumerate(words)
    )


def _change() -> None:
    """Changes a row that no question asks for; the site cannot know that."""
    from feeds.models import Source  # noqa: PLC0415 (needs the settings)

    Source.objects.update(name=f"Crowd at {time.time()}")


def _get(site: str, address: Callable[[int], str]) -> Ask:
    connection = HTTPConnection(urlsplit(site).netloc, timeout=60)
    number = itertools.count()

    def asking() -> bytes:
        path = address(next(number))
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path} was answered by {answer.status}: {body[:300]!r}")
        return body

    return asking


def _in_turn(asks: dict[str, Ask], seconds: float) -> dict[str, Times]:
    """Milliseconds of each: the median and the 95th percentile; so many seconds for each."""
    took: dict[str, list[float]] = {name: [] for name in asks}
    ends = time.perf_counter() + seconds * len(asks)
    while time.perf_counter() < ends or len(took["row"]) < 4 * AT_ONCE:
        for name, ask in asks.items():
            with suppress(RemoteDisconnected):  # it waited for its turn too long
                ask()
            for _ in range(1 if name.startswith("fts5") else AT_ONCE):
                if name in CHANGED:
                    _change()
                begun = time.perf_counter()
                ask()
                took[name].append((time.perf_counter() - begun) * 1000)
    return {name: _times(sorted(all_of)) for name, all_of in took.items()}


def _times(took: list[float]) -> Times:
    return {"p50": statistics.median(took), "p95": took[int(len(took) * 0.95)]}


if __name__ == "__main__":
    main()
