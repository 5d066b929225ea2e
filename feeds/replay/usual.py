"""The usual activity of tags, as far as it was known at a moment."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from statistics import fmean

from feeds.replay.looks import Look

SPAN = timedelta(days=28)


def usual_votes(
    looks: Mapping[str, Sequence[Look]],
    tags: Mapping[str, Sequence[str]],
    arrivals: Sequence[tuple[datetime, str]],
    at: datetime,
) -> dict[str, float]:
    """For each tagged paper of the last `SPAN`: votes a day that its tags got, averaged.

    `arrivals` are (first seen, paper), sorted.
    """
    start = bisect_left(arrivals, (at - SPAN, ""))
    end = bisect_right(arrivals, at, key=lambda arrival: arrival[0])
    papers = [paper for _, paper in arrivals[start:end] if tags.get(paper)]
    activity: defaultdict[str, float] = defaultdict(float)
    for paper in papers:
        for tag in tags[paper]:
            activity[tag] += _known(looks[paper], at) / SPAN.days
    return {paper: fmean(activity[tag] for tag in tags[paper]) for paper in papers}


def _known(seen: Sequence[Look], at: datetime) -> int:
    return seen[bisect_right(seen, at, key=lambda look: look.at) - 1].votes
