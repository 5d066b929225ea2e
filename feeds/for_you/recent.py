"""The papers of late as features: what stands against a reader's own, and what is ordered.

They are the same for all readers, so they are kept in Redis for the day, some 4 MB; papers that
came since are added.
"""

from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

from feeds.embedding import text_of
from feeds.for_you.features import Block, Features, Matter, features
from feeds.models import Paper, PaperTag, Tag
from feeds.rarity import known_rarity

MOST, LEAST = 2_000, 500
KEPT = 86_400  # seconds


def latest() -> list[int]:
    """The ids of the papers of the last `FOR_YOU_DAYS` days, the latest first: `MOST` at most, and
    `LEAST` however old.
    """
    rows = Paper.objects.visible().order_by("-stats__new", "id")
    told = list(rows.values_list("pk", "stats__listed_at")[:MOST])
    oldest = timezone.now() - timedelta(days=settings.FOR_YOU_DAYS)
    return [pk for place, (pk, at) in enumerate(told) if place < LEAST or at >= oldest]


def newest() -> int:
    """The id of the paper that was listed last, 0 where there is none."""
    rows = Paper.objects.visible().order_by("-stats__new", "id")
    return rows.values_list("pk", flat=True).first() or 0


def recent_block(ids: Collection[int]) -> Block:
    """The features of these papers and maybe of some more."""
    key, kept = f"for-you:recent:1:{timezone.now().date()}", Block.empty()
    with suppress(RedisError):
        kept = cache.get(key) or kept
    have = set(kept.papers)
    lacking = [paper for paper in ids if paper not in have]
    if not lacking:
        return kept
    many = len(have) + len(lacking) > 2 * MOST
    block = block_of(ids) if many else kept.with_more(block_of(lacking))
    with suppress(RedisError):
        cache.set(key, block, KEPT)
    return block


def block_of(ids: Collection[int]) -> Block:
    return Block.of(features_of(ids).items())


def features_of(ids: Collection[int]) -> dict[int, Features]:
    """The features of each of the papers that are shown."""
    known = known_rarity()
    return {paper: features(matter, known) for paper, matter in matters(ids)}


def matters(ids: Collection[int]) -> Iterator[tuple[int, Matter]]:
    tags: dict[int, list[str]] = {}
    carried = PaperTag.objects.filter(paper__in=ids, tag__hidden=False)
    topics = carried.exclude(tag__kind=Tag.Kind.CATEGORY)
    for paper, slug in topics.values_list("paper_id", "tag__slug"):
        tags.setdefault(paper, []).append(slug)
    rows = Paper.objects.visible().filter(pk__in=ids)
    for pk, title, abstract, authors in rows.values_list("pk", "title", "abstract", "author_keys"):
        yield pk, Matter(text_of(title, abstract), tuple(authors), tuple(tags.get(pk, ())))
