"""Curators keep the tags themselves: their names, what they mean, and that two are one."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from feeds.models import PaperTag, Tag, TagDenial, TagSplit
from feeds.tag_decisions import CURATOR, NoTag, tag_called
from feeds.tex.clean import strip_controls
from feeds.writing import lock_papers


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merging did: `moved` papers carry the other tag now, `both` had carried both."""

    tag: str
    into: str
    moved: int
    both: int


def change_tag(slug: str, *, name: str, description: str, kind: str, hidden: bool) -> None:
    """Writes what readers see of a tag; its address stays. Raises NoTag, ValueError."""
    name = " ".join(strip_controls(name).split())
    if not name:
        raise ValueError(_("A tag needs a name."))
    if kind not in Tag.Kind.values:
        raise ValueError(_("A kind is one of %(values)s.") % {"values": ", ".join(Tag.Kind.values)})
    changed = Tag.objects.filter(slug=slug, merged_into__isnull=True).update(
        name=name[:100],
        description=strip_controls(description).strip(),
        kind=kind,
        hidden=hidden,
    )
    if not changed:
        raise NoTag(_("No tag is called %(slug)s.") % {"slug": slug})


@transaction.atomic
def merge_tags(slug: str, into: str) -> Merged:
    """Makes one tag another: papers carry that one, the old name leads there, taggers follow.

    A curator's word on either holds for the one: a yes before a no, and both before a tagger's.
    `into` is a slug or a name. Raises NoTag where one is not known, ValueError where both are
    one already.
    """
    lock_papers()
    old, new = two_tags(slug, into)
    carried = PaperTag.objects.filter(tag=old)
    by_tagger = PaperTag.objects.filter(tag=new).exclude(tagger=CURATOR)
    replaced, _ = by_tagger.filter(_same_paper(carried.filter(tagger=CURATOR))).delete()
    both, _ = carried.filter(_same_paper(PaperTag.objects.filter(tag=new))).delete()
    moved = carried.update(tag=new, merged_from=Coalesce("merged_from", old.pk))
    _merge_denials(old, new)
    Tag.objects.filter(merged_into=old).update(merged_into=new)
    old.merged_into = new
    old.save(update_fields=["merged_into"])
    # Where the other is split, a worker looks at what came over.
    TagSplit.objects.filter(tag=new, undone_at__isnull=True).update(moved=0, ended_at=None)
    return Merged(old.slug, new.slug, moved - replaced, both + replaced)


@transaction.atomic
def part_tag(slug: str) -> None:
    """A merged tag stands for itself again, on the papers from which it came.

    Where a paper had carried both, it comes back as the paper is tagged anew. Where the other was
    split since, its parts are looked through too. Raises NoTag.
    """
    lock_papers()
    old = Tag.objects.filter(slug=slug, merged_into__isnull=False).first()
    if old is None:
        raise NoTag(_("%(slug)s is not merged into another tag.") % {"slug": slug})
    of_it = Q(names__contains=[slug]) | Q(tag=old.merged_into)
    splits = TagSplit.objects.filter(of_it, undone_at__isnull=True)
    if splits.filter(tag=old).exists():
        raise NoTag(_("%(name)s was split. Take that back instead.") % {"name": old.name})
    parts = Tag.objects.filter(part_of__split__in=splits)
    places = [tag for row in parts.values_list("pk", "merged_into") for tag in row if tag]
    for rows in (PaperTag.objects, TagDenial.objects):
        here = rows.filter(tag=old)
        came = rows.filter(Q(tag=old.merged_into) | Q(tag__in=places), merged_from=old.pk)
        free = came.filter(~_same_paper(here))
        if splits:
            once = free.order_by("paper", "id").distinct("paper")
            free.exclude(pk__in=once.values_list("pk", flat=True)).delete()
        free.update(tag=old, merged_from=None, split_from=None)
    for split in splits:
        split.names = [name for name in split.names if name != slug]
        split.save(update_fields=["names"])
    old.merged_into = None
    old.save(update_fields=["merged_into"])


def two_tags(slug: str, into: str) -> tuple[Tag, Tag]:
    """The tag of that slug and another, by slug or name. Raises NoTag, ValueError."""
    old = Tag.objects.filter(slug=slug, merged_into__isnull=True).first()
    if old is None:
        raise NoTag(_("No tag is called %(slug)s.") % {"slug": slug})
    new = tag_called(into)
    if old == new:
        raise ValueError(_("These are one tag already."))
    return old, new


def _merge_denials(old: Tag, new: Tag) -> None:
    denied = TagDenial.objects.filter(tag=new)
    of_old = TagDenial.objects.filter(tag=old)
    of_old.filter(_same_paper(denied)).delete()
    of_old.update(tag=new, merged_from=Coalesce("merged_from", old.pk))
    carried = PaperTag.objects.filter(tag=new)
    denied.filter(_same_paper(carried.filter(tagger=CURATOR))).delete()
    carried.filter(_same_paper(denied)).delete()


def _same_paper(rows: QuerySet[PaperTag] | QuerySet[TagDenial]) -> Exists:
    return Exists(rows.filter(paper=OuterRef("paper")))
