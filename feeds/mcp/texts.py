"""Papers and lists as Markdown for agents: what the site's own Markdown says, and why."""

from collections.abc import Iterable, Iterator, Sequence

from django.conf import settings
from django.utils import timezone

from feeds import reading
from feeds.asked import site_address
from feeds.discussion import CommentView, discussion
from feeds.exports.base import About, exports
from feeds.exports.markdown import words
from feeds.provenance import Word, provenance
from feeds.query import FeedQuery
from feeds.reading import Page
from feeds.records import GISTS_BY, PaperView, Score, TagView
from feeds.syndication.wording import title_words

_WHOSE = dict(
    zip(GISTS_BY, ("the curators", "a model", "a digest", "the abstract itself"), strict=True)
)


def list_text(page: Page, viewer: int | None) -> str:
    """The papers of a page in their order, and how to ask for those after it."""
    names = reading.names_in([page.query], viewer=viewer)
    title = title_words(page.query, names)
    if not page.papers:
        return f"# {words(title)}\n\nNo paper answers this. {_wider(page.query)}"
    text = papers_text(page.papers, title, page.query, said=page.said)
    return f"{text}\nMore: ask the same with cursor {page.cursor}\n" if page.cursor else text


def papers_text(
    papers: Sequence[PaperView], title: str, query: FeedQuery, said: tuple[str, ...] = ()
) -> str:
    home = site_address(f"/?{query}".rstrip("?"))
    about = About(title, settings.SITE_URL, home, said=said)
    return exports.get("md").render(papers, about).decode()


def whole_paper_text(paper: PaperView, viewer: int | None) -> str:
    """All that the paper's page says of it to the viewer."""
    return paper_text(paper, provenance(paper.id), viewer)


def paper_text(paper: PaperView, told: Sequence[Word], viewer: int | None) -> str:
    """The same, where it is known who told what."""
    said = discussion(paper.id, viewer=viewer, now=timezone.now()).in_order()
    comments = [one for one in said if one.stands == "shown"]
    about = About(paper.title, settings.SITE_URL, site_address(paper.path))
    page = exports.get("md").one(paper, about).decode().rstrip("\n")
    return "\n".join([page, *_more(paper, told, comments)]) + "\n"


def _more(paper: PaperView, told: Sequence[Word], comments: Sequence[CommentView]) -> Iterator[str]:
    if paper.gist:
        yield from _section("In short", [f"{words(paper.gist)} (by {_WHOSE[paper.gist_by]})"])
    yield from _section("Tags, by whom and why", map(_tag_words, paper.tags))
    yield from _section("Its score in each order", [_score_words(*one) for one in paper.scores])
    yield from _section(
        "Listed by",
        [
            f"{words(one.source)}, {one.date}, place {one.place}"
            + (f", {one.votes} votes" if one.votes is not None else "")
            for one in paper.listings
        ],
    )
    yield from _section("Versions", list(_versions(paper)))
    yield from _section("Who told what", [words(word.sentence) for word in told])
    yield from _section(
        "What readers say", [f"{words(one.author)}: {words(one.text)}" for one in comments]
    )


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    items = [f"- {line}" for line in lines]
    if items:
        yield from ("", f"## {title}", *items)


def _tag_words(tag: TagView) -> str:
    by = f", by {words(tag.tagger)}" if tag.tagger else ""
    why = f": {words(tag.why)}" if tag.why else ""
    return f"{words(tag.name)} ({tag.slug}){by}, {tag.confidence:.0%} sure{why}"


def _score_words(order: str, score: Score) -> str:
    """ "hot: 6.70 = votes, as log10 0.70 + time 6.00", without the parts that come to nothing."""
    signs = {True: "−", False: "+"}
    parts = " ".join(
        f"{signs[part.value < 0]} {words(part.label)} {abs(part.value):.3f}"
        for part in score.parts
        if abs(part.value) >= 0.0005
    )
    return f"{order}: {score.value:.3f} = {parts.removeprefix('+ ') or '0'}"


def _versions(paper: PaperView) -> Iterator[str]:
    for one in paper.versions:
        number = f"v{one.number}" if one.number else "a version"
        when = f", {one.submitted_at:%Y-%m-%d}" if one.submitted_at else ""
        gone = ", withdrawn" if one.withdrawn else ""
        yield f"{number}{when}{gone}{': ' + words(one.note) if one.note else ''}"


def _wider(query: FeedQuery) -> str:
    if query.date:
        return "Ask without a date for the latest, or with period=all for papers of all days."
    return "Ask with fewer terms, or other words."
