"""What digests report of papers, taken into the narrow table of what changes often."""

from datetime import UTC, datetime, time

from django.utils import timezone

from feeds.batch import Entry
from feeds.copying import copy_rows, update_rows
from feeds.followers import followers
from feeds.models import PaperStats
from feeds.reported import keep_reports
from feeds.scoring import rescore
from feeds.usual import usual_votes

_STATS = ["votes", "reported_votes", "comments", "listed_at", "place", "first_votes", "usual_votes"]
_STATS += ["followers", "new", "top", "hot", "scaled", "rising", "rising_at", "rising_due"]
_REPORTED = [name for name in _STATS if name != "votes"]


def write_stats(entries: list[Entry]) -> set[int]:
    """Takes in what the digests report. Returns the papers whose numbers changed."""
    new = {entry.paper.id for entry in entries if entry.change == "new"}
    known = {entry.paper.id for entry in entries} - new
    rows = PaperStats.objects.select_for_update().order_by("paper_id").in_bulk(known)
    before = {paper_id: _reported(stats) for paper_id, stats in rows.items()}
    for entry in entries:
        _report(rows.setdefault(entry.paper.id, _first_stats(entry)), entry)
    added = [stats for paper_id, stats in rows.items() if paper_id not in before]
    moved = [stats for pk, stats in rows.items() if pk in before and before[pk] != _reported(stats)]
    now = timezone.now()
    usual, followed = usual_votes(new), followers(new, now)
    for stats in added:
        stats.usual_votes = usual.get(stats.paper_id)
        stats.followers = followed.get(stats.paper_id, 0)
    for stats in added + moved:
        rescore(stats, now)
    names = ["paper_id", *_STATS]
    copy_rows(PaperStats, names, (_values(stats, names) for stats in added))
    names = ["paper_id", *_REPORTED]
    update_rows(PaperStats, names, [_values(stats, names) for stats in moved])
    keep_reports(entries)
    return {stats.paper_id for stats in moved}


def _first_stats(entry: Entry) -> PaperStats:
    return PaperStats(
        paper_id=entry.paper.id,
        listed_at=_listed_at(entry),
        place=entry.place.position,
        first_votes=entry.record.votes or 0,
    )


def _reported(stats: PaperStats) -> tuple[object, ...]:
    return (
        stats.reported_votes,
        stats.comments,
        stats.listed_at,
        stats.place,
        stats.first_votes,
    )


def _report(stats: PaperStats, entry: Entry) -> None:
    stats.reported_votes = max(stats.reported_votes, entry.record.votes or 0)
    stats.comments = max(stats.comments, entry.record.comments or 0)
    # Of what the earliest digest said more than once the least: the votes that it came with.
    stats.listed_at, stats.first_votes = min(
        (stats.listed_at, stats.first_votes), (_listed_at(entry), entry.record.votes or 0)
    )
    stats.place = min(stats.place, entry.place.position)


def _listed_at(entry: Entry) -> datetime:
    """When the digest named the paper: its own word, else the first moment of its day."""
    said = entry.record.listed_at
    return said or datetime.combine(entry.place.digest.date, time.min, UTC)


def _values(stats: PaperStats, names: list[str]) -> list[object]:
    return [getattr(stats, name) for name in names]
