"""The links around a list: other periods, topics, orders, and the way out of each filter."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from feeds.query import PERIODS, RELEVANCE, SORTS, FeedQuery
from feeds.records import Facet
from feeds.web.addresses import TRENDS, address, without_tag
from feeds.web.wording import neighbour_words, order_words, period_name
from feeds.wording import filter_words


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class TopicLink:
    """A topic with the number of papers that carry it: a link for it, and one against it."""

    name: str
    count: int
    with_it: str
    without_it: str
    chosen: bool


def period_links(query: FeedQuery) -> list[Link]:
    """The same question for a day, a week, a month, and for what trends of all days."""
    links = []
    for period in PERIODS:
        other = query.on(period, None if period == "all" else query.date)
        other = replace(other, sort="hot") if period == "all" else other
        current = period == query.period and (period != "all" or query.sort in TRENDS)
        links.append(Link(period_name(period), address(other), current))
    return links


def neighbour_link(query: FeedQuery, day: date | None) -> Link | None:
    """The edition beside this one that begins on `day`."""
    if day is None:
        return None
    return Link(neighbour_words(query, day), address(query.on(query.period, day)))


def filter_links(query: FeedQuery, names: Mapping[str, str]) -> list[Link]:
    """Each filter in words, linked to the list without it."""
    without = [replace(query, feed="")] if query.feed else []
    without += [replace(query, collection="")] if query.collection else []
    without += [replace(query, similar="")] if query.similar else []
    without += [without_tag(query, slug) for slug in (*query.tags, *query.without_tags)]
    without += [
        replace(query, authors=tuple(other for other in query.authors if other != author))
        for author in query.authors
    ]
    without += [replace(query, words="")] if query.words else []
    without += [
        replace(query, sources=tuple(other for other in query.sources if other != source))
        for source in query.sources
    ]
    without += [replace(query, has=())] if query.has else []
    words = filter_words(query, names)
    return [Link(text, address(rest)) for text, rest in zip(words, without, strict=True)]


def topic_links(query: FeedQuery, facets: list[Facet]) -> list[TopicLink]:
    """The list narrowed to each topic, or widened again where it is chosen already."""
    links = []
    for facet in facets:
        slug, bare = facet.tag.slug, without_tag(query, facet.tag.slug)
        chosen = slug in query.tags
        with_it = bare if chosen else replace(bare, tags=(*bare.tags, slug))
        without_it = replace(bare, without_tags=(*bare.without_tags, slug))
        links.append(
            TopicLink(facet.tag.name, facet.count, address(with_it), address(without_it), chosen)
        )
    return links


def order_links(query: FeedQuery) -> list[Link]:
    """Papers that are like one stand by closeness where others stand by what trends."""
    plain = {"hot": _("closest")} if query.similar else {}
    return [
        Link(
            plain.get(sort) or order_words(sort),
            address(replace(query, sort=sort)),
            sort == query.sort,
        )
        for sort in ((RELEVANCE, *SORTS) if query.words else SORTS)
    ]


def by_closeness(query: FeedQuery) -> bool:
    return bool(query.similar) and query.sort == FeedQuery().sort


def code_link(query: FeedQuery) -> Link:
    """Only papers with code, or all again."""
    chosen = "code" in query.has
    return Link(_("with code"), address(replace(query, has=() if chosen else ("code",))), chosen)
