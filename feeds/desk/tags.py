"""The tags as curators keep them: found, described, counted, and what a merging would do."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, IntegerField, OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feeds.models import PaperTag, Tag
from feeds.models.tag import TagQuerySet
from feeds.said_numbers import grouped
from feeds.tag_keeping import two_tags
from feeds.tex.clean import strip_controls

ON_A_PAGE = 50
MOST_COUNTED = 1_000

KINDS = Tag.Kind.choices
HIDDEN, MERGED = "hidden", "merged"


@dataclass(frozen=True, slots=True)
class TagLine:
    """A tag as its keepers see it.

    `papers` is counted up to `MOST_COUNTED`; `more` says that there are more. `into` and
    `into_slug` are of the tag that it was merged into, `former` the slugs merged into it.
    """

    slug: str
    name: str
    kind: str
    kind_label: str
    description: str
    hidden: bool
    papers: int
    more: bool
    into: str = ""
    into_slug: str = ""
    former: tuple[str, ...] = ()

    @property
    def carried_by(self) -> str:
        if not self.papers:
            return _("no paper")
        if self.more:
            return _("more than %(n)s papers") % {"n": grouped(self.papers)}
        said = ngettext("%(n)s paper", "%(n)s papers", self.papers)
        return said % {"n": grouped(self.papers)}


@dataclass(frozen=True, slots=True)
class Merging:
    """What a merging would do: `moved` papers would carry the other tag, `both` carry both.

    Both are counted up to `MOST_COUNTED`; `more` says that one of them is more.
    """

    tag: str
    into: str
    into_slug: str
    moved: int
    both: int
    more: bool


class _Count(Subquery):
    """So many rows does the query give."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def tags(find: str, which: str, after: int | None = None) -> tuple[list[TagLine], int | None]:
    """A page of tags by name, and the id after which the next one begins.

    `find` stands in their name, slug or description; `which` is a kind, "hidden", "merged", or
    "" for all.
    """
    rows = _found(strip_controls(find).strip()[:100], which)
    last = Tag.objects.filter(pk=after).first() if after is not None else None
    if last:
        rows = rows.filter(Q(name__gt=last.name) | Q(name=last.name, id__gt=last.pk))
    found = list(_counted(rows).order_by("name", "id")[: ON_A_PAGE + 1])
    shown = found[:ON_A_PAGE]
    return [_line(row) for row in shown], shown[-1].pk if len(found) > ON_A_PAGE else None


def tag(slug: str) -> TagLine | None:
    """The tag of that very slug."""
    row = _counted(Tag.objects.filter(slug=slug)).first()
    if row is None:
        return None
    former = Tag.objects.filter(merged_into=row).order_by("slug").values_list("slug", flat=True)
    return _line(row, tuple(former[:ON_A_PAGE]))


def merging(slug: str, into: str) -> Merging:
    """What the merging would do; nothing is changed. Raises NoTag, ValueError."""
    old, new = two_tags(slug, into)
    theirs = PaperTag.objects.filter(tag=new, paper=OuterRef("paper"))
    carried = PaperTag.objects.filter(tag=old)
    moved = carried.filter(~Exists(theirs))[: MOST_COUNTED + 1].count()
    both = carried.filter(Exists(theirs))[: MOST_COUNTED + 1].count()
    return Merging(
        old.name,
        new.name,
        new.slug,
        min(moved, MOST_COUNTED),
        min(both, MOST_COUNTED),
        max(moved, both) > MOST_COUNTED,
    )


def names(but: str) -> list[tuple[str, str]]:
    """Slug and name of what a tag may be merged into."""
    rows = Tag.objects.filter(merged_into__isnull=True).exclude(slug=but).order_by("name")
    return list(rows.values_list("slug", "name")[:MOST_COUNTED])


def _found(find: str, which: str) -> TagQuerySet:
    rows = Tag.objects.all()
    if which == MERGED:
        rows = rows.filter(merged_into__isnull=False)
    elif which == HIDDEN:
        rows = rows.filter(hidden=True)
    elif which:
        rows = rows.filter(kind=which, merged_into__isnull=True)
    if find:
        places = ("name", "slug", "description")
        rows = rows.filter(Q(*((f"{place}__icontains", find) for place in places), _connector=Q.OR))
    return rows


def _counted(rows: TagQuerySet) -> Any:
    papers = PaperTag.objects.filter(tag=OuterRef("pk")).values("pk")[: MOST_COUNTED + 1]
    return rows.annotate(
        papers=_Count(papers), into=F("merged_into__name"), into_slug=F("merged_into__slug")
    )


def _line(row: Any, former: tuple[str, ...] = ()) -> TagLine:
    return TagLine(
        row.slug,
        row.name,
        row.kind,
        row.get_kind_display(),
        row.description,
        row.hidden,
        min(row.papers, MOST_COUNTED),
        row.papers > MOST_COUNTED,
        row.into or "",
        row.into_slug or "",
        former,
    )
