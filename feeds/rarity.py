"""How rare words are on this site, counted over its latest papers."""

from contextlib import suppress

from django.core.cache import cache
from redis.exceptions import RedisError

from feeds.embedding import text_of
from feeds.models import Paper
from feeds.weighing import Rarity, rarity

SAMPLE, SAMPLE_KEPT = 500, 3600  # papers, seconds


def known_rarity() -> Rarity:
    """Counted once an hour."""
    key = "rarity:2"
    with suppress(RedisError):
        kept: Rarity | None = cache.get(key)
        if kept is not None:
            return kept
    latest = Paper.objects.order_by("-id").values_list("title", "abstract")[:SAMPLE]
    found = rarity(text_of(title, abstract) for title, abstract in latest)
    with suppress(RedisError):
        cache.set(key, found, SAMPLE_KEPT)
    return found
