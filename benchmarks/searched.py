"""What the questions of `benchmarks.searching` are asked of: the site, a bare tantivy, SQLite.

All three hold the texts of `benchmarks.crowd`. They are made once in a folder; one that is whole
already is taken as it is.
"""

import json
import shutil
import sqlite3
import time
from pathlib import Path

import tantivy

from benchmarks.crowd import crowd, texts, vectors
from drills import database

# More vectors want an index, whose building is no part of this.
EXACT = 50_000
MEMORY = 200_000_000  # bytes, as our own index has while it is built


def base(folder: Path, count: int) -> dict[str, float]:
    """Sets Django up on the papers; how many a second each of the indexes took in."""
    whole = folder / "rates.json"
    if folder.exists() and not whole.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)
    database.begin(folder)
    if not whole.exists():
        crowd(count)
        rates = {"ours": _ours(count), "bare": _bare(folder, count)}
        _fts5(folder, count)
        if count <= EXACT:
            vectors()
        whole.write_text(json.dumps(rates))
    found: dict[str, float] = json.loads(whole.read_text())
    return found


def has_vectors() -> bool:
    from feeds.models import PaperVector  # noqa: PLC0415 (needs the settings)

    return PaperVector.objects.exists()


def bare_index(folder: Path) -> tantivy.Index:
    return tantivy.Index.open(str(folder / "bare"))


def fts5_file(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / "fts5.db")


def _ours(count: int) -> float:
    from feeds.search import indexing  # noqa: PLC0415 (needs the settings)

    with indexing.alone():
        begun = time.perf_counter()
        indexing.build()
        return count / (time.perf_counter() - begun)


def _bare(folder: Path, count: int) -> float:
    """The same texts from memory into tantivy, in its own two fields."""
    made = tantivy.SchemaBuilder().add_unsigned_field("paper", stored=True)
    schema = made.add_text_field("text", tokenizer_name="en_stem").build()
    (folder / "bare").mkdir()
    index = tantivy.Index(schema, str(folder / "bare"))
    given = [f"{text.title}\n{text.abstract}" for text in texts(count)]
    writer = index.writer(MEMORY, 2)
    begun = time.perf_counter()
    for number, text in enumerate(given):
        writer.add_document(tantivy.Document(paper=number, text=text))
    writer.commit()
    writer.wait_merging_threads()
    return count / (time.perf_counter() - begun)


def _fts5(folder: Path, count: int) -> None:
    file = fts5_file(folder)
    file.execute("CREATE VIRTUAL TABLE paper USING fts5(text, tokenize='porter unicode61')")
    rows = ((f"{text.title}\n{text.abstract}",) for text in texts(count))
    file.executemany("INSERT INTO paper VALUES (?)", rows)
    file.commit()
    file.close()
