"""Everything that a monitor is told, on one page for admins."""

from collections import Counter

import redis
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from config.counting import Count, Field, counted, known
from feeds.desk import sources
from feeds.vitals.base import examine
from feeds.web.desk.staff import for_admins


@require_safe
@for_admins
def health(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    looked = examine(now)
    shown = {
        "at": now,
        "ailing": [one for one in looked if one.ails],
        "looked": [one for one in looked if one.name != "sources"],
        "sources": [line for line in sources.all_sources(now) if line.ails],
        "tallies": _tallies(),
    }
    return render(request, "desk/health.html", shown)


def _tallies() -> list[tuple[str, list[tuple[str, int]]]]:
    """What was counted since Redis began, by what came of it; none where Redis is away."""
    try:
        counts = counted()
    except redis.RedisError:
        return []
    tallied = ((kind.about, _by_outcome(kind, counts)) for kind in known())
    return [(about, sums) for about, sums in tallied if sums]


def _by_outcome(kind: Count, counts: dict[Field, float]) -> list[tuple[str, int]]:
    """The last label of each kind says what came of it."""
    sums: Counter[str] = Counter()
    place = len(kind.labels)
    for field, n in counts.items():
        if field[0] == kind.name and field[-1] != "sum":
            sums[field[place]] += int(n)
    return sorted(sums.items())
