"""A person's lists, as a feed reader takes them: feeds, what they follow and keep, their mail."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from accounts import orders
from accounts.models import Subscription
from accounts.own_orders import addresses
from feeds import reading
from feeds.asked import Asked, Whose, site_address
from feeds.collected import collections_of
from feeds.followed import followed_by
from feeds.named import feeds_listed
from feeds.query import FOLLOWING, FOR_YOU, FeedQuery, QueryError, parse
from feeds.syndication.opml import Group, Outline
from feeds.syndication.wording import title_words
from feeds.web.addresses import address

MOST_ORDERS = 200
OWN, FEEDS, FOLLOWED, KEPT, BY_MAIL = "Your own", "Feeds", "Followed", "Kept", "By mail"


@dataclass(frozen=True, slots=True)
class OwnList:
    """`closed` says that only its person may read it: by a key, as a feed reader signs in to
    nothing."""

    group: str
    title: str
    query: FeedQuery
    closed: bool = False


def title() -> str:
    return f"{settings.SITE_NAME}: your lists"


def lists_of(person: int) -> list[OwnList]:
    """All of them, by group."""
    feeds, kept = feeds_listed(person), collections_of(person)
    closed = {feed.slug for feed in feeds if feed.private}
    closed_too = {one.slug for one in kept if one.private} | {FOLLOWING}

    def is_closed(query: FeedQuery) -> bool:
        own = query.feed in closed or query.collection in closed_too
        return own or query.sort == FOR_YOU

    return [
        OwnList(group, words, query, is_closed(query))
        for group, words, query in (
            (OWN, _("What you follow"), FeedQuery(collection=FOLLOWING, period="all", sort="new")),
            (OWN, _("For you"), FeedQuery(period="all", sort=FOR_YOU)),
            *((FEEDS, feed.name, FeedQuery(feed=feed.slug)) for feed in feeds),
            *_followed(person),
            *((KEPT, one.name, _of_collection(one.slug)) for one in kept),
            *_by_mail(person),
        )
    ]


def outlines(person: int, whose: Whose, path: str = "/feed.rss") -> list[Group]:
    """The lists by group, each with its address at `path`; without a key the open ones alone."""
    found = [one for one in lists_of(person) if whose.key or not one.closed]
    return [
        Group(name, [outline(one, whose, path) for one in found if one.group == name])
        for name in (OWN, FEEDS, FOLLOWED, KEPT, BY_MAIL)
    ]


def outline(one: OwnList, whose: Whose, path: str) -> Outline:
    asked = Asked(one.query, "", reading.PAGE)
    return Outline(one.title, asked.address(path, whose), site_address(address(one.query)))


def _of_collection(slug: str) -> FeedQuery:
    return FeedQuery(collection=slug, period="all", sort="new")


def _followed(person: int) -> Iterator[tuple[str, str, FeedQuery]]:
    queries = [one.query for one in followed_by(person)]
    names = reading.names_in(queries, viewer=person)
    for query in queries:
        yield FOLLOWED, title_words(query, names), query


def _by_mail(person: int) -> Iterator[tuple[str, str, FeedQuery]]:
    rows = Subscription.objects.of(addresses(person)).running().confirmed()[:MOST_ORDERS]
    for text in dict.fromkeys(row.query for row in rows):
        try:
            yield BY_MAIL, orders.what(text, reader=person), parse(text)
        except QueryError:
            continue
