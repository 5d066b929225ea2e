"""The token of a place in an order, from which the next page goes on."""

import re
import struct
from dataclasses import dataclass

from django.utils.translation import gettext as _

from feeds.query import QueryError

# A score as its eight bytes, which are never those of an infinity or of what is no number; then
# the id and the rank. Whatever has this form is read, so that a description can tell it whole.
_FINITE = r"([0-689a-e][0-9a-f]{2}|[7f][0-9a-e][0-9a-f]|[7f]f[0-9a-e])[0-9a-f]{13}"
_COUNT = r"[1-9][0-9]{0,%d}"
FORM = rf"{_FINITE}-{_COUNT % 17}-{_COUNT % 8}"


@dataclass(frozen=True, slots=True)
class Place:
    """The last paper of a page: its stored score, its id, its rank from 1."""

    score: float
    paper_id: int
    rank: int


def write_cursor(place: Place) -> str:
    return f"{struct.pack('>d', place.score).hex()}-{place.paper_id}-{place.rank}"


def read_cursor(cursor: str) -> Place:
    """The place that the token names. Raises QueryError for a token that is none of ours."""
    if not re.fullmatch(FORM, cursor):
        raise QueryError(
            "cursor", _("cursor is not one that this site gave out; start without it.")
        )
    score, paper_id, rank = cursor.split("-")
    return Place(struct.unpack(">d", bytes.fromhex(score))[0], int(paper_id), int(rank))
