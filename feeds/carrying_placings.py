"""What feeds' curators decided of a paper goes over to the one that it is joined to.

It is copied where they decided nothing of that one; the absorbed paper's row keeps its own.
"""

from typing import Any

from feeds.models import Joining, PeriodPlacing, Placing


def copy_placings(joining: Joining) -> None:
    """Copies them, and notes in the joining's `before` which rows are copies."""
    kept, absorbed = joining.kept, joining.absorbed
    decided = kept.placings.values("feed")
    days = [
        Placing(paper=kept, feed_id=row.feed_id, made_by_id=row.made_by_id, **_decision(row))
        for row in absorbed.placings.exclude(feed__in=decided)
    ]
    joining.before["placings"] = [row.pk for row in Placing.objects.bulk_create(days)]
    known = {_edition(row) for row in kept.period_placings.all()}
    periods = [
        PeriodPlacing(
            paper=kept,
            feed_id=row.feed_id,
            period=row.period,
            made_by_id=row.made_by_id,
            **_decision(row),
        )
        for row in absorbed.period_placings.all()
        if _edition(row) not in known
    ]
    made = PeriodPlacing.objects.bulk_create(periods)
    joining.before["period_placings"] = [row.pk for row in made]


def return_placings(joining: Joining) -> None:
    """Takes the copies back; what curators changed since stays."""
    theirs = {row.feed_id: _decision(row) for row in joining.absorbed.placings.all()}
    copied = Placing.objects.filter(pk__in=joining.before["placings"])
    same = [row.pk for row in copied if theirs.get(row.feed_id) == _decision(row)]
    Placing.objects.filter(pk__in=same).delete()
    of_periods = {_edition(row): _decision(row) for row in joining.absorbed.period_placings.all()}
    # A joining that an older version made has none.
    found = PeriodPlacing.objects.filter(pk__in=joining.before.get("period_placings", []))
    alike = [row.pk for row in found if of_periods.get(_edition(row)) == _decision(row)]
    PeriodPlacing.objects.filter(pk__in=alike).delete()


def _decision(row: Placing | PeriodPlacing) -> dict[str, Any]:
    return {"verdict": row.verdict, "date": row.date, "pin": row.pin, "why": row.why}


def _edition(row: PeriodPlacing) -> tuple[object, ...]:
    return row.feed_id, row.period, row.date
