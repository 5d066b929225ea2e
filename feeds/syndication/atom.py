"""Atom (RFC 4287)."""

from datetime import UTC, datetime

from feeds.answers import changed_at
from feeds.reading import Page
from feeds.records import PaperView
from feeds.syndication.channel import Channel, authors, content_html, tags, title
from feeds.syndication.xml import HEADER, element, lines

CONTENT_TYPE = "application/atom+xml; charset=utf-8"

# Atom wants a date of a feed without entries too.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def render(page: Page, channel: Channel) -> bytes:
    """The page as an Atom document in UTF-8."""
    entries = "".join(_entry(paper, channel) for paper in page.papers)
    start = '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">\n'
    return f"{HEADER}{start}{_head(page, channel)}{entries}</feed>\n".encode()


def _head(page: Page, channel: Channel) -> str:
    return lines(
        element("id", channel.id or channel.here),
        element("title", channel.title),
        element("subtitle", channel.description),
        element("updated", (changed_at(page) or _NEVER).isoformat()),
        _person("author", channel.name),
        element("generator", channel.name),
        element("link", rel="alternate", href=channel.home, type="text/html"),
        _page_link("self", channel.here),
        _page_link("next", channel.following),
        element("link", rel="hub", href=channel.hub) if channel.hub else "",
    )


def _page_link(rel: str, address: str) -> str:
    if not address:
        return ""
    return element("link", rel=rel, href=address, type="application/atom+xml")


def _entry(paper: PaperView, channel: Channel) -> str:
    permalink = channel.permalink(paper)
    told = lines(
        element("id", permalink),
        element("title", title(paper)),
        element("link", rel="alternate", href=permalink, type="text/html"),
        element("published", paper.listed_at.isoformat()),
        element("updated", paper.changed_at.isoformat()),
        *(_person("author", author) for author in authors(paper)),
        *(element("category", term=tag.slug, label=tag.name) for tag in tags(paper)),
        element("summary", paper.marked_gist) if paper.gist else "",
        element("content", content_html(paper), type="html"),
    )
    return f"<entry>\n{told}</entry>\n"


def _person(role: str, name: str) -> str:
    return f"<{role}>{element('name', name)}</{role}>"
