"""The copy of the index on this machine: where it lies, and how it is opened for reading.

`INDEX/current` is a link to the folder that is served. A new copy is built beside it and the link
is put over in one step, so a half built one is never read.
"""

import os
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import tantivy
from django.conf import settings

from feeds.changes import Place, behind
from feeds.search.fields import FORMAT, SCHEMA, register

PREFIX = f"format-{FORMAT}-"
PLACE = 0  # the `paper` of the row that keeps the place
# A copy that nobody follows any more is not asked, rather than forgetting what came since.
STALE, LOOK = 600.0, 10.0  # seconds: that it may be behind, and between two looks at that


@dataclass(slots=True)
class _Opened:
    name: str
    index: tantivy.Index
    written: tuple[int, int]
    looked: float = 0.0
    stale: bool = False


_opened: _Opened | None = None
_opening = threading.Lock()


def folder() -> Path:
    return Path(settings.DATA_DIR) / "index"


def current() -> Path | None:
    """The copy that is served; None where there is none, or one of another format."""
    try:
        return folder() / _served()[0]
    except OSError:
        return None


def searcher() -> tantivy.Searcher | None:
    """Reads the copy as it is now; None where there is none that keeps up with the papers."""
    found = opened()
    mine = _opened
    if found is None or mine is None:
        return None
    if time.monotonic() - mine.looked > LOOK:
        mine.looked, mine.stale = time.monotonic(), _is_stale(found)
    return None if mine.stale else found


def opened() -> tantivy.Searcher | None:
    """Reads the copy, however old it is. Costs two looks at the folder."""
    global _opened  # noqa: PLW0603 (a file that is open)
    try:
        name, written = _served()
        with _opening:
            if _opened is None or _opened.name != name:
                _opened = _Opened(name, open_at(folder() / name), written)
            elif _opened.written != written:
                _opened.index.reload()
                _opened.written = written
            return _opened.index.searcher()
    except (OSError, ValueError):  # it goes, or another comes, while we look
        _opened = None
        return None


def state() -> str:
    """Words that stay the same as long as the copy does."""
    try:
        return " ".join(map(str, _served()))
    except OSError:
        return ""


def open_at(path: Path) -> tantivy.Index:
    """Raises ValueError where there is no index that can be read."""
    index = register(tantivy.Index.open(str(path)))
    index.config_reader("manual")
    index.reload()
    return index


def place_of(found: tantivy.Searcher) -> Place | None:
    """How far the copy has followed the changes."""
    query = tantivy.Query.term_query(SCHEMA, "paper", PLACE)
    hits = found.search(query, 1, count=False).hits
    return Place.read(bytes(found.doc(hits[0][1])["place"][0])) if hits else None


def how_far_behind() -> tuple[int, float] | None:
    """How many changes the copy has not taken in, and for how many seconds; None where there is
    none of this database.
    """
    found = opened()
    place = place_of(found) if found else None
    return behind(place) if place else None


def _is_stale(found: tantivy.Searcher) -> bool:
    place = place_of(found)
    waiting = behind(place) if place else None
    return waiting is None or waiting[1] > STALE


def place_row(place: Place) -> tantivy.Document:
    row = tantivy.Document()
    row.add_unsigned("paper", PLACE)
    row.add_bytes("place", place.told())
    return row


def _served() -> tuple[str, tuple[int, int]]:
    """The name of the copy that is served, and what changes with each commit. Raises OSError where
    there is none, or one of another format.
    """
    link = f"{settings.DATA_DIR}/index/current"  # no Path: each question looks here
    name = os.path.basename(os.readlink(link))  # noqa: PTH115, PTH119
    if not name.startswith(PREFIX):
        raise FileNotFoundError(name)
    told = os.stat(f"{link}/meta.json")  # noqa: PTH116
    return name, (told.st_ino, told.st_mtime_ns)
