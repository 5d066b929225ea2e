"""What goes over when one paper is joined to another, and comes back when that is undone.

Votes and names move. Places, tags, versions, what readers keep and what feeds' curators decided
are copied: the absorbed paper's row keeps its own, as it was, and no output shows it. The callers
hold `lock_papers`.
"""

from collections.abc import Iterable

from django.db import connection
from django.utils import timezone

from feeds.before import as_it_is, free_key
from feeds.carrying_kept import copy_kept
from feeds.carrying_placings import copy_placings
from feeds.carrying_tags import copy_tags, tag_anew
from feeds.merging import absorb, tellers_of
from feeds.models import (
    Identifier,
    Joining,
    Listing,
    ListingBefore,
    Paper,
    PaperStats,
    PaperVersion,
    Vote,
)
from feeds.scoring import rescore

_PLACE = ("digest_id", "position", "votes", "comments")
_MOVE_VOTES = """
INSERT INTO feeds_joinedvote (joining_id, vote_id)
SELECT %(joining)s, theirs.id FROM feeds_vote AS theirs
WHERE theirs.paper_id = %(absorbed)s AND NOT EXISTS (
    SELECT FROM feeds_vote AS ours
    WHERE ours.paper_id = %(kept)s AND ours.user_id = theirs.user_id
)
"""


def take_in(joining: Joining) -> None:
    """Makes the kept paper both works, and notes in the joining what it was before."""
    stats = lock_stats(joining)
    kept, absorbed = joining.kept, joining.absorbed
    joining.taken_at, joining.absorbed_key = timezone.now(), absorbed.key
    joining.before = as_it_is(kept, stats[kept.pk])
    joining.names = _take_names(kept, absorbed)
    copy_tags(joining)
    copy_placings(joining)
    joining.before["kept"] = copy_kept(joining)
    joining.save()
    if {"title", "abstract"} & _take_fields(kept, absorbed, joining):
        tag_anew(kept)
    _copy_listings(joining)
    _copy_versions(kept, absorbed)
    _move_votes(joining)
    _take_numbers(stats[kept.pk], stats[absorbed.pk])
    count_votes(stats.values())


def lock_stats(joining: Joining) -> dict[int, PaperStats]:
    """The numbers of both papers, which no vote changes until the transaction's end."""
    ids = (joining.kept_id, joining.absorbed_id)
    rows = PaperStats.objects.filter(paper__in=ids).order_by("paper_id").select_for_update()
    stats = {row.paper_id: row for row in rows}
    joining.kept.refresh_from_db()
    joining.absorbed.refresh_from_db()
    return stats


def count_votes(rows: Iterable[PaperStats]) -> None:
    """Counts the readers' votes of these papers, and scores them anew."""
    for stats in rows:
        stats.votes = Vote.objects.counted().filter(paper=stats.paper_id).count()
        rescore(stats)
        stats.save()


def return_votes(joining: Joining) -> None:
    moved = Vote.objects.filter(joined__joining=joining, paper=joining.kept_id)
    moved.update(paper=joining.absorbed_id)
    joining.joined_votes.all().delete()


def return_names(joining: Joining) -> None:
    """Names that came over go back; those that came since go, and are told again."""
    here = Identifier.objects.filter(paper=joining.kept_id)
    here.filter(id__in=joining.names).update(paper=joining.absorbed_id)
    here.exclude(id__in=joining.before["names"]).delete()


def return_listings(joining: Joining, told_again: set[int], left: set[int]) -> None:
    """Each paper has its own places again, but for those of digests that are told again.

    Those of the digests in `left`, which came since and cannot be told again, stay.
    """
    Listing.objects.filter(paper=joining.absorbed_id, digest__in=told_again).delete()
    Listing.objects.filter(paper=joining.kept_id).exclude(digest__in=left).delete()
    own = joining.listings_before.exclude(digest__in=told_again)
    Listing.objects.bulk_create(
        [_place(row, joining.kept_id) for row in own], ignore_conflicts=True
    )
    joining.listings_before.all().delete()


def _take_names(kept: Paper, absorbed: Paper) -> list[int]:
    moved = list(absorbed.identifiers.values_list("id", flat=True))
    Identifier.objects.filter(id__in=moved).update(paper=kept)
    Identifier.objects.update_or_create(scheme="key", value=absorbed.key, defaults={"paper": kept})
    return moved


def _take_fields(kept: Paper, absorbed: Paper, joining: Joining) -> set[str]:
    """The fields that changed. The absorbed paper leaves its key; the kept one may move to it."""
    Paper.objects.filter(pk=absorbed.pk).update(
        key=f"joined-{joining.pk}", dropped_at=joining.taken_at
    )
    changed = absorb(kept, absorbed, tellers_of([kept, absorbed]))
    if kept.arxiv_id and kept.key != kept.arxiv_id:
        Identifier.objects.update_or_create(scheme="key", value=kept.key, defaults={"paper": kept})
        kept.key = free_key(kept.arxiv_id, kept)
    kept.save()
    return changed


def _copy_listings(joining: Joining) -> None:
    """Of two places in one source and day the better stays."""
    own = {(row.source_id, row.date): row for row in joining.kept.listings.all()}
    ListingBefore.objects.bulk_create([_before(row, joining) for row in own.values()])
    new, better = [], []
    for theirs in joining.absorbed.listings.all():
        ours = own.get((theirs.source_id, theirs.date))
        if ours is None:
            new.append(_place(theirs, joining.kept_id))
        elif theirs.position < ours.position:
            for name in _PLACE:
                setattr(ours, name, getattr(theirs, name))
            better.append(ours)
    Listing.objects.bulk_create(new)
    Listing.objects.bulk_update(better, ["digest", "position", "votes", "comments"])


def _place(row: Listing | ListingBefore, paper_id: int) -> Listing:
    values = {name: getattr(row, name) for name in _PLACE}
    return Listing(paper_id=paper_id, source_id=row.source_id, date=row.date, **values)


def _before(row: Listing, joining: Joining) -> ListingBefore:
    values = {name: getattr(row, name) for name in _PLACE}
    return ListingBefore(joining=joining, source_id=row.source_id, date=row.date, **values)


def _copy_versions(kept: Paper, absorbed: Paper) -> None:
    """Versions are of one arXiv paper: those of another are not this one's."""
    if kept.arxiv_id != absorbed.arxiv_id:
        return
    known = set(kept.versions.values_list("number", flat=True))
    PaperVersion.objects.bulk_create(
        PaperVersion(
            paper=kept,
            number=row.number,
            submitted_at=row.submitted_at,
            withdrawn=row.withdrawn,
            note=row.note,
        )
        for row in absorbed.versions.exclude(number__in=known)
    )


def _move_votes(joining: Joining) -> None:
    """A reader who voted for both has one vote; the other stays where it was given."""
    given = {"joining": joining.pk, "kept": joining.kept_id, "absorbed": joining.absorbed_id}
    with connection.cursor() as cursor:
        cursor.execute(_MOVE_VOTES, given)
    Vote.objects.filter(joined__joining=joining).update(paper=joining.kept_id)


def _take_numbers(kept: PaperStats, absorbed: PaperStats) -> None:
    kept.reported_votes = max(kept.reported_votes, absorbed.reported_votes)
    kept.comments = max(kept.comments, absorbed.comments)
    kept.listed_at, kept.first_votes = min(
        (kept.listed_at, kept.first_votes), (absorbed.listed_at, absorbed.first_votes)
    )
    kept.place = min(kept.place, absorbed.place)
