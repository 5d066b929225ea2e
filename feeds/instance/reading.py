"""An export line by line: every line is looked at before it counts, and the last one is needed."""

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

import orjson

from feeds.instance.exporting import END, HEADER
from feeds.instance.kinds import FORMAT, Kind, by_name
from feeds.instance.rows import Rows
from feeds.instance.spelling import Unfit

# A part of a document takes 1.4 MB; no row is near this.
LONGEST_LINE = 64 * 1024 * 1024  # bytes


class Refused(ValueError):
    """An export that cannot be taken; the text says why, `line` where (from 1; 0: nowhere)."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(f"Line {line}: {reason}" if line else reason)
        self.line = line


@dataclass(frozen=True)
class Entry:
    """One row of the file: its line, and its values in the order of its kind's columns."""

    line: int
    kind: Kind
    values: list[Any]


class Export:
    """An open file, read from its beginning to its end. Everything here raises Refused."""

    def __init__(self, file: IO[bytes], kinds: Sequence[Kind]) -> None:
        self._file = file
        self._rows = {name: Rows(kind) for name, kind in by_name(kinds).items()}
        self._digest = hashlib.sha256()
        self._line = 0
        self._open, self._last = "", None  # the kind that is being read, and its last key
        self.counts: dict[str, int] = {}
        self.header = self._header()

    def entries(self) -> Iterator[Entry]:
        """Its rows; when they are through, the file was whole and unchanged."""
        while True:
            line = self._next()
            name, told = self._parted(line)
            if name == END:
                self._close(told)
                return
            self._digest.update(line)
            yield self._entry(name, told)

    def refuse(self, reason: str) -> Refused:
        return Refused(reason, self._line)

    def _header(self) -> dict[str, Any]:
        line = self._next()
        name, told = self._parted(line)
        if name != HEADER or not isinstance(told, dict):
            raise self.refuse("this is no export of Broadsheet: it does not begin with its header")
        if told.get("format") != FORMAT:
            raise self.refuse(_other_format(told.get("format"), told.get("version")))
        self._digest.update(line)
        return told

    def _next(self) -> bytes:
        self._line += 1
        try:
            line = self._file.readline(LONGEST_LINE)
        except (EOFError, OSError, zlib.error) as broken:
            raise self.refuse(f"the packed file is damaged or cut here ({broken})") from None
        if not line:
            raise self.refuse("the file was cut: its closing line is missing")
        return line

    def _parted(self, line: bytes) -> tuple[str, Any]:
        """The kind and what is said of it."""
        if len(line) >= LONGEST_LINE:
            raise self.refuse("the line is too long for an export")
        try:
            told = orjson.loads(line)
        except orjson.JSONDecodeError as wrong:
            cut = "" if line.endswith(b"\n") else "; the file may have been cut here"
            raise self.refuse(f"this is not JSON ({wrong}){cut}") from None
        if not isinstance(told, dict) or len(told) != 1:
            raise self.refuse('a line is an object with one kind, like {"paper": {…}}')
        [(name, row)] = told.items()
        return name, row

    def _entry(self, name: str, told: Any) -> Entry:
        rows = self._rows.get(name)
        if rows is None:
            raise self.refuse(f"no kind is called {name!r} in this version")
        try:
            values = rows.take(told)
        except Unfit as wrong:
            raise self.refuse(str(wrong)) from None
        self._follow(name, rows.key_of(values))
        self.counts[name] = self.counts.get(name, 0) + 1
        return Entry(self._line, rows.kind, values)

    def _follow(self, name: str, key: Any) -> None:
        """Keys rise within a kind, so that none can stand there twice."""
        if name == self._open:
            if self._last == key:
                raise self.refuse(f"{name} {key} stands here a second time")
            if self._last is not None and key < self._last:
                raise self.refuse(f"{name} {key} comes after {self._last}; their keys rise")
        elif name in self.counts:
            raise self.refuse(f"the rows of {name} do not stand together")
        self._open, self._last = name, key

    def _close(self, told: Any) -> None:
        counts = told.get("rows") if isinstance(told, dict) else None
        if not isinstance(counts, dict) or {k: n for k, n in counts.items() if n} != self.counts:
            raise self.refuse("the closing line counts other rows than the file has")
        if told.get("sha256") != self._digest.hexdigest():
            raise self.refuse("the checksum is another: a byte before this line was changed")
        if self._file.read(1):
            raise Refused("something follows the closing line", self._line + 1)


def _other_format(found: Any, version: Any) -> str:
    if isinstance(found, int) and found < FORMAT:
        return (
            f"the format {found} is older than this version's ({FORMAT}). Import it with "
            f"Broadsheet {version}, upgrade that instance (docs/upgrading.md), and export it again."
        )
    return (
        f"the format {found} is not this version's ({FORMAT}); it was written by Broadsheet "
        f"{version}, which can import it. Upgrade this instance first."
    )
