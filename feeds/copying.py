"""Many rows at once: COPY for those that are new, one statement for those that may be there.

Rows are tuples in the order of `fields`, which are names of model fields (a relation's ends in
`_id`). Nothing here decides what is written.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import orjson
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import JSONField, Model

Row = Sequence[Any]


def next_ids(model: type[Model], count: int) -> list[int]:
    """So many ids for rows to come, as the table's sequence gives them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [_table(model), count],
        )
        return [row[0] for row in cursor.fetchall()]


def copy_rows(model: type[Model], fields: Sequence[str], rows: Iterable[Row]) -> None:
    """Adds rows that are not there yet. Raises IntegrityError where one is."""
    columns = ", ".join(f'"{name}"' for name in fields)
    spelled = {
        place: spell
        for place, name in enumerate(fields)
        if (spell := _SPELLINGS.get(type(_field(model, name))))
    }
    with connection.cursor() as cursor, cursor.copy(_copy(model, columns)) as copy:
        for row in rows:
            copy.write_row(_spelled(row, spelled) if spelled else row)


def upsert_rows(
    model: type[Model],
    fields: Sequence[str],
    rows: Iterable[Row],
    *,
    key: Sequence[str],
    update: dict[str, str],
) -> None:
    """Adds rows, or changes those that have the same `key`.

    `update` says how each changing column is written, in SQL over `old` and `new`. A row whose
    columns stay what they are is not written.
    """
    columns = ", ".join(f'"{name}"' for name in fields)
    values = {name: sql.replace("new.", "excluded.") for name, sql in update.items()}
    changes = ", ".join(f'"{name}" = {value}' for name, value in values.items())
    before = ", ".join(f'old."{name}"' for name in values)
    _execute(
        f"INSERT INTO {_table(model)} AS old ({columns}) "  # noqa: S608 (names of our columns)
        f"SELECT {columns} FROM json_populate_recordset(NULL::{_table(model)}, %s) "
        f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes} "
        f"WHERE ({before}) IS DISTINCT FROM ({', '.join(values.values())})",
        fields,
        rows,
    )


def update_rows(model: type[Model], fields: Sequence[str], rows: Iterable[Row]) -> None:
    """Writes the fields of rows that are there; the first field names them, and is unique."""
    first, *rest = fields
    changes = ", ".join(f'"{name}" = new."{name}"' for name in rest)
    _execute(
        f"UPDATE {_table(model)} AS old SET {changes} "  # noqa: S608 (names of our columns)
        f"FROM json_populate_recordset(NULL::{_table(model)}, %s) AS new "
        f'WHERE old."{first}" = new."{first}"',
        fields,
        rows,
    )


def _execute(sql: str, fields: Sequence[str], rows: Iterable[Row]) -> None:
    objects = [dict(zip(fields, row, strict=True)) for row in rows]
    if objects:
        with connection.cursor() as cursor:
            cursor.execute(sql, [orjson.dumps(objects).decode()])


def _copy(model: type[Model], columns: str) -> str:
    return f"COPY {_table(model)} ({columns}) FROM STDIN"


def _spelled(row: Row, spelled: dict[int, Callable[[Any], str]]) -> list[Any]:
    values = list(row)
    for place, spell in spelled.items():
        values[place] = spell(values[place])
    return values


def _as_json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _as_array(texts: list[str]) -> str:
    """An array of texts as PostgreSQL reads it; psycopg's own spelling takes many times longer."""
    quoted = (text.replace("\\", "\\\\").replace('"', '\\"') for text in texts)
    return "{" + ",".join(f'"{text}"' for text in quoted) + "}"


_SPELLINGS: dict[type, Callable[[Any], str]] = {JSONField: _as_json, ArrayField: _as_array}


def _field(model: type[Model], name: str) -> object:
    return model._meta.get_field(name)  # noqa: SLF001 (Django documents _meta)


def _table(model: type[Model]) -> str:
    return model._meta.db_table  # noqa: SLF001 (Django documents _meta)
