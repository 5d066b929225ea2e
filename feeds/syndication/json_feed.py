"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from typing import Any

import orjson

from feeds.reading import Page
from feeds.records import PaperView
from feeds.syndication.channel import Channel, authors, content_html, tags, title

CONTENT_TYPE = "application/feed+json; charset=utf-8"


def render(page: Page, channel: Channel) -> bytes:
    """The page as a JSON Feed."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "description": channel.description,
        "home_page_url": channel.home,
        "feed_url": channel.here,
        "next_url": channel.following,
        "language": "en",
        "hubs": [{"type": "WebSub", "url": channel.hub}] if channel.hub else [],
    }
    items = [_item(paper, channel) for paper in page.papers]
    return orjson.dumps(_said(feed) | {"items": items})


def _item(paper: PaperView, channel: Channel) -> dict[str, Any]:
    permalink = channel.permalink(paper)
    item = {
        "id": permalink,
        "url": permalink,
        "external_url": paper.abstract_url,
        "title": title(paper),
        "summary": paper.marked_gist,
        "date_published": paper.listed_at,
        "date_modified": paper.changed_at,
        "authors": [{"name": author} for author in authors(paper)],
        "tags": [tag.name for tag in tags(paper)],
    }
    return _said(item) | {"content_html": content_html(paper)}


def _said(given: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known: an absent member says that, an empty one would be wrong."""
    return {name: value for name, value in given.items() if value not in ("", [])}
