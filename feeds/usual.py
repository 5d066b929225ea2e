"""How many votes a day a tag's papers usually get, and with it what is usual for a paper."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import connection

from feeds.rankers.base import EPOCH

SPAN = timedelta(days=28)
# So many of the latest papers at most are counted, however many a day brings.
MOST = 200_000

_LEARN = """
WITH recent AS (
    SELECT paper_id, votes + reported_votes AS votes FROM feeds_paperstats
    WHERE new >= %(since)s ORDER BY new DESC LIMIT %(most)s
), usual AS (
    SELECT tag_id, sum(votes) / %(days)s::float AS votes
    FROM recent JOIN feeds_papertag USING (paper_id) GROUP BY tag_id
), now AS (
    SELECT id, coalesce(usual.votes, 0) AS votes
    FROM feeds_tag LEFT JOIN usual ON usual.tag_id = id
)
UPDATE feeds_tag SET usual_votes = now.votes FROM now
WHERE feeds_tag.id = now.id AND feeds_tag.usual_votes IS DISTINCT FROM now.votes
"""

# Written out: this is asked for every batch of new papers, and an array is bound at once.
_USUAL = """
SELECT paper_id, avg(usual_votes) FROM feeds_papertag JOIN feeds_tag ON feeds_tag.id = tag_id
WHERE paper_id = ANY(%s) AND usual_votes IS NOT NULL GROUP BY paper_id
"""


def learn_usual_votes(now: datetime) -> None:
    """Counts for every tag the votes of its papers of the last `SPAN`, a day on average."""
    # `new` is the hour of listing, and indexed.
    since = (now - SPAN - EPOCH) / timedelta(hours=1)
    with connection.cursor() as cursor:
        cursor.execute(_LEARN, {"since": since, "most": MOST, "days": SPAN.days})


def usual_votes(papers: Collection[int]) -> dict[int, float]:
    """For each of these papers what its tags get a day, averaged; without those of which
    nothing is known.
    """
    if not papers:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_USUAL, [list(papers)])
        return dict(cursor.fetchall())
