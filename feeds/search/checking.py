"""Does the index say what PostgreSQL says?"""

from collections.abc import Callable
from dataclasses import dataclass

import tantivy

from feeds import changes
from feeds.search.copies import PLACE, opened, place_of
from feeds.search.documents import batches, digests

BATCH = 5_000

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Differences:
    """Ids of papers that the index has not, has too many, or has as they are no more; `behind`
    counts those that changed since and that it has yet to take in.
    """

    papers: int
    missing: tuple[int, ...] = ()
    extra: tuple[int, ...] = ()
    other: tuple[int, ...] = ()
    behind: int = 0

    @property
    def none(self) -> bool:
        return not (self.missing or self.extra or self.other)


def differences(told: Progress = lambda _: None) -> Differences | None:
    """Compares every paper; what changed since the index's place is no difference. None where
    there is no index, or one that cannot be followed.
    """
    found = opened()
    place = place_of(found) if found else None
    if found is None or place is None:
        return None
    held = _held(found)
    wanted: dict[int, int] = {}
    done = 0
    for papers in batches(BATCH):
        wanted |= digests(papers)
        done += len(papers)
        told(done)
    since = changes.since(place)
    if since is None:
        return None
    moving = set(since.papers)
    both = held.keys() & wanted.keys()
    return Differences(
        papers=len(wanted),
        missing=_told(wanted.keys() - held.keys() - moving),
        extra=_told(held.keys() - wanted.keys() - moving),
        other=_told({one for one in both if held[one] != wanted[one]} - moving),
        behind=len(moving),
    )


def _held(found: tantivy.Searcher) -> dict[int, int]:
    """The digests in the index, by paper."""
    hits = found.search(tantivy.Query.all_query(), max(1, found.num_docs), count=False).hits
    addresses = [address for _, address in hits]
    papers = found.fast_field_values("paper", addresses)
    pairs = zip(papers, found.fast_field_values("digest", addresses), strict=True)
    return {int(paper): int(digest) for paper, digest in pairs if paper and digest is not None}


def _told(papers: set[int]) -> tuple[int, ...]:
    return tuple(sorted(papers - {PLACE}))
