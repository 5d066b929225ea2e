"""Collections as they are read: whose they are, what is in them, and who may see that."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from feeds.models import Collection, CollectionEntry, Mark, Paper
from feeds.models.collection import CollectionQuerySet
from feeds.query import FOLLOWING, FeedQuery, NotThere
from feeds.records import PaperView
from feeds.shown_names import page_of, shown_name
from feeds.standing import standing
from feeds.viewing import views

ON_A_PAGE = 50
MOST_ENTRIES = 1000
MOST_COLLECTIONS = 100
MAIN = "Saved"


@dataclass(frozen=True, slots=True)
class CollectionView:
    """A collection as the viewer sees it; `mine` says that it is theirs. `main` is where "Save"
    puts papers; `by_path` leads to the page of its owner, if they have one."""

    id: int
    slug: str
    name: str
    description: str
    visibility: str
    by: str
    mine: bool
    main: bool
    holds: bool = False
    by_path: str = ""

    @property
    def path(self) -> str:
        return f"/c/{self.slug}"

    @property
    def private(self) -> bool:
        return self.visibility == Collection.Visibility.PRIVATE

    @property
    def listed(self) -> bool:
        return self.visibility == Collection.Visibility.PUBLIC


@dataclass(frozen=True, slots=True)
class EntryView:
    """A paper of a collection with its owner's note. `place` counts from 1."""

    paper: PaperView
    note: str
    place: int


class NoCollection(NotThere):
    """There is no such collection, or none that the viewer may know of: nobody learns which."""

    def __init__(self, slug: str) -> None:
        super().__init__("in", f"There is no collection called {slug}.")


def collection_named(slug: str, viewer: int | None) -> CollectionView:
    """The collection of that slug. Raises NoCollection."""
    row = Collection.objects.shown_to(viewer).filter(slug=slug).select_related("owner").first()
    if row is None:
        raise NoCollection(slug)
    return replace(_view(row, viewer, shown_name(row.owner)), by_path=page_of(row.owner_id))


def check_collection(query: FeedQuery, viewer: int | None) -> None:
    """Raises NotThere where the question names one that the viewer may not read."""
    if query.collection == FOLLOWING:
        if viewer is None:
            raise NotThere("in", _("Sign in to read what you follow."))
        return
    if query.collection and not _shown(query.collection, viewer).exists():
        raise NoCollection(query.collection)


def is_closed(query: FeedQuery) -> bool:
    """Whether the question names a collection that not everybody may read."""
    return bool(query.collection) and not _shown(query.collection, None).exists()


def collected(slug: str, viewer: int | None) -> list[int]:
    """The ids of the papers in it, as they are read now; none of one that is not the viewer's
    to read."""
    rows = CollectionEntry.objects.filter(collection__in=_shown(slug, viewer))
    ids = list(rows.order_by("place").values_list("paper_id", flat=True)[:MOST_ENTRIES])
    return list(dict.fromkeys(standing(ids).values()))


def collections_of(person: int, paper: int | None = None) -> list[CollectionView]:
    """The person's own, by name; with a paper, each says whether it holds that one."""
    rows = Collection.objects.filter(owner=person).select_related("owner")
    found = list(rows.order_by("-main", "name", "id")[:MOST_COLLECTIONS])
    holding = CollectionEntry.objects.filter(collection__in=found, paper=paper) if paper else None
    holds = set(holding.values_list("collection_id", flat=True)) if holding is not None else set()
    name = shown_name(found[0].owner) if found else ""
    return [_view(row, person, name, holds=row.pk in holds) for row in found]


def shared_by(person: int, viewer: int | None) -> list[CollectionView]:
    """Those of the person that everyone may read, by name."""
    rows = Collection.objects.filter(owner=person, visibility=Collection.Visibility.PUBLIC)
    found = list(rows.select_related("owner").order_by("name", "id")[:MOST_COLLECTIONS])
    name = shown_name(found[0].owner) if found else ""
    return [_view(row, viewer, name) for row in found]


def entries(
    collection: CollectionView, viewer: int | None, start: int = 0
) -> tuple[tuple[EntryView, ...], int | None]:
    """A page of its papers in its owner's order, and where the next page starts."""
    rows = CollectionEntry.objects.filter(collection=collection.id).order_by("place", "id")
    notes = dict(rows.values_list("paper_id", "note")[:MOST_ENTRIES])
    stands = standing(notes)
    shown = Paper.objects.visible().not_hidden_by(viewer).filter(pk__in=stands.values())
    seen = set(shown.values_list("pk", flat=True))
    ids = [paper for paper in dict.fromkeys(stands.values()) if paper in seen]
    words = {stands[paper]: note for paper, note in notes.items() if note}
    here = ids[start : start + ON_A_PAGE]
    papers = views(here, "hot", viewer, start)
    page = tuple(EntryView(paper, words.get(paper.id, ""), paper.rank) for paper in papers)
    return page, start + ON_A_PAGE if len(ids) > start + ON_A_PAGE else None


def hidden_by(person: int) -> tuple[PaperView, ...]:
    """The papers that the person hid last."""
    rows = Mark.objects.filter(user=person, hidden_at__isnull=False).order_by("-hidden_at")
    ids = list(rows.values_list("paper_id", flat=True)[:ON_A_PAGE])
    return views(ids, "hot", person)


def collection_names(slugs: Iterable[str], viewer: int | None) -> dict[str, str]:
    """The names of those that the viewer may read, by their slugs."""
    rows = Collection.objects.shown_to(viewer).filter(slug__in=list(slugs))
    return dict(rows.values_list("slug", "name"))


def _shown(slug: str, viewer: int | None) -> CollectionQuerySet:
    return Collection.objects.shown_to(viewer).filter(slug=slug)


def _view(row: Collection, viewer: int | None, name: str, *, holds: bool = False) -> CollectionView:
    return CollectionView(
        id=row.pk,
        slug=row.slug,
        name=row.name,
        description=row.description,
        visibility=row.visibility,
        by=name,
        mine=row.owner_id == viewer,
        main=row.main,
        holds=holds,
    )
