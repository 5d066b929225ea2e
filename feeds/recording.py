"""Each reading of a digest has a row, which tells how far it is and how it ended."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Protocol

from django.db import InterfaceError, OperationalError
from django.utils import timezone

from feeds.models import Digest, Run
from feeds.models.run import SILENCE, RunQuerySet
from feeds.records import Content

LONGEST_ERROR = 2000


class Counts(Protocol):
    """The entries by what became of them, and the different papers."""

    new: int
    updated: int
    unchanged: int
    rejected: int
    papers: int


class Followed:
    """A document that knows which part of it was asked for last."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self.place = 0

    def __len__(self) -> int:
        return len(self._content)

    def __getitem__(self, part: slice, /) -> bytes:
        self.place = part.indices(len(self))[1]
        return self._content[part]

    @property
    def share(self) -> float | None:
        """How much of it was read, between 0 and 1; None at its end, or where none was.

        A format that is read at once tells nothing by its place.
        """
        return self.place / len(self) if 0 < self.place < len(self) else None


class TakenOver(Exception):
    """Another process has the reading, since this one was taken for dead."""


@contextmanager
def recording(
    digest: Digest, content: Followed, run: Run | None = None
) -> Iterator[Callable[[Counts], None]]:
    """Records the reading of `digest` that the context holds, in `run` or in a new row.

    Where the number of entries is not known it is estimated by the place in `content`.

    Yields what is to be told the counts after each batch; that raises TakenOver. Where the
    process or the database goes away the row stays open, and a worker begins it again.
    """
    now = timezone.now()
    mine = run or Run.objects.create(
        digest=digest, parser=digest.parser, started_at=now, told_at=now, attempts=1
    )
    row = Run.objects.unended().filter(pk=mine.pk, attempts=mine.attempts)
    try:
        yield partial(_tell, row, None if mine.total else content)
    except (OperationalError, InterfaceError, SystemExit, TakenOver):
        raise
    except KeyboardInterrupt:
        _end(row, "It was broken off by hand.")
        raise
    except Exception as error:
        _end(row, f"{type(error).__name__}: {error}")
        raise
    _end(row)
    # Earlier ones whose process was lost have nothing left to do; one that is only slow goes on.
    silent = timezone.now() - SILENCE
    earlier = Run.objects.filter(digest=digest, id__lt=mine.pk, told_at__lte=silent)
    _end(earlier.unended(), "Its process was lost. A later reading came to the end.")


def _tell(row: RunQuerySet, content: Followed | None, counts: Counts) -> None:
    known = {name: getattr(counts, name) for name in Counts.__annotations__}
    if content and content.share:
        done = counts.new + counts.updated + counts.unchanged + counts.rejected
        known["total"] = round(done / content.share)
    if not row.update(told_at=timezone.now(), **known):
        raise TakenOver


def _end(rows: RunQuerySet, error: str = "") -> None:
    rows.update(ended_at=timezone.now(), error=error[:LONGEST_ERROR])
