"""Papers as outputs get them, made without a database."""

import datetime as dt
from typing import Any

from feeds.prepare import prepare
from feeds.records import PaperView, Score, TagView

WHEN = dt.datetime(2026, 4, 23, 10, tzinfo=dt.UTC)
CS_CL = TagView("cs-cl", "Computation and Language", "category")
CS_AI = TagView("cs-ai", "Artificial Intelligence", "category")


def paper(title: str = "A study", abstract: str = "", **fields: Any) -> PaperView:
    """A paper with that title and abstract, in TeX; `fields` overwrite the others."""
    known = prepare(title, abstract)
    arxiv_id = fields.pop("arxiv_id", "2604.00001")
    usual: dict[str, Any] = {
        "id": 1,
        "key": arxiv_id or "pkey",
        "doi": "",
        "summary": "",
        "authors": ("Ada One", "Ben van der Two"),
        "published_at": WHEN,
        "listed_at": WHEN,
        "tags": (CS_AI, CS_CL),
        "primary": "cs-cl",
        "listings": (),
        "votes": 3,
        "comments": 0,
        "reported_comments": 0,
        "code_url": "",
        "code_stars": None,
        "project_url": "",
        "thumbnail_url": "",
        "organization": "",
        "changed_at": WHEN,
        "score": Score(()),
        "rank": 1,
    }
    return PaperView(
        title=known.title_text,
        title_tex=title,
        title_html=known.title_html,
        abstract=abstract,
        abstract_html=known.abstract_html,
        excerpt=known.excerpt,
        arxiv_id=arxiv_id,
        **(usual | fields),
    )
