"""What one event says, before it has the shape of a body."""

from dataclasses import dataclass
from datetime import date, datetime

from feeds.lately import Said
from feeds.records import PaperView


@dataclass(frozen=True, slots=True)
class Published:
    """A feed's edition that came out; `url` is its page, `note` its curators' word."""

    feed: str
    name: str
    period: str
    date: date
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class Told:
    """An event as all shapes render it.

    `what` says in words which papers are asked for, `query` as a query string, `at` when the
    event was found. `papers` are those that it is about.
    """

    kind: str
    at: datetime
    what: str
    query: str
    papers: tuple[PaperView, ...] = ()
    edition: Published | None = None
    comment: Said | None = None
