"""Lists as an outline (OPML 2.0), which feed readers take in all at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from feeds.syndication.xml import HEADER, element, fit, lines, start

CONTENT_TYPE = "text/x-opml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Outline:
    """A list by its title: where it is read as a feed and as a page; both addresses absolute."""

    title: str
    feed: str
    page: str


@dataclass(frozen=True, slots=True)
class Group:
    """Lists that stand together under a title."""

    title: str
    outlines: Sequence[Outline]


def render(title: str, groups: Sequence[Group]) -> bytes:
    """The groups as an OPML document in UTF-8; one without a list is left out."""
    body = "".join(_group(group) for group in groups if group.outlines)
    head = lines(element("title", title))
    whole = f'<opml version="2.0">\n<head>\n{head}</head>\n<body>\n{body}</body>\n</opml>\n'
    return f"{HEADER}{whole}".encode()


def _group(group: Group) -> str:
    rows, called = "".join(_line(one) for one in group.outlines), group.title
    return f"{start('outline', text=called, title=called)}\n{rows}</outline>\n"


def _line(one: Outline) -> str:
    called = one.title if fit(one.title).strip() else one.feed
    told = {"text": called, "title": called, "xmlUrl": one.feed, "htmlUrl": one.page}
    return f"{start('outline', type='rss', **told)}</outline>\n"
