"""What tools answer as data: short JSON, and the JSON Schemas that tell its shape.

A list leaves abstracts out: 50 of them are more than most agents can hold.
"""

from feeds.asked import site_address
from feeds.mcp.protocol import Json
from feeds.named import FeedView
from feeds.provenance import Word
from feeds.records import Facet, ListingView, PaperView, Score, TagView, Version

MOST_AUTHORS = 10  # in a list

TEXT: Json = {"type": "string"}
MAYBE_TEXT: Json = {"type": ["string", "null"]}
NUMBER: Json = {"type": "number"}
WHOLE: Json = {"type": "integer"}
MAYBE_WHOLE: Json = {"type": ["integer", "null"]}
YES_OR_NO: Json = {"type": "boolean"}


def an_object(**properties: Json) -> Json:
    """The schema of an object that has all of these."""
    return {"type": "object", "properties": properties, "required": [*properties]}


def a_list(items: Json) -> Json:
    return {"type": "array", "items": items}


_LINE: dict[str, Json] = {
    "key": TEXT,
    "url": TEXT,
    "title": TEXT,
    "authors": a_list(TEXT),
    "author_count": WHOLE,
    "gist": MAYBE_TEXT,
    "arxiv_id": MAYBE_TEXT,
    "doi": MAYBE_TEXT,
    "published": MAYBE_TEXT,
    "listed": TEXT,
    "votes": WHOLE,
    "comments": WHOLE,
    "code": MAYBE_TEXT,
    "tags": a_list(TEXT),
}
LINE = an_object(rank=WHOLE, **_LINE, score=NUMBER, note=MAYBE_TEXT)
_TAG = an_object(
    slug=TEXT, name=TEXT, kind=TEXT, tagger=MAYBE_TEXT, why=MAYBE_TEXT, confidence=NUMBER
)
_SCORE = an_object(value=NUMBER, parts=a_list(an_object(label=TEXT, value=NUMBER)))
PAPER = an_object(
    **(_LINE | {"tags": a_list(_TAG)}),
    abstract=MAYBE_TEXT,
    gist_by=MAYBE_TEXT,
    organization=MAYBE_TEXT,
    project_page=MAYBE_TEXT,
    pdf=MAYBE_TEXT,
    withdrawn=YES_OR_NO,
    scores={"type": "object", "additionalProperties": _SCORE},
    listings=a_list(an_object(source=TEXT, date=TEXT, place=WHOLE, votes=MAYBE_WHOLE)),
    versions=a_list(an_object(number=WHOLE, submitted=MAYBE_TEXT, withdrawn=YES_OR_NO)),
    provenance=a_list(an_object(field=TEXT, source=TEXT, date=TEXT)),
)
FEED = an_object(slug=TEXT, name=TEXT, description=MAYBE_TEXT, query=TEXT, url=TEXT)
TAG = an_object(slug=TEXT, name=TEXT, kind=TEXT, description=MAYBE_TEXT)
FACET = an_object(slug=TEXT, name=TEXT, kind=TEXT, papers=WHOLE)


def line_json(paper: PaperView) -> Json:
    """A paper of a list."""
    tags = [tag.slug for tag in paper.tags]
    place = {"rank": paper.rank, "score": paper.score.value, "note": paper.note or None}
    return _common(paper, paper.authors[:MOST_AUTHORS]) | place | {"tags": tags}


def paper_json(paper: PaperView, told: tuple[Word, ...]) -> Json:
    """A paper that is read alone, with who told what of it."""
    return _common(paper, paper.authors) | {
        "abstract": paper.abstract or None,
        "gist_by": paper.gist_by or None,
        "organization": paper.organization or None,
        "project_page": paper.project_url or None,
        "pdf": paper.pdf_url or None,
        "withdrawn": paper.withdrawn,
        "tags": [_tag_on_paper(tag) for tag in paper.tags],
        "scores": {order: _score(score) for order, score in paper.scores},
        "listings": [_listing(listing) for listing in paper.listings],
        "versions": [_version(version) for version in paper.versions],
        "provenance": [
            {"field": word.field, "source": word.source, "date": f"{word.date}"} for word in told
        ],
    }


def feed_json(feed: FeedView) -> Json:
    return {
        "slug": feed.slug,
        "name": feed.name,
        "description": feed.description or None,
        "query": str(feed.query),
        "url": site_address(feed.path),
    }


def tag_json(tag: TagView) -> Json:
    return {
        "slug": tag.slug,
        "name": tag.name,
        "kind": tag.kind,
        "description": tag.description or None,
    }


def facet_json(facet: Facet) -> Json:
    tag = facet.tag
    return {"slug": tag.slug, "name": tag.name, "kind": tag.kind, "papers": facet.count}


def _common(paper: PaperView, authors: tuple[str, ...]) -> Json:
    return {
        "key": paper.key,
        "url": site_address(paper.path),
        "title": paper.title,
        "authors": list(authors),
        "author_count": len(paper.authors),
        "gist": paper.gist or None,
        "arxiv_id": paper.arxiv_id or None,
        "doi": paper.doi or None,
        "published": f"{paper.published_at:%Y-%m-%d}" if paper.published_at else None,
        "listed": f"{paper.listed_at:%Y-%m-%d}",
        "votes": paper.votes,
        "comments": paper.comments,
        "code": paper.code_url or None,
    }


def _tag_on_paper(tag: TagView) -> Json:
    return {
        "slug": tag.slug,
        "name": tag.name,
        "kind": tag.kind,
        "tagger": tag.tagger or None,
        "why": tag.why or None,
        "confidence": tag.confidence,
    }


def _score(score: Score) -> Json:
    parts = [{"label": part.label, "value": part.value} for part in score.parts]
    return {"value": score.value, "parts": parts}


def _listing(listing: ListingView) -> Json:
    return {
        "source": listing.source_slug,
        "date": f"{listing.date}",
        "place": listing.place,
        "votes": listing.votes,
    }


def _version(version: Version) -> Json:
    submitted = f"{version.submitted_at:%Y-%m-%d}" if version.submitted_at else None
    return {
        "number": version.number,
        "submitted": submitted,
        "withdrawn": version.withdrawn,
    }
