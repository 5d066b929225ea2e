"""A curator's word that digests read as one paper spoke of two works.

Both are told anew from their own digests. What each digest means by its title is noted as a
ruling, so that no later reading joins them again.
"""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from feeds.before import free_key
from feeds.carrying_tags import machines
from feeds.models import (
    Digest,
    Identifier,
    Joining,
    Listing,
    Paper,
    PaperStats,
    PaperTag,
    PaperVersion,
    Parting,
    Ruling,
)
from feeds.resolve import Name, own_key
from feeds.retelling import Told, Unreadable, names_of, telling, told_by
from feeds.scoring import rescore
from feeds.tex.clean import strip_controls
from feeds.writing import lock_papers

# Worse than anything a digest says: what it says takes their place.
_NEVER = datetime(9999, 1, 1, tzinfo=UTC)
_NOWHERE = 2**31 - 1


class CannotPart(ValueError):
    """The parting makes no sense; the text says why and what to do."""


@transaction.atomic
def part(
    paper_id: int, listings: Collection[int], *, by: int | None, why: str, now: datetime
) -> Parting:
    """Makes the digests of these listings speak of another work, a new paper.

    The paper keeps its votes, comments and former keys, and is what its remaining digests say.
    Raises CannotPart.
    """
    lock_papers()
    # Before the paper's row, as whoever votes holds it: else they would wait for each other.
    stats = PaperStats.objects.select_for_update().filter(paper=paper_id).first()
    paper = Paper.objects.visible().filter(pk=paper_id).first()
    if stats is None or paper is None:
        raise CannotPart(_("The paper is not shown any more."))
    if Joining.objects.filter(kept=paper, undone_at__isnull=True).exists():
        raise CannotPart(_("Other papers were joined to this one. Undo those joinings first."))
    leaving, staying = _told(paper, listings)
    other = _new_paper()
    parting = Parting.objects.create(
        paper=paper, other=other, why=strip_controls(why)[:300], made_by_id=by, made_at=now
    )
    _forget(paper, stats, {told.digest.pk for told in leaving})
    _separate(paper, other, leaving, staying)
    for told in (*staying, *leaving):
        told.write()
    return parting


def _told(paper: Paper, listings: Collection[int]) -> tuple[list[Told], list[Told]]:
    """What the leaving and the staying digests say of the paper.

    A listing stands for all that its source said on its day: also for a digest in whose place
    in the edition a later one stands.
    """
    rows = list(paper.listings.all())
    gone = {(row.source_id, row.date) for row in rows if row.pk in listings}
    if len(gone) in (0, len(rows)):
        raise CannotPart(_("Choose some of the digests, and leave at least one."))
    listed = {row.digest_id for row in rows}
    names = names_of([paper.pk])
    leaving: list[Told] = []
    staying: list[Told] = []
    for digest in telling(paper):
        told = _told_of(paper, digest, names)
        if not told.entries and digest.pk in listed:
            raise CannotPart(
                _("“%(digest)s” cannot be read again as naming it. A parting needs that.")
                % {"digest": digest}
            )
        side = leaving if (digest.source_id, digest.date) in gone else staying
        side.append(told)
    for _scheme, value in sorted(_ids(leaving) & _ids(staying)):
        raise CannotPart(
            _("Digests of both sides name %(value)s: that is one work.") % {"value": value}
        )
    return leaving, staying


def _told_of(paper: Paper, digest: Digest, names: Collection[Name]) -> Told:
    """What the digest says of the paper; nothing where it cannot be read any more."""
    try:
        return told_by(digest, names).of({paper.pk})
    except Unreadable:
        return Told(digest, ())


def _ids(told: Iterable[Told]) -> set[Name]:
    return {name for one in told for name in one.names if name[0] in ("arxiv", "doi")}


def _new_paper() -> Paper:
    """A paper that knows nothing yet; its key is settled when the other one has left it."""
    other = Paper.objects.create(key=f"parting-{timezone.now().timestamp():.6f}")
    stats = PaperStats(paper=other, listed_at=_NEVER, place=_NOWHERE)
    rescore(stats)
    stats.save()
    return other


def _separate(paper: Paper, other: Paper, leaving: list[Told], staying: list[Told]) -> None:
    _share_names(paper, other, leaving, staying)
    _share_keys(paper, other, leaving, staying)
    for told in leaving:
        Listing.objects.filter(paper=paper, digest=told.digest).delete()
    if not paper.arxiv_id:
        PaperVersion.objects.filter(paper=paper).update(paper=other)
    PaperTag.objects.filter(paper=paper, tagger__in=machines()).delete()
    for side, of in ((staying, paper), (leaving, other)):
        for told in side:
            for title in told.titles:
                Ruling.objects.update_or_create(
                    digest=told.digest, title=title, defaults={"paper": of}
                )


def _share_names(
    paper: Paper, other: Paper, leaving: Iterable[Told], staying: Iterable[Told]
) -> None:
    """Names that only the leaving digests say leave; a title that both say stays."""
    left = {name for told in leaving for name in told.names}
    left -= {name for told in staying for name in told.names}
    for scheme, value in left:
        Identifier.objects.filter(paper=paper, scheme=scheme, value=value).update(paper=other)


def _forget(paper: Paper, stats: PaperStats, digests: set[int]) -> None:
    """Empties the fields that these digests told, and the numbers that any digest told."""
    gone = [name for name, (digest_id, _) in paper.told.items() if digest_id in digests]
    for field in Paper._meta.concrete_fields:  # noqa: SLF001 (Django documents _meta)
        if field.name in gone:
            setattr(paper, field.name, None if field.null else field.get_default())
    if "authors" in gone:
        paper.author_keys = []
    paper.told = {name: told for name, told in paper.told.items() if name not in gone}
    stats.reported_votes, stats.comments = 0, 0
    stats.listed_at, stats.place = _NEVER, _NOWHERE
    stats.save()


def _share_keys(
    paper: Paper, other: Paper, leaving: Iterable[Told], staying: Iterable[Told]
) -> None:
    """The paper goes back to the key that it had before a leaving digest named its id."""
    if paper.key in {value for scheme, value in _ids(leaving) if scheme == "arxiv"}:
        paper.key = free_key(_former_key(paper, staying), paper)
    paper.save()
    records = [one.record for told in leaving for _, one in told.entries]
    given = [record.arxiv_id for record in records if record.arxiv_id]
    other.key = free_key(given[0] if given else own_key(records[0]), other)
    other.save()


def _former_key(paper: Paper, staying: Iterable[Told]) -> str:
    """Of its former keys the one that its digests call for, else the oldest, else a new one."""
    records = [one.record for told in staying for _, one in told.entries]
    called = [record.arxiv_id or own_key(record) for record in records]
    former = paper.identifiers.filter(scheme="key").order_by("id")
    keys = list(former.values_list("value", flat=True))
    return next((key for key in keys if key in called), (keys or called)[0])
