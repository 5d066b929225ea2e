"""WebSub: a hub that the settings name is told when a public feed's edition is out, and tells
those who asked it to.

What is told is remembered for a while: told twice does no harm, and what a hub missed feed readers
find by asking.
"""

import logging
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache

from feeds.asked import Asked
from feeds.http import Refused, Unreachable, post
from feeds.lately import editions
from feeds.named import feed_named
from feeds.query import FeedQuery, QueryError
from feeds.reading import PAGE

LOOKS_BACK = timedelta(minutes=30)
REMEMBERED = 2 * 3600  # seconds
SECONDS = 10.0
PATHS = ("/feed.rss", "/feed.atom", "/feed.json")

logger = logging.getLogger(__name__)


def hub_of(question: Asked) -> str:
    """The hub that tells of what is new at the question's feeds; "" where none does: it is told
    of a feed as a whole alone."""
    whole = question == Asked(FeedQuery(feed=question.query.feed), "", PAGE)
    return settings.WEBSUB_HUB if whole and question.query.feed else ""


def tell_hub(now: datetime) -> None:
    """Tells the hub of the public editions that came out a moment ago; what fails is tried again
    at the next call."""
    if not settings.WEBSUB_HUB:
        return
    for out in editions(now - LOOKS_BACK):
        key = f"hub-told:{out.id}:{out.at.timestamp():.0f}"
        if _is_public(out.feed) and cache.add(key, 1, REMEMBERED) and not _tell(out.feed):
            cache.delete(key)


def _tell(feed: str) -> bool:
    """Whether the hub took it."""
    topics = [Asked(FeedQuery(feed=feed), "", PAGE).address(path) for path in PATHS]
    terms = [("hub.mode", "publish"), *(("hub.url", topic) for topic in topics)]
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    try:
        said = post(settings.WEBSUB_HUB, urlencode(terms).encode(), headers=kind, seconds=SECONDS)
    except (Refused, Unreachable) as reason:
        logger.warning("the hub was not told of %s: %s", feed, reason)
        return False
    if not 200 <= said.status < 300:
        logger.warning("the hub was not told of %s: it answered %s", feed, said.status)
        return False
    return True


def _is_public(feed: str) -> bool:
    try:
        return feed_named(feed, None).slug == feed
    except QueryError:
        return False
