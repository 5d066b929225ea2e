"""Made-up papers, lists and comments: what the styleguide shows each component with."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from django.utils.safestring import SafeString

from feeds.discussion import CommentView
from feeds.query import FeedQuery
from feeds.reading import Page
from feeds.records import Facet, ListingView, PaperView, Part, Score, TagView, Version
from feeds.search.highlights import Found
from feeds.web.lists import ListView

NOON = datetime(2026, 4, 24, 12, tzinfo=UTC)
DAY = date(2026, 4, 24)
TAGS = (
    TagView("cs-cl", "Computation and Language", "category", "source", "It says so.", 1.0),
    TagView("small-models", "small models", "topic", "keyword", "“small models” in the title."),
    TagView("long-context", "long context", "topic", "curator", "A curator put it there."),
)
PAPER = PaperView(
    id=1,
    key="specimen",
    arxiv_id="2604.00001",
    doi="",
    title="Lanterns: Guiding Small Models Through Long Documents",
    title_tex="Lanterns: Guiding Small Models Through Long Documents",
    title_html="Lanterns: Guiding Small Models Through Long Documents",
    abstract="Long documents make small models lose their way.",
    abstract_html="<p>Long documents make small models lose their way. We put lights along the "
    "path, and find that <em>few</em> are enough.</p>",
    excerpt="We put lights along the path, and find that few are enough.",
    summary="Puts lights along the path of a small model through a long document.",
    authors=("Ada One", "Ben Two", "Cy Three", "Zoe Last"),
    published_at=NOON,
    listed_at=NOON,
    tags=TAGS,
    listings=(ListingView("A digest", "upload", DAY, 1, 31),),
    votes=1312,
    comments=2,
    reported_comments=1,
    code_url="https://example.org/code",
    code_stars=2140,
    project_url="",
    thumbnail_url="",
    organization="An Institute",
    changed_at=NOON,
    score=Score((Part("votes", 3.12), Part("age", -0.4))),
    rank=1,
)


def papers() -> list[tuple[str, PaperView]]:
    """The paper in each state, with the state's name."""
    states: dict[str, dict[str, Any]] = {
        "the first of a list": {},
        "as the others stand": {"rank": 2},
        "voted for and saved": {"voted": True, "saved": True},
        "a vote that counts later": {"voted": True, "vote_held": True},
        "read before": {"read": True},
        "with a curator’s word": {"note": "Pinned: the curators’ first choice."},
        "withdrawn": {"versions": (Version(2, withdrawn=True),)},
        "with next to nothing told": {
            "summary": "", "excerpt": "", "abstract": "", "abstract_html": "", "authors": (),
            "tags": (), "code_url": "", "comments": 0, "reported_comments": 0, "votes": 0,
        },
        "found by its words": {"id": 99},
    }  # fmt: skip
    return [
        (name, replace(PAPER, **{"id": number, "rank": number} | changed))
        for number, (name, changed) in enumerate(states.items(), start=1)
    ]


def results() -> ListView:
    """A list that was searched for, narrowed by a topic."""
    asked = FeedQuery(words="lantern", tags=("small-models",), period="all")
    page = Page(asked, (PAPER,), cursor="next", previous=None, next=None, byline="the editors")
    title = SafeString("<mark>Lanterns</mark>: Guiding Small Models Through Long Documents")
    snippet = SafeString("… we put <mark>lanterns</mark> along the path, and find that few …")
    return ListView(
        asked=asked,
        page=page,
        facets=[Facet(TAGS[1], 31), Facet(TAGS[2], 7)],
        names={"small-models": "small models"},
        found={99: Found(title, snippet, ("Ada One",))},
    )


def nothing() -> ListView:
    """A list that nothing fits, with the words as they may have been meant."""
    asked = FeedQuery(words="lantren", period="all")
    page = Page(asked, (), cursor="", previous=None, next=None, byline="")
    return ListView(asked=asked, page=page, mended="lantern")


def comments() -> list[CommentView]:
    said = CommentView(
        1, None, "Ada", "ada", "shown", "", "<p>How many are enough?</p>", "", NOON, None,
        can_answer=True, can_report=True,
    )  # fmt: skip
    answer = replace(said, id=2, author="Ben", wrote_it=True, can_edit=True, can_delete=True)
    gone = [replace(said, id=3 + n, stands=state, html="", reason="It was an advertisement.")
            for n, state in enumerate(("held", "removed", "deleted", "muted"))]  # fmt: skip
    return [replace(said, answers=(replace(answer, edited_at=NOON),)), *gone]
