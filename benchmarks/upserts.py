"""Three ways to write papers that changed, measured on the same rows in the same run."""

from collections.abc import Callable

import orjson
from django.db import connection, transaction

from benchmarks.frame import timed
from feeds.copying import update_rows
from feeds.models import Paper

BATCH = 1_000
FIELDS = [
    field.attname
    for field in Paper._meta.concrete_fields  # noqa: SLF001 (Django documents _meta)
    if field.name not in ("created_at", "dropped_at")
]
CHANGING = FIELDS[1:]


def upserts(papers: int) -> dict[str, float]:
    """Changed papers a second, by the way in which they are written."""
    rows = list(Paper.objects.order_by("id")[:papers])
    ways = {"recordset": by_recordset, "temporary": by_temporary_table, "bulk": by_bulk_upsert}
    return {name: _rate(rows, way) for name, way in ways.items()}


def _rate(rows: list[Paper], way: Callable[[list[Paper]], None]) -> float:
    for paper in rows:
        paper.summary += "."
    with timed() as clock, transaction.atomic():
        for start in range(0, len(rows), BATCH):
            way(rows[start : start + BATCH])
    return len(rows) / clock()


def _values(paper: Paper) -> list[object]:
    return [getattr(paper, name) for name in FIELDS]


def by_recordset(papers: list[Paper]) -> None:
    """One UPDATE from json_populate_recordset: what Broadsheet does."""
    update_rows(Paper, FIELDS, map(_values, papers))


def by_temporary_table(papers: list[Paper]) -> None:
    """COPY into a temporary table, then one UPDATE from it."""
    columns = ", ".join(FIELDS)
    changes = ", ".join(f"{name} = new.{name}" for name in CHANGING)
    told = FIELDS.index("told")
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE new AS SELECT {columns} FROM feeds_paper WITH NO DATA")
        with cursor.copy(f"COPY new ({columns}) FROM STDIN") as copy:
            for row in map(_values, papers):
                row[told] = orjson.dumps(row[told]).decode()
                copy.write_row(row)
        cursor.execute(f"UPDATE feeds_paper old SET {changes} FROM new WHERE new.id = old.id")
        cursor.execute("DROP TABLE new")


def by_bulk_upsert(papers: list[Paper]) -> None:
    """Django's INSERT … ON CONFLICT DO UPDATE."""
    Paper.objects.bulk_create(
        papers, update_conflicts=True, unique_fields=["id"], update_fields=CHANGING
    )
