"""An export into an empty instance: all of it in one transaction, or nothing."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

import django.db
import psycopg
from django.core.management.color import no_style
from django.db import connection, transaction

from feeds.copying import copy_rows
from feeds.instance.exporting import key_mark
from feeds.instance.kinds import Kind
from feeds.instance.reading import Entry, Export, Refused
from feeds.instance.rows import Rows

Told = Callable[[str], None]
_IN_COPY = re.compile(r"^COPY \w+, line (\d+)", re.MULTILINE)


def check(export: Export, told: Told = lambda _: None) -> None:
    """Reads all of it and writes nothing. Raises Refused.

    What only a database can tell is not looked at: rows that name others which are not there,
    and names that are taken twice.
    """
    for entry in export.entries():
        told(entry.kind.name)


def has_our_key(export: Export) -> bool:
    """Whether the instance that it comes from had the SECRET_KEY of this one."""
    return bool(export.header.get("key") == key_mark())


def take_in(export: Export, kinds: Sequence[Kind], told: Told = lambda _: None) -> None:
    """Writes all its rows. Raises Refused; then nothing was written."""
    with transaction.atomic():
        make_room(kinds)
        _hold_at_once()
        for kind, entries in groupby(export.entries(), key=lambda entry: entry.kind):
            _copy(kind, entries, told)
        _number_after(kinds)


def make_room(kinds: Sequence[Kind]) -> None:
    """Takes out what a running instance writes of itself. Raises Refused where more is there."""
    for kind in kinds:
        rows = kind.model._base_manager  # noqa: SLF001 (every row, whatever a manager shows)
        if kind.by_itself:
            rows.all().delete()
        elif rows.exists():
            raise Refused(
                f"This instance is not empty: it holds rows of {kind.name}. An import needs an "
                "empty database, as `manage.py migrate` makes it."
            )


def _copy(kind: Kind, entries: Iterator[Entry], told: Told) -> None:
    first: list[int] = []

    def values() -> Iterator[list[object]]:
        for entry in entries:
            first.append(entry.line) if not first else None
            told(kind.name)
            yield entry.values

    try:
        copy_rows(kind.model, Rows(kind).columns, values())
    except (psycopg.Error, django.db.Error) as wrong:
        place = _IN_COPY.search(_said(wrong, "context"))
        line = first[0] + int(place[1]) - 1 if place and first else 0
        raise Refused(f"{kind.name}: {_words(wrong)}", line) from None


def _number_after(kinds: Sequence[Kind]) -> None:
    """Has new rows numbered after those that are there."""
    models = [kind.model for kind in kinds]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _hold_at_once() -> None:
    """Rows are held to those that they name as each kind is in, not all together at the end: that
    would take the database's memory for each row.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _words(wrong: Exception) -> str:
    return _said(wrong, "message_detail") or str(wrong).partition("\n")[0]


def _said(wrong: Exception, what: str) -> str:
    """What the database says of an error, "" where it says nothing."""
    cause = wrong if isinstance(wrong, psycopg.Error) else wrong.__cause__
    return (getattr(cause.diag, what) or "") if isinstance(cause, psycopg.Error) else ""
