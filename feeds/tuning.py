"""The order of papers by constants that a feed's curators set in place of the site's.

Stored scores are the site's, for all feeds alike. A tuned feed takes the first `DEPTH` papers of a
period as these scores have them, and orders those by its own constants: nothing is stored
for it, and an edition costs the same however many papers there are.
"""

from feeds.models import PaperStats
from feeds.models.paper import PaperQuerySet
from feeds.rankers.base import DEFAULTS, Constants
from feeds.scoring import score

DEPTH = 1000


def best_first(
    found: PaperQuerySet, order: str, constants: Constants, most: int
) -> list[tuple[int, float]]:
    """The ids of the best `most` of these papers with their scores, the best first.

    With constants other than the defaults: the best of the first `DEPTH`.
    """
    ranked = found.ranked(order)
    if constants == DEFAULTS:
        return list(ranked.values_list("pk", f"stats__{order}")[:most])
    rows = PaperStats.objects.filter(paper__in=ranked.values("pk")[:DEPTH])
    scored = [(row.paper_id, score(row, order, constants).value) for row in rows]
    return sorted(scored, key=standing_of)[:most]


def standing_of(scored: tuple[int, float]) -> tuple[float, int]:
    """What an id with its score is sorted by: equal scores stand in the order of arrival."""
    return -scored[1], scored[0]
