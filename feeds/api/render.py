"""Papers and tags as JSON: null is what nobody told; an empty list is known to be empty.

shapes.py declares the same for OpenAPI; a test holds the two together.
"""

from dataclasses import asdict
from typing import Any

from feeds.asked import Asked, site_address
from feeds.named import FeedView
from feeds.reading import Page
from feeds.records import Facet, ListingView, PaperView, Score, TagView, Version

Json = dict[str, Any]


def page_json(page: Page, following: Asked | None, path: str, *, signed_in: bool) -> Json:
    """A page of papers; `following` asks for the page after it, at the same `path`."""
    return {
        "query": str(page.query),
        "period": page.query.period,
        "date": page.query.date,
        "previous_date": page.previous,
        "next_date": page.next,
        "feed": feed_json(page.feed) if page.feed else None,
        "note": page.note or None,
        "corrections": page.corrections,
        "notice": page.notice or None,
        "papers": [
            {"rank": paper.rank, **paper_json(paper, signed_in=signed_in)} for paper in page.papers
        ],
        "next": following.address(path) if following else None,
        "next_cursor": following.cursor if following else None,
    }


def paper_json(paper: PaperView, *, signed_in: bool) -> Json:
    """A paper; `voted`, `saved` and `read` only where somebody is signed in."""
    told = {
        "key": paper.key,
        "url": site_address(paper.path),
        "title": paper.title,
        "title_tex": paper.title_tex,
        "abstract": paper.abstract or None,
        "summary": paper.summary or None,
        "gist": {"text": paper.gist, "by": paper.gist_by} if paper.gist else None,
        "authors": paper.authors,
        "organization": paper.organization or None,
        "arxiv_id": paper.arxiv_id or None,
        "doi": paper.doi or None,
        "published_at": paper.published_at,
        "listed_at": paper.listed_at,
        "tags": [_tag_on_paper(tag) for tag in paper.tags],
        "votes": paper.votes,
        "comments": paper.comments,
        "reported_comments": paper.reported_comments,
        "code": {"url": paper.code_url, "stars": paper.code_stars} if paper.code_url else None,
        "project_url": paper.project_url or None,
        "links": {"abstract": paper.abstract_url or None, "pdf": paper.pdf_url or None},
        "listings": [_listing(listing) for listing in paper.listings],
        "versions": [_version(version) for version in paper.versions],
        "withdrawn": paper.withdrawn,
        "score": _score(paper.score),
        "note": paper.note or None,
    }
    yours = {
        "voted": paper.voted,
        "vote_held": paper.vote_held,
        "saved": paper.saved,
        "read": paper.read,
    }
    return told | yours if signed_in else told


def paper_alone_json(paper: PaperView, *, signed_in: bool) -> Json:
    """A paper that is read by itself: with its score in every order."""
    scores = {order: _score(score) for order, score in paper.scores}
    return paper_json(paper, signed_in=signed_in) | {"scores": scores}


def feed_json(feed: FeedView) -> Json:
    return {
        "slug": feed.slug,
        "name": feed.name,
        "description": feed.description or None,
        "byline": feed.byline or None,
        "query": str(feed.query),
        "visibility": feed.visibility,
        "constants": asdict(feed.constants),
        "url": site_address(feed.path),
    }


def tag_json(tag: TagView) -> Json:
    return {
        "slug": tag.slug,
        "name": tag.name,
        "kind": tag.kind,
        "description": tag.description or None,
        "url": site_address(f"/t/{tag.slug}"),
    }


def facet_json(facet: Facet) -> Json:
    return {
        "slug": facet.tag.slug,
        "name": facet.tag.name,
        "kind": facet.tag.kind,
        "papers": facet.count,
    }


def _tag_on_paper(tag: TagView) -> Json:
    return {
        "slug": tag.slug,
        "name": tag.name,
        "kind": tag.kind,
        "tagger": tag.tagger,
        "why": tag.why,
        "confidence": tag.confidence,
    }


def _listing(listing: ListingView) -> Json:
    return {
        "source": listing.source_slug,
        "date": listing.date,
        "place": listing.place,
        "votes": listing.votes,
    }


def _version(version: Version) -> Json:
    return {
        "number": version.number,
        "submitted_at": version.submitted_at,
        "withdrawn": version.withdrawn,
        "note": version.note or None,
    }


def _score(score: Score) -> Json:
    return {
        "value": score.value,
        "parts": [{"label": part.label, "value": part.value} for part in score.parts],
    }
