"""Takes in what a source found or was sent, document by document, and counts what came of it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from feeds.ingest import ingest
from feeds.models import Source
from feeds.packing import TooLarge
from feeds.parsers.base import UnknownFormat
from feeds.sources.base import Document
from feeds.unread import keep_unread

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Outcome:
    """What a run brought. `error` is a sentence, "" where all went well.

    `troubles` are sentences on documents that could not be read, where the others went in.
    """

    source: str
    documents: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    troubles: list[str] = field(default_factory=list)
    error: str = ""


Progress = Callable[[Outcome], None]


def ignore(_: Outcome) -> None:
    """Tells no one."""


def take(
    document: Document, row: Source, now: datetime, outcome: Outcome, renew: Progress = ignore
) -> None:
    """Ingests the document; `renew` is called after each batch of its papers."""
    if document.trouble:
        _tell(outcome, document.trouble)
    if document.content is None:
        return
    try:
        report = ingest(
            document.content,
            row,
            day=document.day,
            name=document.name,
            now=now,
            progress=lambda _: renew(outcome),
        )
    except (UnknownFormat, TooLarge) as error:
        if not document.alone:
            raise
        _pass_over(document, row, now, outcome, error)
        return
    outcome.documents += 1
    for count in ("new", "updated", "unchanged", "rejected"):
        setattr(outcome, count, getattr(outcome, count) + getattr(report, count))


def _pass_over(
    document: Document, row: Source, now: datetime, outcome: Outcome, error: Exception
) -> None:
    kept = ""
    if document.content is not None and document.only_copy and isinstance(error, UnknownFormat):
        day = document.day or now.astimezone(UTC).date()
        keep_unread(document.content, row, day=day, name=document.name, reason=str(error))
        kept = " It is kept."
    _tell(outcome, f"{document.name}: {error}{kept}")


def _tell(outcome: Outcome, trouble: str) -> None:
    logger.warning("source %s passed over %s", outcome.source, trouble)
    outcome.troubles.append(trouble)
