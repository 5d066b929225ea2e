"""The index is built, and follows the papers as they change.

One process a machine writes, under a lock that a kill opens. What it has seen stands in the index
itself and is committed with it, so that after a kill it goes on where it was.
"""

import fcntl
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import tantivy
from django.db import connection

from feeds import changes
from feeds.changes import Place
from feeds.search.copies import PLACE, PREFIX, current, folder, open_at, place_of, place_row
from feeds.search.documents import batches, documents
from feeds.search.fields import SCHEMA, register

BATCH = 2_000
BUILDING = 200_000_000  # bytes of memory while it is built
FOLLOWING = 30_000_000  # and while it follows

Progress = Callable[[int], None]


class Taken(Exception):
    """Another process of this machine writes the index."""


@contextmanager
def alone() -> Iterator[Callable[[], bool]]:
    """Holds the machine's index for writing; what it gives says whether that still holds: a lock
    that was deleted holds nothing. Raises Taken.
    """
    folder().mkdir(parents=True, exist_ok=True)
    path = folder() / "lock"
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Taken from None
        mine = os.fstat(file.fileno()).st_ino
        yield lambda: path.exists() and path.stat().st_ino == mine


@dataclass(slots=True)
class Follower:
    """Writes one copy: what it has seen, and how it goes on."""

    path: Path
    place: Place
    writer: tantivy.IndexWriter

    def catch_up(self) -> int | None:
        """Takes in what has changed; of how many papers. None where it has to be built anew."""
        found = changes.since(self.place)
        if found is None or current() != self.path:
            return None
        for start in range(0, len(found.papers), BATCH):
            _replace(self.writer, found.papers[start : start + BATCH])
        if found.papers:
            _commit(self.writer, found.place)
        self.place = found.place
        return len(found.papers)


def follower() -> Follower | None:
    """Goes on with the copy that is here; None where there is none that it can go on with."""
    path = current()
    if path is None:
        return None
    try:
        index = open_at(path)
        place = place_of(index.searcher())
        writer = index.writer(FOLLOWING, 1)
    except (OSError, ValueError):
        return None
    return Follower(path, place, writer) if place else None


def build(told: Progress = lambda _: None) -> None:
    """Makes a copy of all papers and puts it in the place of the one before.

    The caller holds `alone`. What changes meanwhile is followed afterwards, as the place is taken
    before the first paper is read.
    """
    _clear()
    path = folder() / f"{PREFIX}{secrets.token_hex(4)}"
    path.mkdir()
    place = changes.here()
    index = register(tantivy.Index(SCHEMA, str(path)))
    writer = index.writer(BUILDING, min(4, os.cpu_count() or 1))
    done = 0
    for papers in batches(BATCH):
        for _, document in documents(papers):
            writer.add_json(document)
        done += len(papers)
        told(done)
    _commit(writer, place)
    writer.wait_merging_threads()
    _put_over(path)
    _clear()


def _replace(writer: tantivy.IndexWriter, papers: Sequence[int]) -> None:
    _delete(writer, papers)
    for _, document in documents(papers):
        writer.add_json(document)


def _commit(writer: tantivy.IndexWriter, place: Place) -> None:
    _delete(writer, [PLACE])
    writer.add_document(place_row(place))
    writer.commit()


def _delete(writer: tantivy.IndexWriter, papers: Sequence[int]) -> None:
    # By a query: a term made of a Python int is that of a signed field, and deletes nothing.
    query = tantivy.Query.term_set_query(SCHEMA, "paper", list(papers))
    writer.delete_documents_by_query(query)


def _put_over(path: Path) -> None:
    link = folder() / "next"
    link.unlink(missing_ok=True)
    link.symlink_to(path.name)
    link.replace(folder() / "current")


def _clear() -> None:
    """Removes what was left half built, and what is served no more."""
    served = current()
    for path in folder().iterdir():
        if path.is_dir() and not path.is_symlink() and path != served:
            shutil.rmtree(path, ignore_errors=True)


def follow(rest: float, goes_on: Callable[[], bool] = lambda: True) -> None:
    """Follows the papers for as long as it `goes_on`, with a look each `rest` seconds at least.

    Where another process of this machine follows, it stands by. A folder that is removed, be it
    while a copy is built, is begun anew. Raises OperationalError where the database goes.
    """
    while goes_on():
        with suppress(Taken), alone() as holds, changes.listening() as bell:
            try:
                _follow(lambda: goes_on() and holds(), lambda: bell.wait(rest))
            except (OSError, ValueError):
                _pause(rest)  # whatever removes the folder may be at it still
                if holds():
                    raise
        if goes_on():
            _pause(rest)


def _follow(goes_on: Callable[[], bool], wait: Callable[[], object]) -> None:
    one = follower()
    while goes_on():
        if one is None:
            build()
            one = follower()
        elif one.catch_up() is None:
            one = None
        else:
            wait()


def _pause(seconds: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s)", [seconds])
