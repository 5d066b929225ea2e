"""A page of papers in an order, and the place at which the next one begins."""

from collections.abc import Sequence

from feeds.cursor import Place
from feeds.followed import best
from feeds.models.paper import PaperQuerySet
from feeds.pieces import Pieces

# In a cursor that only counts: the id of no paper, after which no list goes on.
NO_PAPER = 10**17
# And the score that is above all stored ones: where an order is gone, another begins.
FROM_THE_FIRST = 1e300

# Papers (ids) with their scores, where they are known.
Firsts = list[tuple[int, float]] | None


def ranked(
    pieces: list[PaperQuerySet],
    sort: str,
    place: Place | None,
    size: int,
    known: Firsts = None,
) -> tuple[list[int], Place | None]:
    """A page of the papers (ids) in the stored order, and its last place if there are more.

    `known` are the first `size` + 1 after the place, where they were found by another way.
    """
    rows = _firsts(pieces, sort, place, size + 1) if known is None else known
    ids = [paper for paper, _ in rows[:size]]
    if len(rows) <= size:
        return ids, None
    return ids, Place(rows[size - 1][1], ids[-1], before(place) + size)


def _firsts(
    pieces: list[PaperQuerySet], sort: str, place: Place | None, count: int
) -> list[tuple[int, float]]:
    if place:
        pieces = [found.after(sort, place.score, place.paper_id) for found in pieces]
    return list(best(pieces, sort, count).values_list("pk", f"stats__{sort}")[:count])


def in_order_of(
    pieces: list[PaperQuerySet],
    papers: tuple[int, ...],
    sort: str,
    place: Place | None,
    size: int,
) -> tuple[list[int], Place | None]:
    """A page of those of the papers (ids) that the question means, as they stand, and its last
    place if there are more.

    It goes on after the paper at which the page before ended, wherever that stands by now; and
    looks up no more papers than it takes to fill the page.
    """
    skipped, rest = before(place), papers
    if place and place.paper_id in papers:
        skipped, rest = 0, papers[papers.index(place.paper_id) + 1 :]
    meant = pieces if isinstance(pieces, Pieces) else Pieces(pieces)
    fitting: list[tuple[int, float]] = []
    while rest and len(fitting) <= skipped + size:
        step = max(2 * (skipped + size), len(fitting))
        fitting += _those_of(meant, rest[:step], sort)
        rest = rest[step:]
    here = fitting[skipped : skipped + size]
    ids = [paper for paper, _ in here]
    if len(fitting) <= skipped + size:
        return ids, None
    return ids, Place(here[-1][1], here[-1][0], before(place) + size)


def next_of(
    papers: tuple[int, ...], place: Place | None, size: int
) -> tuple[list[int], Place | None]:
    """A page of the papers, all of which are meant: whoever shows them leaves out what went."""
    start = before(place)
    if place and place.paper_id in papers:
        start = papers.index(place.paper_id) + 1
    ids = list(papers[start : start + size])
    if len(papers) <= start + size:
        return ids, None
    return ids, Place(FROM_THE_FIRST, ids[-1], before(place) + size)


def _those_of(pieces: Pieces, papers: Sequence[int], sort: str) -> list[tuple[int, float]]:
    """Those of the papers that the question means, in their order, with their stored scores."""
    scores = pieces.scores(papers, sort)
    return [(paper, scores[paper]) for paper in papers if paper in scores]


def before(place: Place | None) -> int:
    """How many papers stand before the page."""
    return place.rank if place else 0
