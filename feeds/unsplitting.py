"""A splitting is taken back: the tag is one again, on the papers from which its parts came."""

import datetime as dt

from django.db import transaction
from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext as _

from feeds.models import PaperTag, Tag, TagDenial, TagSplit
from feeds.splitting import CannotSplit
from feeds.tag_decisions import CURATOR
from feeds.writing import lock_papers

_SAID = ("tagger", "why", "confidence")


@transaction.atomic
def undo_split(slug: str, now: dt.datetime) -> list[str]:
    """Takes the splitting of the tag back; the slugs of the parts that stay as tags.

    A part that it made goes with it, unless papers carry it or curators denied it by now. Where
    a paper had carried the tag and the part, the tag comes back as the paper is tagged anew.
    Raises CannotSplit.
    """
    lock_papers()
    split = TagSplit.objects.filter(tag__slug=slug, undone_at__isnull=True).first()
    if split is None:
        raise CannotSplit(_("It is not split any more."))
    split.undone_at = now
    split.save(update_fields=["undone_at"])
    home = _home(split)
    parts = list(split.parts.select_related("tag"))
    _return_papers(split, home, [part.tag for part in parts])
    _return_words(split, home)
    TagDenial.objects.filter(
        split_from=split.tag_id, tag__in=_places([part.tag for part in parts])
    ).delete()
    made = [part.tag_id for part in parts if part.made]
    used = [rows.filter(tag=OuterRef("pk")) for rows in (PaperTag.objects, TagDenial.objects)]
    unused = Tag.objects.filter(~Exists(used[0]), ~Exists(used[1]), pk__in=made, former=None)
    unused.filter(merged_into__isnull=True).delete()
    left = Tag.objects.filter(pk__in=[part.tag_id for part in parts])
    return list(left.values_list("slug", flat=True))


def _home(split: TagSplit) -> Tag:
    """The tag that its papers carry from now on: itself, or the one that it was merged into."""
    tag = split.tag
    if split.rest_id and tag.merged_into_id == split.rest_id:
        former = Tag.objects.filter(slug__in=split.names, merged_into=split.rest_id)
        former.exclude(pk=tag.pk).update(merged_into=tag)
        tag.merged_into = None
        tag.save(update_fields=["merged_into"])
    return tag.merged_into or tag


def _places(parts: list[Tag]) -> list[int]:
    """The ids of the parts, and of what they were merged into since."""
    return [pk for tag in parts for pk in (tag.pk, tag.merged_into_id) if pk]


def _return_papers(split: TagSplit, home: Tag, parts: list[Tag]) -> None:
    """Of several parts on a paper one becomes the tag, a curator's word before a tagger's."""
    rows = PaperTag.objects.filter(split_from=split.tag_id, tag__in=_places(parts))
    came = rows.exclude(tag=home)
    by_whom = came.annotate(machine=Case(When(tagger=CURATOR, then=0), default=1))
    once = by_whom.order_by("paper_id", "machine", "id").distinct("paper_id")
    came.exclude(pk__in=once.values("pk")).delete()
    came.filter(Exists(PaperTag.objects.filter(tag=home, paper=OuterRef("paper")))).delete()
    was = [tag.pk for tag in parts]
    other = Value(None if home.pk == split.tag_id else split.tag_id, BigIntegerField())
    came.update(
        tag=home,
        split_from=None,
        merged_from=Case(
            When(Q(merged_from__isnull=True) | Q(merged_from__in=was), then=other),
            default=F("merged_from"),
        ),
    )
    rows.update(split_from=None)


def _return_words(split: TagSplit, home: Tag) -> None:
    """What was chosen by hand has the reason again that it had before."""
    rows = PaperTag.objects.filter(tag=home, tagger=CURATOR)
    rows = rows.filter(paper__in=[one["paper"] for one in split.by_hand])
    said = {one["paper"]: one["said"] for one in split.by_hand}
    changed = list(rows)
    for row in changed:
        for name, value in zip(_SAID, said[row.paper_id], strict=True):
            setattr(row, name, value)
    PaperTag.objects.bulk_update(changed, _SAID)
