"""The votes for a paper as a line and as a table, from what is known of them over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from feeds.said_numbers import grouped
from feeds.voted_over_time import Standing

WIDTH, HEIGHT = 600, 120
# More steps than this no eye tells apart.
MOST_STEPS = 200
MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class VotesDrawn:
    """`path` is a line of steps in a field of `WIDTH` by `HEIGHT`, from the first hour to the
    last; `rows` are the days on which the votes changed, each as it ended.
    """

    path: str
    first: Standing
    last: Standing
    rows: tuple[Standing, ...]
    cut: bool

    @property
    def in_words(self) -> str:
        """What the picture shows, for who does not see it."""
        said = _("The votes grew from %(first)s on %(first_day)s to %(last)s on %(last_day)s.")
        return said % {
            "first": grouped(self.first.votes),
            "first_day": date_format(self.first.at, "DAY"),
            "last": grouped(self.last.votes),
            "last_day": date_format(self.last.at, "DAY"),
        }

    @property
    def both(self) -> bool:
        """Whether there are votes of our readers and reported ones."""
        return bool(self.last.ours and self.last.reported)


def draw_votes(standings: Sequence[Standing]) -> VotesDrawn | None:
    """The drawing; None where the votes never changed after they were first seen."""
    if len(standings) < 2:
        return None
    days = {standing.at.date(): standing for standing in standings}
    rows = tuple(days.values())
    return VotesDrawn(
        path=_steps(_thinned(standings)),
        first=standings[0],
        last=standings[-1],
        rows=rows[-MOST_ROWS:],
        cut=len(rows) > MOST_ROWS,
    )


def _thinned(standings: Sequence[Standing]) -> list[Standing]:
    """At most `MOST_STEPS` of them, the first and the last among them."""
    every = -(-len(standings) // MOST_STEPS)
    kept = list(standings[::every])
    return kept if kept[-1] is standings[-1] else [*kept, standings[-1]]


def _steps(standings: Sequence[Standing]) -> str:
    """A path that stays level until the next hour with votes, and then rises or falls."""
    first, last = standings[0].at, standings[-1].at
    most = max(standing.votes for standing in standings) or 1
    span = (last - first).total_seconds()

    def across(at: datetime) -> float:
        return round((at - first).total_seconds() / span * WIDTH, 1)

    def up(votes: int) -> float:
        return round(HEIGHT - votes / most * (HEIGHT - 2) - 1, 1)

    moves = [f"M0 {up(standings[0].votes)}"]
    moves += [f"H{across(one.at)}V{up(one.votes)}" for one in standings[1:]]
    return "".join(moves)
