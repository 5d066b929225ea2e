"""`python -m benchmarks.searching PAPERS SECONDS`: what a search costs over HTTP, and bare.

Prints what it found as JSON. The papers are those of `benchmarks.crowd`; the database and the web
processes are its own. Each question is asked over one connection for so many seconds, each time a
little otherwise: the site keeps its answers.
"""

import itertools
import json
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from benchmarks.crowd import LAST_DAY, TOPICS, crowd, texts, vectors
from drills import database
from drills.served import served

TEN = 10
# A word in most papers, one in some, three rare ones, a phrase, and one in none.
WORDS = {"common": "we", "middling": "attention", "rare": "", "phrase": '"language model"',
         "absent": "xyzzyqux"}  # fmt: skip
# With the phrase go a topic and the last 90 days, which no address says: the last months do.
NARROWED = f"&tag=topic-{TOPICS // 40}&date={LAST_DAY:%Y-%m}"
# More vectors want an index, whose building is no part of this.
EXACT = 50_000
Times = dict[str, float]


def main() -> None:
    count, seconds = int(sys.argv[1]), float(sys.argv[2])
    database.begin()
    crowd(count)
    asked = WORDS | {"rare": " ".join(_rare(count)), "common": "model"}
    with tempfile.TemporaryDirectory() as folder:
        found = {
            "rates": {"ours": _built(count), "bare": _bare_build(Path(folder), count)},
            "http": _served(Path(folder), asked, seconds),
            "bare": _bare(Path(folder), asked, seconds),
            "fts5": _fts5(Path(folder), asked, count, seconds),
        }
        if count <= EXACT:
            vectors()
            found["hybrid"] = _hybrid(Path(folder), asked, seconds)
    print(json.dumps(found))


def _rare(count: int) -> list[str]:
    """The own words of three papers, which hardly another has."""
    told = list(texts(min(count, 900)))
    return [told[at].title.partition(":")[0].lower() for at in (100, 400, 800)]


def _built(count: int) -> float:
    from feeds.search import indexing  # noqa: PLC0415 (needs the settings)

    with indexing.alone():
        begun = time.perf_counter()
        indexing.build()
        return count / (time.perf_counter() - begun)


def _bare_build(folder: Path, count: int) -> float:
    """The same texts from memory into tantivy, in its own two fields."""
    import tantivy  # noqa: PLC0415 (only here)

    made = tantivy.SchemaBuilder().add_unsigned_field("paper", stored=True)
    schema = made.add_text_field("text", tokenizer_name="en_stem").build()
    (folder / "bare").mkdir()
    index = tantivy.Index(schema, str(folder / "bare"))
    given = [f"{text.title}\n{text.abstract}" for text in texts(count)]
    begun = time.perf_counter()
    writer = index.writer(200_000_000, 2)
    for number, text in enumerate(given):
        writer.add_document(tantivy.Document(paper=number, text=text))
    writer.commit()
    writer.wait_merging_threads()
    return count / (time.perf_counter() - begun)


def _served(folder: Path, asked: dict[str, str], seconds: float) -> dict[str, Times]:
    found: dict[str, Times] = {}
    bare = {"DJANGO_SETTINGS_MODULE": "benchmarks.bare_settings"}
    with served(folder / "bare.log", **bare) as site:
        found["row"] = _timed(_ask(site, "/row"), seconds)
    with served(folder / "web.log", EMBEDDER="off") as site:
        for name, words in asked.items():
            more = NARROWED if name == "phrase" else ""
            found[name] = _timed(_ask(site, _path(words, more), anew=True), seconds)
        found["again"] = _timed(_ask(site, _path(asked["middling"])), seconds)
    return found


def _hybrid(folder: Path, asked: dict[str, str], seconds: float) -> dict[str, Times]:
    """The same questions where every paper has a vector, and what embedding a question takes."""
    from feeds.embedders.base import embedder  # noqa: PLC0415 (needs the settings)

    model = embedder()
    if model is None:
        raise SystemExit("EMBEDDER is off; there is nothing to measure.")
    found = {"embedding": _timed(lambda: model.embed([asked["middling"]]), seconds)}
    model.release()
    with served(folder / "hybrid.log", EMBEDDER="minilm") as site:
        for name in ("middling", "rare"):
            found[name] = _timed(_ask(site, _path(asked[name]), anew=True), seconds)
        found["completion"] = _timed(_ask(site, "/suggest?q=atten"), seconds)
    return found


def _bare(folder: Path, asked: dict[str, str], seconds: float) -> dict[str, Times]:
    """Tantivy's own parser, its own English, ten papers' numbers."""
    import tantivy  # noqa: PLC0415 (only here)

    index = tantivy.Index.open(str(folder / "bare"))
    searcher = index.searcher()

    def ask(words: str) -> Callable[[], Any]:
        def asking() -> list[Any]:
            query = index.parse_query(words, ["text"])
            hits = searcher.search(query, TEN, count=False).hits
            return [searcher.doc(address)["paper"] for _, address in hits]

        return asking

    return {name: _timed(ask(words), seconds) for name, words in asked.items()}


def _fts5(folder: Path, asked: dict[str, str], count: int, seconds: float) -> dict[str, Times]:
    file = sqlite3.connect(folder / "fts5.db")
    file.execute("CREATE VIRTUAL TABLE paper USING fts5(text, tokenize='porter unicode61')")
    rows = ((f"{text.title}\n{text.abstract}",) for text in texts(count))
    file.executemany("INSERT INTO paper VALUES (?)", rows)
    file.commit()
    best = "SELECT rowid FROM paper WHERE paper MATCH ? ORDER BY bm25(paper) LIMIT ?"

    def ask(words: str) -> Callable[[], Any]:
        any_of = words if '"' in words else " OR ".join(words.split())
        return lambda: file.execute(best, (any_of, TEN)).fetchall()

    return {name: _timed(ask(words), seconds) for name, words in asked.items()}


def _path(words: str, more: str = "") -> str:
    return f"/api/v1/papers?sort=relevance&limit={TEN}{more}&q={quote(words)}"


def _ask(site: str, path: str, *, anew: bool = False) -> Callable[[], Any]:
    """`anew`: without a word that no paper has, another one each time, as answers are kept."""
    connection = HTTPConnection(urlsplit(site).netloc, timeout=60)
    number = itertools.count()

    def asking() -> bytes:
        connection.request("GET", f"{path}+-zzq{next(number)}" if anew else path)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path} was answered by {answer.status}: {body[:300]!r}")
        return body

    return asking


def _timed(ask: Callable[[], Any], seconds: float) -> Times:
    """Milliseconds: the median and the 95th percentile, but for the first three."""
    took: list[float] = []
    ends = time.perf_counter() + seconds
    while time.perf_counter() < ends or len(took) < 8:
        begun = time.perf_counter()
        ask()
        took.append((time.perf_counter() - begun) * 1000)
    took = sorted(took[3:])
    return {"p50": statistics.median(took), "p95": took[int(len(took) * 0.95)]}


if __name__ == "__main__":
    main()
