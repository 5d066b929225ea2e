"""A person as others see them: by the name that they chose, what they wrote, share and gave."""

from dataclasses import dataclass

from feeds.claimed import ClaimView, undecided, written_by
from feeds.collected import CollectionView, shared_by
from feeds.models import Paper, PenName, Submission
from feeds.records import PaperView
from feeds.standing import standing
from feeds.viewing import views

SHOWN = 50


@dataclass(frozen=True, slots=True)
class PersonView:
    """`collections` are those that everyone may read, `papers` those that they submitted and
    `written` those of which they are an author, both once accepted, the last first. `is_viewer`
    says that the viewer looks at their own page; `undecided` is for them alone."""

    name: str
    slug: str
    about: str
    written: tuple[PaperView, ...]
    undecided: tuple[ClaimView, ...]
    collections: tuple[CollectionView, ...]
    papers: tuple[PaperView, ...]
    is_viewer: bool


def person_named(slug: str, viewer: int | None = None) -> PersonView | None:
    """The person of that name; None where nobody goes by it, or the account is closed."""
    row = PenName.objects.filter(slug=slug, user__is_active=True).first()
    if row is None:
        return None
    return PersonView(
        name=row.name,
        slug=row.slug,
        about=row.about,
        written=_read_now(written_by(row.user_id), viewer),
        undecided=tuple(undecided(row.user_id)) if row.user_id == viewer else (),
        collections=tuple(shared_by(row.user_id, viewer)),
        papers=_submitted(row.user_id, viewer),
        is_viewer=row.user_id == viewer,
    )


def _submitted(person: int, viewer: int | None) -> tuple[PaperView, ...]:
    rows = Submission.objects.filter(made_by=person, state=Submission.State.ACCEPTED)
    rows = rows.filter(paper__isnull=False).order_by("-decided_at", "-id")
    ids = [paper for paper in rows.values_list("paper_id", flat=True)[:SHOWN] if paper]
    return _read_now(ids, viewer)


def _read_now(ids: list[int], viewer: int | None) -> tuple[PaperView, ...]:
    """The papers as which these are read now, in their order."""
    stands = standing(ids)
    shown = Paper.objects.visible().not_hidden_by(viewer).filter(pk__in=stands.values())
    seen = set(shown.values_list("pk", flat=True))
    now = dict.fromkeys(stands[paper] for paper in ids)
    return views([paper for paper in now if paper in seen], "hot", viewer)
