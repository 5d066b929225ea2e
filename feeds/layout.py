"""A place in the plane for each of some papers, so that like ones stand near each other.

Principal components give the first places, a few rounds draw each paper to those most like it,
and then all are pushed apart until none covers another. No chance is in it: the same papers
have the same places.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST = 200  # papers that can be told apart
NEIGHBOURS, ROUNDS, PULL = 4, 12, 0.12
STEPS = 40  # towards each principal component
PUSHES = 400

Places = NDArray[np.float64]  # a row each, of two columns


@dataclass(frozen=True, slots=True)
class Spot:
    x: float
    y: float


def laid_out(
    vectors: Sequence[Sequence[float]], width: float, height: float, apart: float
) -> list[Spot]:
    """A spot for each vector, `apart` from every other and from the edges of the area.

    `vectors` are of one length and finite. Raises ValueError where they have no room.
    """
    count = len(vectors)
    columns, rows = int(width // apart), int(height // apart)
    if count > columns * rows:
        raise ValueError(f"{count} papers have no room in {width:g} by {height:g}.")
    if count == 0:
        return []
    given = np.asarray(vectors, dtype=np.float64)
    places = _principal(given)
    likeness = given @ given.T
    np.fill_diagonal(likeness, -np.inf)
    if count > NEIGHBOURS:
        near = np.argsort(-likeness, axis=1, kind="stable")[:, :NEIGHBOURS]
        for _ in range(ROUNDS):
            places = places + PULL * (places[near].mean(axis=1) - places)
    places = _spread(places)
    low = np.array([apart / 2, apart / 2])
    size = np.array([width - apart, height - apart])
    spots = _pushed_apart(low + places * size, low, low + size, apart)
    if spots is None:
        spots = _gridded(low + places * size, columns, rows, (width / columns, height / rows))
    return [Spot(round(float(x), 2), round(float(y), 2)) for x, y in spots]


def _principal(given: Places) -> Places:
    """The two directions in which the vectors differ most, by repeated multiplication: exact
    enough for a picture, and many times faster than a whole decomposition where cores are few.
    """
    centred = given - given.mean(axis=0)
    places = np.zeros((len(given), 2))
    for axis in range(2):
        # Where it starts decides the sign, so that no two runs are mirrored.
        direction = np.cos(np.arange(centred.shape[1]) + 1.0)
        for _ in range(STEPS):
            turned = centred.T @ (centred @ direction)
            length = np.linalg.norm(turned)
            if length < 1e-12:
                return places
            direction = turned / length
        places[:, axis] = centred @ direction
        centred = centred - np.outer(places[:, axis], direction)
    return places


def _spread(places: Places) -> Places:
    """Into the unit square: half by value, half by rank, so that a crowd gets room and a loner
    stays apart.
    """
    count = len(places)
    low, span = places.min(axis=0), np.ptp(places, axis=0)
    by_value = np.where(span > 1e-9, (places - low) / np.where(span > 1e-9, span, 1.0), 0.5)
    ranks = np.argsort(np.argsort(places, axis=0, kind="stable"), axis=0, kind="stable")
    by_rank = (ranks + 0.5) / count
    spread: Places = (by_value + by_rank) / 2
    return spread


def _pushed_apart(spots: Places, low: Places, high: Places, apart: float) -> Places | None:
    """Each pair that is too near moves half of what is missing, away from each other; None where
    some are still too near after many rounds.
    """
    count, wanted = len(spots), apart * 1.02
    # Papers on one spot part in directions that follow from their number.
    angles = 2.399963 * np.arange(count)
    spots = spots + 1e-3 * apart * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    for _ in range(PUSHES):
        spots = np.clip(spots, low, high)
        away = spots[:, None, :] - spots[None, :, :]
        far = np.sqrt((away**2).sum(axis=2))
        np.fill_diagonal(far, np.inf)
        if far.min(initial=np.inf) >= apart:
            return spots
        missing = np.clip(wanted - far, 0, None)
        push = (away / np.maximum(far, 1e-9)[:, :, None] * missing[:, :, None]).sum(axis=1) / 2
        spots = spots + push
    return None


def _gridded(spots: Places, columns: int, rows: int, cell: tuple[float, float]) -> Places:
    """Each on the nearest free crossing of a grid, in the order in which they stand."""
    across, down = np.meshgrid(np.arange(columns) + 0.5, np.arange(rows) + 0.5)
    free = np.stack([across.ravel() * cell[0], down.ravel() * cell[1]], axis=1)
    found = np.zeros_like(spots)
    for place, spot in enumerate(spots):
        nearest = int(np.argmin(((free - spot) ** 2).sum(axis=1)))
        found[place] = free[nearest]
        free[nearest] = np.inf
    return found
