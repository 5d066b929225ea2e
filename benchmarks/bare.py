"""What stands beside ours, under the same server and the same middleware: views that do one thing.

They are served in place of ours by `benchmarks.bare_settings`.
"""

from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

# The list of 50 papers with all that ours tells of them, as the database itself writes JSON.
LIST = """
WITH first AS (
  SELECT p.*, s.listed_at, s.votes + s.reported_votes AS all_votes, s.own_comments, s.comments,
    s.hot
  FROM feeds_paperstats s JOIN feeds_paper p ON p.id = s.paper_id
  WHERE p.dropped_at IS NULL ORDER BY s.hot DESC, p.id LIMIT 50
), tags AS (
  SELECT pt.paper_id, json_agg(json_build_object('slug', t.slug, 'name', t.name, 'kind', t.kind,
    'tagger', pt.tagger, 'why', pt.why, 'confidence', pt.confidence)
    ORDER BY pt.confidence DESC, t.name) AS told
  FROM feeds_papertag pt JOIN feeds_tag t ON t.id = pt.tag_id
  WHERE pt.paper_id = ANY(ARRAY(SELECT id FROM first)) AND NOT t.hidden GROUP BY pt.paper_id
), listings AS (
  SELECT l.paper_id, json_agg(json_build_object('source', o.slug, 'date', l.date,
    'place', l.position + 1, 'votes', l.votes) ORDER BY l.date DESC, l.position) AS told
  FROM feeds_listing l JOIN feeds_source o ON o.id = l.source_id
  WHERE l.paper_id = ANY(ARRAY(SELECT id FROM first)) GROUP BY l.paper_id
), versions AS (
  SELECT v.paper_id, json_agg(json_build_object('number', v.number,
    'submitted_at', v.submitted_at, 'withdrawn', v.withdrawn, 'note', v.note)
    ORDER BY v.number) AS told
  FROM feeds_paperversion v
  WHERE v.paper_id = ANY(ARRAY(SELECT id FROM first)) GROUP BY v.paper_id
)
SELECT json_build_object('papers', json_agg(listed))::text FROM (
  SELECT key, title_text AS title, title AS title_tex, abstract, summary, excerpt AS gist, authors,
    organization, arxiv_id, doi, published_at, listed_at, all_votes AS votes,
    own_comments AS comments, comments AS reported_comments, code_url, code_stars, project_url,
    hot AS score, tags.told AS tags, listings.told AS listings, versions.told AS versions
  FROM first LEFT JOIN tags ON tags.paper_id = first.id
    LEFT JOIN listings ON listings.paper_id = first.id
    LEFT JOIN versions ON versions.paper_id = first.id
  ORDER BY hot DESC, first.id
) listed"""
ROW = "SELECT title_text FROM feeds_paper WHERE id = %s"
PAPER = 1


def listed(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(_one(LIST), content_type="application/json")


def row(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(_one(ROW, PAPER), content_type="text/plain")


def small(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"ok", content_type="text/plain")


def _one(sql: str, *values: Any) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return str(cursor.fetchone()[0])


urlpatterns = [path("list", listed), path("row", row), path("small", small), path("readyz", small)]
