"""Editions as a feed, an item each once its day is over: RSS, Atom, JSON Feed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape

import orjson

from feeds.syndication import atom, json_feed, rss
from feeds.syndication.xml import HEADER, element, lines


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition: where it is read, when its day was over, and the titles of what led it."""

    title: str
    link: str
    ended_at: datetime
    leading: Sequence[str]

    @property
    def content_html(self) -> str:
        return f"<ol>{''.join(f'<li>{escape(title)}</li>' for title in self.leading)}</ol>"


@dataclass(frozen=True, slots=True)
class Editions:
    """The latest editions, newest first. `name` is the site's, `home` the page that lists them."""

    name: str
    title: str
    home: str
    editions: Sequence[Edition]

    @property
    def description(self) -> str:
        return f"Each edition of {self.title}, once its day is over."


def _rss(told: Editions) -> bytes:
    here = f"{told.home}.rss"
    head = lines(
        element("title", told.title),
        element("link", told.home),
        element("description", told.description),
        element("language", "en"),
        element("atom:link", rel="self", href=here, type="application/rss+xml"),
    )
    items = "".join(_rss_item(one) for one in told.editions)
    start = '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">\n<channel>\n'
    return f"{HEADER}{start}{head}{items}</channel>\n</rss>\n".encode()


def _rss_item(one: Edition) -> str:
    said = lines(
        element("title", one.title),
        element("link", one.link),
        element("guid", one.link, isPermaLink="true"),
        element("pubDate", format_datetime(one.ended_at)),
        element("description", one.content_html),
    )
    return f"<item>\n{said}</item>\n"


def _atom(told: Editions) -> bytes:
    here = f"{told.home}.atom"
    never = datetime(1970, 1, 1, tzinfo=UTC)  # Atom wants a date of an empty feed too
    updated = max((one.ended_at for one in told.editions), default=never)
    head = lines(
        element("id", here),
        element("title", told.title),
        element("subtitle", told.description),
        element("updated", updated.isoformat()),
        f"<author>{element('name', told.name)}</author>",
        element("link", rel="alternate", href=told.home, type="text/html"),
        element("link", rel="self", href=here, type="application/atom+xml"),
    )
    entries = "".join(_atom_entry(one) for one in told.editions)
    start = '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">\n'
    return f"{HEADER}{start}{head}{entries}</feed>\n".encode()


def _atom_entry(one: Edition) -> str:
    said = lines(
        element("id", one.link),
        element("title", one.title),
        element("link", rel="alternate", href=one.link, type="text/html"),
        element("published", one.ended_at.isoformat()),
        element("updated", one.ended_at.isoformat()),
        element("content", one.content_html, type="html"),
    )
    return f"<entry>\n{said}</entry>\n"


def _json(told: Editions) -> bytes:
    items = [
        {
            "id": one.link,
            "url": one.link,
            "title": one.title,
            "date_published": one.ended_at,
            "content_html": one.content_html,
        }
        for one in told.editions
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": told.title,
        "description": told.description,
        "home_page_url": told.home,
        "feed_url": f"{told.home}.json",
        "language": "en",
        "items": items,
    }
    return orjson.dumps(feed)


@dataclass(frozen=True, slots=True)
class Format:
    """A format of such a feed: what it is called, how its address ends, and what writes it."""

    label: str
    ending: str
    content_type: str
    render: Callable[[Editions], bytes]

    @property
    def kind(self) -> str:
        """Its media type alone, as a page's links to it say."""
        return self.content_type.partition(";")[0]


FORMATS = (
    Format("RSS", "rss", rss.CONTENT_TYPE, _rss),
    Format("Atom", "atom", atom.CONTENT_TYPE, _atom),
    Format("JSON Feed", "json", json_feed.CONTENT_TYPE, _json),
)
