"""The token of a place in an order, from which the next page goes on."""

import base64
import json
import math
from dataclasses import astuple, dataclass

from feeds.query import QueryError


@dataclass(frozen=True, slots=True)
class Place:
    """The last paper of a page: its stored score, its id, its rank from 1."""

    score: float
    paper_id: int
    rank: int


def write_cursor(place: Place) -> str:
    text = json.dumps(astuple(place), separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> Place:
    """The place that the token names. Raises QueryError for a token that is none of ours."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        score, paper_id, rank = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        place = Place(float(score), int(paper_id), int(rank))
    except (ValueError, TypeError, OverflowError, RecursionError):
        place = Place(math.nan, 0, 0)
    if not (math.isfinite(place.score) and 0 < place.paper_id < 2**63 and 0 < place.rank < 2**31):
        raise QueryError("cursor", "cursor is not one that this site gave out; start without it.")
    return place
