"""How many readers follow a paper's tags or authors."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import connection

# A follow counts when it is this old: as a vote of a young account does, it cannot be had at once.
RIPE = timedelta(days=1)

_FOLLOWERS = """
SELECT paper_id, count(DISTINCT user_id) FROM (
    SELECT carried.paper_id, followed.user_id FROM feeds_papertag AS carried
    JOIN feeds_tag AS tag ON coalesce(tag.merged_into_id, tag.id) = carried.tag_id
    JOIN feeds_follow AS followed ON followed.kind = 'tag' AND followed.key = tag.slug
    WHERE carried.paper_id = ANY(%(papers)s) AND followed.made_at <= %(ripe)s
    UNION ALL
    SELECT paper.id, followed.user_id FROM feeds_paper AS paper
    CROSS JOIN unnest(paper.author_keys) AS author
    JOIN feeds_follow AS followed ON followed.kind = 'author' AND followed.key = author
    WHERE paper.id = ANY(%(papers)s) AND followed.made_at <= %(ripe)s
) AS told GROUP BY paper_id
"""


def followers(papers: Collection[int], now: datetime) -> dict[int, int]:
    """For each of these papers that has any, the readers who follow a tag or an author of it."""
    if not papers:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOWERS, {"papers": list(papers), "ripe": now - RIPE})
        return dict(cursor.fetchall())
