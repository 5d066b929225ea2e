"""Papers' words as weights, kept in Redis for the day: a page looks at those of 200 papers.

A day's weights are by how rare words were when they were made, which hardly changes in a day.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress

from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

from feeds.embedding import text_of
from feeds.models import Paper
from feeds.rarity import known_rarity
from feeds.weighing import packed, unpacked, weights

KEPT = 86_400  # seconds


def weighed(papers: Iterable[int]) -> dict[int, Mapping[int, float]]:
    """The weights of those of the papers (ids) that are shown, by the numbers of their terms."""
    rows = Paper.objects.visible().filter(pk__in=list(papers)).values_list("pk", "changed_at")
    begins = f"weighed:1:{timezone.now().date()}"
    keys = {pk: f"{begins}:{pk}:{changed.timestamp()}" for pk, changed in rows}
    kept: dict[str, bytes] = {}
    with suppress(RedisError):
        kept = cache.get_many(keys.values())
    lacking = [pk for pk, key in keys.items() if key not in kept]
    if lacking:
        new = {keys[pk]: told for pk, told in _made(lacking).items()}
        with suppress(RedisError):
            cache.set_many(new, KEPT)
        kept |= new
    return {pk: unpacked(kept[key]) for pk, key in keys.items() if key in kept}


def _made(papers: Iterable[int]) -> dict[int, bytes]:
    known = known_rarity()
    rows = Paper.objects.filter(pk__in=papers).values_list("pk", "title", "abstract")
    return {pk: packed(weights(text_of(*told), known)) for pk, *told in rows}
