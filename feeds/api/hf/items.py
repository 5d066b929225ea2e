"""A paper in the shapes that clients of the daily papers API read.

The best known client takes some fields from the paper, some from around it, and a vote of zero
from around it alone: what is told stands in both places. What is not known is null, but a time
of publication that is not known is left out around the paper, where it would be taken for the
time of listing.
"""

import datetime as dt
from typing import Any

from feeds.asked import site_address
from feeds.records import PaperView

Json = dict[str, Any]


def list_item(paper: PaperView, *, filled_from: dt.date | None = None) -> Json:
    """One of a list: the paper, and around it what is said of it.

    `filled_from` marks one that fills up a day on which nothing was listed.
    """
    inner = _paper(paper)
    around = {name: value for name, value in inner.items() if name not in ("authors", "id")}
    around["publishedAt"] = _time(paper.listed_at)
    if paper.published_at is None:
        del around["publishedAt"]
    mark = {"filledFrom": filled_from.isoformat()} if filled_from else {}
    return {"paper": inner} | around | _around(paper) | mark


def flat_item(paper: PaperView) -> Json:
    """One paper by itself."""
    nothing_linked: Json = {
        f"{word}{kind}": value
        for kind in ("Models", "Datasets", "Spaces")
        for word, value in (("linked", []), ("numTotal", 0))
    }
    return _paper(paper) | _around(paper) | nothing_linked


def _paper(paper: PaperView) -> Json:
    return {
        "id": paper.arxiv_id or paper.key,
        "authors": [
            {"_id": f"{paper.key}-{place}", "name": name, "hidden": False}
            for place, name in enumerate(paper.authors, 1)
        ],
        "publishedAt": _time(paper.published_at),
        "submittedOnDailyAt": _time(paper.listed_at),
        "submittedOnDailyBy": _person(paper.submitted_by),
        "title": paper.title,
        "summary": paper.abstract or None,
        "upvotes": paper.votes,
        "discussionId": paper.key,
        "projectPage": paper.project_url or None,
        "githubRepo": paper.code_url or None,
        "githubStars": paper.code_stars,
        "ai_summary": paper.summary or None,
        "ai_keywords": [tag.name for tag in paper.topics],
        "organization": _organization(paper.organization),
        "mediaUrls": [],
    }


def _around(paper: PaperView) -> Json:
    """What is said of a paper; from `url` on it is what Broadsheet adds."""
    return {
        "thumbnail": paper.thumbnail_url or None,
        "numComments": paper.comments + paper.reported_comments,
        "submittedBy": _person(paper.submitted_by),
        "isAuthorParticipating": False,
        "source": paper.listings[0].source_slug if paper.listings else None,
        "url": site_address(paper.path),
        "tags": [tag.slug for tag in paper.tags],
        "score": paper.score.value,
    }


def _time(at: dt.datetime | None) -> str | None:
    """In UTC with milliseconds and a Z, the one form that the client reads."""
    return f"{at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z" if at else None


def _person(name: str) -> Json | None:
    if not name:
        return None
    return {
        "_id": name,
        "user": name,
        "name": name,
        "fullname": name,
        "avatarUrl": "",
        "type": "user",
        "isPro": False,
    }


def _organization(name: str) -> Json | None:
    if not name:
        return None
    return {"_id": name, "name": name, "fullname": name, "avatar": ""}
