"""Papers as the index takes them: PostgreSQL writes each as JSON, and a digest of it."""

from collections.abc import Iterator, Sequence

from django.db import connection

# Days are numbers from here on.
DAY_0 = "1900-01-01"
_DOCUMENTS = f"""
WITH
tags AS (
    SELECT paper_id, array_agg(tag_id ORDER BY tag_id) AS tags
    FROM feeds_papertag WHERE paper_id = ANY(%(ids)s) GROUP BY paper_id
),
listings AS (
    SELECT paper_id, array_agg(DISTINCT date - DATE '{DAY_0}') AS days,
        array_agg(DISTINCT source_id) AS sources
    FROM feeds_listing WHERE paper_id = ANY(%(ids)s) GROUP BY paper_id
),
names AS (
    SELECT paper_id, array_agg(scheme || ':' || value ORDER BY scheme, value) AS ids
    FROM feeds_identifier WHERE paper_id = ANY(%(ids)s) AND scheme <> 'title' GROUP BY paper_id
),
documents AS (
    SELECT paper.id, json_strip_nulls(json_build_object(
        'paper', paper.id,
        'text', paper.title || E'\\n' || paper.abstract,
        'title', paper.title,
        'names', paper.author_keys,
        'ids', 'key:' || paper.key || coalesce(names.ids, '{{}}'),
        'tags', tags.tags,
        'sources', listings.sources,
        'days', listings.days,
        'year', extract(
            year FROM coalesce(paper.published_at, stats.listed_at) AT TIME ZONE 'UTC'
        )::int,
        'code', paper.code_url <> ''
    ))::text AS told
    FROM feeds_paper paper
    JOIN feeds_paperstats stats ON stats.paper_id = paper.id
    LEFT JOIN tags ON tags.paper_id = paper.id
    LEFT JOIN listings ON listings.paper_id = paper.id
    LEFT JOIN names ON names.paper_id = paper.id
    WHERE paper.id = ANY(%(ids)s) AND paper.dropped_at IS NULL
)
"""  # noqa: S608 (our own words)
# The digest joins as the last member of the object.
_WITH_DIGEST = (
    _DOCUMENTS + "SELECT id, rtrim(told, '}') || ',\"digest\":' "  # noqa: S608 (our own words)
    "|| hashtextextended(told, 0) || '}' FROM documents"
)
_DIGESTS = _DOCUMENTS + "SELECT id, hashtextextended(told, 0) FROM documents"  # noqa: S608


def documents(papers: Sequence[int]) -> list[tuple[int, str]]:
    """Each of those papers that readers may see: its id and what the index takes of it."""
    with connection.cursor() as cursor:
        cursor.execute(_WITH_DIGEST, {"ids": list(papers)})
        return [(paper, told) for paper, told in cursor.fetchall()]


def digests(papers: Sequence[int]) -> dict[int, int]:
    """The digests of what `documents` gives, by paper."""
    with connection.cursor() as cursor:
        cursor.execute(_DIGESTS, {"ids": list(papers)})
        return dict(cursor.fetchall())


def batches(size: int) -> Iterator[list[int]]:
    """The ids of all papers, dropped ones too, in order."""
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM feeds_paper WHERE id > %s ORDER BY id LIMIT %s", [last, size]
            )
            ids = [row[0] for row in cursor.fetchall()]
        if not ids:
            return
        yield ids
        last = ids[-1]
