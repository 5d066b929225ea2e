"""Curators keep the tags themselves: their names, what they mean, and that two are one."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef

from feeds.models import PaperTag, Tag
from feeds.tag_decisions import NoTag
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
    if not name.strip():
        raise ValueError("A tag needs a name.")
    if kind not in Tag.Kind.values:
        raise ValueError(f"A kind is one of {', '.join(Tag.Kind.values)}.")
    changed = Tag.objects.filter(slug=slug, merged_into__isnull=True).update(
        name=name.strip()[:100], description=description.strip(), kind=kind, hidden=hidden
    )
    if not changed:
        raise NoTag(f"No tag is called {slug}.")


@transaction.atomic
def merge_tags(slug: str, into: str) -> Merged:
    """Makes one tag another: papers carry that one, the old name leads there, taggers follow.

    Raises NoTag where one is not known, ValueError where both are one already.
    """
    lock_papers()
    old, new = _shown(slug), _shown(into)
    if old == new:
        raise ValueError("These are one tag already.")
    carried = PaperTag.objects.filter(tag=old)
    new_ones = PaperTag.objects.filter(tag=new, paper=OuterRef("paper"))
    both, _ = carried.filter(Exists(new_ones)).delete()
    moved = carried.update(tag=new)
    Tag.objects.filter(merged_into=old).update(merged_into=new)
    old.merged_into = new
    old.save(update_fields=["merged_into"])
    return Merged(old.slug, new.slug, moved, both)


@transaction.atomic
def part_tag(slug: str) -> None:
    """A merged tag stands for itself again; papers carry it again as they are tagged anew."""
    if not Tag.objects.filter(slug=slug, merged_into__isnull=False).update(merged_into=None):
        raise NoTag(f"{slug} is not merged into another tag.")


def _shown(slug: str) -> Tag:
    tag = Tag.objects.select_for_update(of=("self",)).filter(slug=slug).first()
    if tag is None or tag.merged_into_id:
        raise NoTag(f"No tag is called {slug}.")
    return tag
