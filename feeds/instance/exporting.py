"""All rows of an instance as lines of JSON, as they stood at one moment, in little memory."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import orjson
from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from config.version import VERSION
from feeds.instance.kinds import FORMAT, Choice, Kind
from feeds.instance.rows import Rows

HEADER, END = "broadsheet", "end"
Told = Callable[[str], None]


def lines(kinds: Sequence[Kind], choice: Choice, told: Told = lambda _: None) -> Iterator[bytes]:
    """The header, a line a row, and the closing line with what was written.

    `told` hears the kind of each row. Nothing else may have been asked in the transaction
    before: the rows are those of one moment.
    """
    digest, rows = hashlib.sha256(), dict[str, int]()
    first = _line({HEADER: _header(choice)})
    digest.update(first)
    yield first
    with _one_moment():
        for kind in (kind for kind in kinds if kind.goes_into(choice)):
            rows[kind.name] = 0
            for row in Rows(kind).give(choice):
                line = _line({kind.name: row})
                digest.update(line)
                rows[kind.name] += 1
                told(kind.name)
                yield line
    yield _line({END: {"rows": rows, "sha256": digest.hexdigest()}})


def key_mark() -> str:
    """A mark of this instance's SECRET_KEY, by which another tells whether it has the same."""
    return salted_hmac("feeds.instance", "export", algorithm="sha256").hexdigest()[:16]


def expected_rows(kinds: Sequence[Kind]) -> int:
    """About how many rows there are, as the database last counted them."""
    tables = [kind.model._meta.db_table for kind in kinds]  # noqa: SLF001 (Django documents _meta)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(greatest(reltuples, 0)) FROM pg_class "
            "WHERE relname = ANY(%s) AND relkind = 'r' AND pg_table_is_visible(oid)",
            [tables],
        )
        return int(cursor.fetchone()[0] or 0)


def _header(choice: Choice) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "raw": choice.raw,
        "secrets": choice.secrets,
        "key": key_mark(),
    }


def _line(told: dict[str, Any]) -> bytes:
    return orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)


@contextmanager
def _one_moment() -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
