"""The index over the vectors: made when the table is large enough to want one."""

from django.db import connection

INDEX = "paper_vector_hnsw"
# Below it every vector is looked at, which is exact: 50,000 take some 30 ms, and an index would
# cost more memory and a slower write to save them.
LARGE = 50_000
MEMORY = "512MB"  # for the time of the build, whose graph then fits for some 400,000 papers
_LOCK = 0x686E_7377  # "hnsw"


def build_index(large: int = LARGE) -> bool:
    """Builds the index, where the table is `large` and has none; whether it did.

    Readers and writers go on meanwhile. One that a kill left half built is made anew. The caller
    is in no transaction.
    """
    if not _locked("pg_try_advisory_lock"):
        return False
    try:
        if _valid() or _papers() < large:
            return False
        with connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {INDEX}")
            cursor.execute(f"SET maintenance_work_mem = '{MEMORY}'")
            cursor.execute(
                f"CREATE INDEX CONCURRENTLY {INDEX} ON feeds_papervector "
                "USING hnsw (vector halfvec_ip_ops)"
            )
        return True
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET maintenance_work_mem")
        _locked("pg_advisory_unlock")


def _valid() -> bool:
    return bool(
        _one(
            "SELECT count(*) FROM pg_index WHERE indexrelid = to_regclass(%s) AND indisvalid",
            INDEX,
        )
    )


def _papers() -> int:
    """About how many rows the table has, as its last ANALYZE found."""
    return int(
        _one("SELECT reltuples FROM pg_class WHERE oid = to_regclass(%s)", "feeds_papervector")
    )


def _locked(how: str) -> bool:
    return bool(_one(f"SELECT {how}(%s)", _LOCK))


def _one(sql: str, given: str | int) -> float:
    with connection.cursor() as cursor:
        cursor.execute(sql, [given])
        row: tuple[float] = cursor.fetchone()
        return row[0]
