"""The votes that digests report, kept as they grow, so that a paper's page can show when."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from django.db import connection

from feeds.batch import Entry
from feeds.copying import upsert_rows
from feeds.models import Digest, VoteReport

# A paper's reports are thinned out beyond this many: every second goes, the latest stays.
MOST = 200
# A digest that came in later than this after its day is from an archive: its numbers are of then.
_LATE = timedelta(days=14)
# Those that report no more than an earlier one did. What stays is the same in whatever order they
# came in: who is outdone stays outdone, by the row that outdid it or by an earlier one still.
_DROP_OUTDONE = """
DELETE FROM feeds_votereport USING (
    SELECT id, votes <= max(votes) OVER (
        PARTITION BY paper_id ORDER BY at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS outdone
    FROM feeds_votereport WHERE paper_id = ANY(%s)
) AS seen
WHERE feeds_votereport.id = seen.id AND seen.outdone
"""
_THIN_OUT = """
DELETE FROM feeds_votereport USING (
    SELECT id, row_number() OVER (PARTITION BY paper_id ORDER BY at DESC) AS place
    FROM feeds_votereport WHERE paper_id IN (
        SELECT paper_id FROM feeds_votereport WHERE paper_id = ANY(%s)
        GROUP BY paper_id HAVING count(*) > %s
    )
) AS numbered
WHERE feeds_votereport.id = numbered.id AND numbered.place %% 2 = 0
"""


def keep_reports(entries: Iterable[Entry]) -> None:
    """Keeps what these entries report, where it is more than any report of an earlier hour."""
    rows: dict[tuple[int, datetime], int] = {}
    for entry in entries:
        if entry.record.votes:
            place = (entry.paper.id, seen_at(entry.place.digest))
            rows[place] = max(rows.get(place, 0), entry.record.votes)
    if not rows:
        return
    upsert_rows(
        VoteReport,
        ["paper_id", "at", "votes"],
        [(paper_id, at, votes) for (paper_id, at), votes in rows.items()],
        key=["paper_id", "at"],
        update={"votes": "GREATEST(old.votes, new.votes)"},
    )
    papers = [paper_id for paper_id, _ in rows]
    with connection.cursor() as cursor:
        cursor.execute(_DROP_OUTDONE, [papers])
        cursor.execute(_THIN_OUT, [papers, MOST])


def seen_at(digest: Digest) -> datetime:
    """The hour in which the digest's numbers were so: when it came in, or the end of its day."""
    came = digest.fetched_at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    end = datetime.combine(digest.date, time(23), UTC)
    return came if came - end <= _LATE else end
