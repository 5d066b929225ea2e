"""RSS 2.0, with the whole abstract (content:encoded) and every author (dc:creator)."""

from email.utils import format_datetime
from html import escape

from feeds.answers import changed_at
from feeds.reading import Page
from feeds.records import PaperView
from feeds.syndication.channel import Channel, authors, content_html, tags, title
from feeds.syndication.xml import HEADER, element, lines

CONTENT_TYPE = "application/rss+xml; charset=utf-8"
MINUTES_TO_LIVE = "60"

_START = (
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/">\n<channel>\n'
)


def render(page: Page, channel: Channel) -> bytes:
    """The page as an RSS document in UTF-8."""
    items = "".join(_item(paper, channel) for paper in page.papers)
    return f"{HEADER}{_START}{_head(page, channel)}{items}</channel>\n</rss>\n".encode()


def _head(page: Page, channel: Channel) -> str:
    changed = changed_at(page)
    return lines(
        element("title", channel.title),
        element("link", channel.home),
        element("description", channel.description),
        element("language", "en"),
        element("lastBuildDate", format_datetime(changed)) if changed else "",
        element("generator", channel.name),
        element("ttl", MINUTES_TO_LIVE),
        _page_link("self", channel.here),
        _page_link("next", channel.following),
        element("atom:link", rel="hub", href=channel.hub) if channel.hub else "",
    )


def _page_link(rel: str, address: str) -> str:
    if not address:
        return ""
    return element("atom:link", rel=rel, href=address, type="application/rss+xml")


def _item(paper: PaperView, channel: Channel) -> str:
    permalink = channel.permalink(paper)
    told = lines(
        element("title", title(paper)),
        element("link", permalink),
        element("guid", permalink, isPermaLink="true"),
        element("pubDate", format_datetime(paper.listed_at)),
        *(element("dc:creator", author) for author in authors(paper)),
        *(element("category", tag.name) for tag in tags(paper)),
        element("description", escape(paper.marked_gist)) if paper.gist else "",
        element("content:encoded", content_html(paper)),
    )
    return f"<item>\n{told}</item>\n"
