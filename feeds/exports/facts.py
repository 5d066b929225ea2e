"""What several formats say of a paper in the same words."""

from typing import Literal

from feeds.records import PaperView
from feeds.taxonomy.codes import category_code

Kind = Literal["preprint", "article", "document"]
# What nobody dates is given no year, as references do it.
UNDATED = "n.d."


def kind(paper: PaperView) -> Kind:
    """A preprint has an arXiv id; what has but a DOI was published, we do not know where."""
    if paper.arxiv_id:
        return "preprint"
    return "article" if paper.doi else "document"


def year(paper: PaperView) -> int | None:
    return paper.published_at.year if paper.published_at else None


def link(paper: PaperView, permalink: str) -> str:
    """Where the paper is read: its archive's or publisher's page, or else ours."""
    return paper.abstract_url or permalink


def primary_class(paper: PaperView) -> str:
    """arXiv's primary category ("cs.CL"), or ""."""
    return category_code(paper.categories[0].slug) if paper.categories else ""


def keywords(paper: PaperView) -> list[str]:
    return [tag.name for tag in paper.topics]
