"""How many votes a day a tag's papers usually get, and with it what is usual for a paper."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Avg

from feeds.models import PaperTag
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
    rows = PaperTag.objects.filter(paper__in=papers, tag__usual_votes__isnull=False)
    found = rows.values("paper_id").annotate(usual=Avg("tag__usual_votes"))
    return dict(found.values_list("paper_id", "usual")) if papers else {}
