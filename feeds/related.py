"""Papers that share something with one: authors, code, data sets."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import F, QuerySet, Value

from feeds.authors import author_key
from feeds.models import Paper, PaperTag
from feeds.records import PaperView, TagView
from feeds.viewing import views

SHOWN = 5  # of each kind
ENDS = 3  # authors at each end of the line, who are those that a paper is known by
LOOKED_AT = 60
DATASETS = 3


@dataclass(frozen=True, slots=True)
class Related:
    """The latest papers of each kind, as the viewer sees them; one stands in one kind alone.

    `authors` are those of the paper whom its papers share, most shared first. `code` have the
    same repository, `datasets` speak of the same data, under its tag.
    """

    authors: tuple[str, ...] = ()
    by_authors: tuple[PaperView, ...] = ()
    code: tuple[PaperView, ...] = ()
    datasets: tuple[tuple[TagView, tuple[PaperView, ...]], ...] = ()

    @property
    def some(self) -> bool:
        return bool(self.by_authors or self.code or self.datasets)


def related(paper: PaperView, viewer: int | None = None) -> Related:
    """What shares something with the paper, in a few small queries."""
    shown = Paper.objects.visible().not_hidden_by(viewer).exclude(pk=paper.id)
    code = _latest(shown.filter(code_url=paper.code_url), SHOWN) if paper.code_url else []
    shared = _by_authors(paper, shown.exclude(pk__in=code))
    data = [tag for tag in paper.tags if tag.kind == "dataset"][:DATASETS]
    taken = {*code, *(one for one, _ in shared)}
    found = {tag.slug: _on(tag, shown.exclude(pk__in=taken)) for tag in data}
    ids = [*taken, *(one for papers in found.values() for one in papers)]
    told = {view.id: view for view in views(list(dict.fromkeys(ids)), "hot", viewer)}
    names = Counter(
        name for _, keys in shared for name in paper.authors if author_key(name) in keys
    )
    return Related(
        tuple(name for name, _ in names.most_common(ENDS)),
        _told([one for one, _ in shared], told),
        _told(code, told),
        tuple((tag, _told(found[tag.slug], told)) for tag in data if found[tag.slug]),
    )


def _by_authors(paper: PaperView, shown: "QuerySet[Paper]") -> list[tuple[int, set[str]]]:
    """The papers that share most authors, the latest of them first, with whom they share."""
    keys = [author_key(name) for name in paper.authors]
    ends = {key for key in (*keys[:ENDS], *keys[-ENDS:]) if key}
    if not ends:
        return []
    rows = _late(shown.filter(author_keys__overlap=sorted(ends)))
    found = [
        (pk, set(theirs) & set(keys))
        for pk, theirs in rows.values_list("pk", "author_keys")[:LOOKED_AT]
    ]
    return sorted(found, key=lambda one: -len(one[1]))[:SHOWN]


def _on(tag: TagView, shown: "QuerySet[Paper]") -> list[int]:
    carried = PaperTag.objects.filter(tag__slug=tag.slug, paper__in=shown)
    return list(carried.order_by("-paper").values_list("paper_id", flat=True)[:SHOWN])


def _latest(found: "QuerySet[Paper]", most: int) -> list[int]:
    return list(_late(found).values_list("pk", flat=True)[:most])


def _late(found: "QuerySet[Paper]") -> "QuerySet[Paper]":
    # A sum has no index: by the one of the keys paper after paper would be read.
    return found.annotate(_latest=F("pk") + Value(0)).order_by("-_latest")


def _told(ids: list[int], told: dict[int, PaperView]) -> tuple[PaperView, ...]:
    return tuple(told[one] for one in ids if one in told)
