"""What a batch of records is while it is written."""

from dataclasses import dataclass, field

from feeds.models import Digest, Paper
from feeds.records import PaperRecord


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: in which digest, and at which position from 0."""

    digest: Digest
    position: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a record: `change` is "new", "updated" or "unchanged"."""

    paper_id: int
    change: str


@dataclass(slots=True)
class Entry:
    """A record on its way into the tables: its paper, and what became of that.

    `changed` are the fields that are written, `confirmed` tells that only who told them is.
    """

    record: PaperRecord
    place: Place
    paper: Paper
    change: str
    changed: set[str] = field(default_factory=set)
    confirmed: bool = False
