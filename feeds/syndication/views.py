"""A query in, a feed out."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from feeds import reading
from feeds.answers import changed_at, conditional, open_to_all, refused
from feeds.asked import ANYBODY, Asked, Whose, asked, site_address
from feeds.named import feeds_listed
from feeds.query import FeedQuery, QueryError
from feeds.reading import Page
from feeds.syndication import atom, json_feed, opml, rss
from feeds.syndication.channel import Channel
from feeds.syndication.opml import Group, Outline
from feeds.syndication.wording import title_words
from feeds.websub import hub_of

MOST = 50


@dataclass(frozen=True, slots=True)
class Format:
    """A format of feeds: what it is called, where it is, and what writes it."""

    label: str
    path: str
    content_type: str
    render: Callable[[Page, Channel], bytes]


FORMATS = (
    Format("RSS", "feed.rss", rss.CONTENT_TYPE, rss.render),
    Format("Atom", "feed.atom", atom.CONTENT_TYPE, atom.render),
    Format("JSON Feed", "feed.json", json_feed.CONTENT_TYPE, json_feed.render),
)


@open_to_all
@require_safe
def feed(request: HttpRequest, form: Format) -> HttpResponseBase:
    """The list that the query string asks for, at most 50 papers of it."""
    return answer(request, form, ANYBODY)


@open_to_all
@require_safe
def outline(request: HttpRequest) -> HttpResponseBase:
    """The latest edition and each public feed, for a feed reader to take in at once."""
    rows = [(settings.SITE_NAME, FeedQuery(), "/")]
    rows += [(feed.name, FeedQuery(feed=feed.slug), feed.path) for feed in feeds_listed(None)]
    lists = [
        Outline(name, Asked(query, "", reading.PAGE).address("/feed.rss"), site_address(path))
        for name, query, path in rows
    ]
    group = Group(settings.SITE_NAME, lists)
    return conditional(request, opml.render(settings.SITE_NAME, [group]), opml.CONTENT_TYPE)


def answer(request: HttpRequest, form: Format, whose: Whose) -> HttpResponseBase:
    """The same, as that reader may read it."""
    try:
        question = asked(request.GET, MOST)
        page = question.answer(whose.viewer)
    except QueryError as error:
        return refused(error)
    if page.query.feed != question.query.feed:  # it has another name by now
        renamed = replace(question, query=replace(question.query, feed=page.query.feed))
        return HttpResponsePermanentRedirect(renamed.address(f"/{form.path}", whose))
    body = form.render(page, _channel(question, page, f"/{form.path}", whose))
    return conditional(request, body, form.content_type, changed_at(page))


def _channel(question: Asked, page: Page, path: str, whose: Whose) -> Channel:
    names = reading.names_in([question.query], viewer=whose.viewer)
    words = title_words(question.query, names)
    about = f"{words}, with their abstracts, as {settings.SITE_NAME} lists them."
    following = question.following(page)
    return Channel(
        name=settings.SITE_NAME,
        title=f"{settings.SITE_NAME}: {words}",
        description=" ".join((about, *page.said)),
        site=settings.SITE_URL,
        home=site_address(f"/?{question.query}".rstrip("?")),
        here=question.address(path, whose),
        following=following.address(path, whose) if following else "",
        id=question.address(path, replace(whose, key="")),
        hub="" if whose.key else hub_of(question),
    )
