"""What curators say of tags on papers: a yes or a no, which outlives every tagging.

Each decision returns what was before, as JSON; `restore` brings that back.
"""

from typing import Any, NotRequired, TypedDict

from django.db import transaction
from django.db.models import Case, Exists, OuterRef, Q, When
from django.utils.text import slugify
from django.utils.translation import gettext as _

from feeds.models import PaperTag, Tag, TagDenial
from feeds.tex.clean import strip_controls
from feeds.writing import lock_papers

CURATOR = "curator"
_SAID = ("tagger", "why", "confidence", "merged_from", "split_from")


class Before(TypedDict):
    """How a paper stood to a tag: the columns of the row that it carried, if it did.

    `made` says that there was no such tag before.
    """

    paper: int
    tag: str
    carried: list[Any] | None
    denied: bool
    made: NotRequired[bool]


class NoTag(ValueError):
    """There is no such tag, or none can be called so; the text says what to do."""


@transaction.atomic
def give_tag(paper_id: int, name: str, *, who: str) -> Before:
    """The paper carries the tag from now on; one that is not known yet is made.

    `name` is a tag's name or slug, `who` the curator as readers may know them. Raises NoTag.
    """
    lock_papers()
    known = _known(name)
    tag = known or _made(name)
    before = _before(paper_id, tag)
    before["made"] = known is None
    TagDenial.objects.filter(paper=paper_id, tag=tag).delete()
    PaperTag.objects.update_or_create(
        paper_id=paper_id,
        tag=tag,
        defaults={
            "tagger": CURATOR,
            "why": f"put there by {who}"[:300],
            "confidence": 1.0,
            "merged_from": None,
            "split_from": None,
        },
    )
    return before


@transaction.atomic
def deny_tag(paper_id: int, slug: str, *, by: int | None) -> Before:
    """The paper does not carry the tag from now on, whoever said so. Raises NoTag."""
    lock_papers()
    tag = tag_called(slug)
    before = _before(paper_id, tag)
    PaperTag.objects.filter(paper=paper_id, tag=tag).delete()
    TagDenial.objects.update_or_create(paper_id=paper_id, tag=tag, defaults={"made_by_id": by})
    return before


@transaction.atomic
def restore(before: Before) -> None:
    """The paper stands to the tag as it did before a decision.

    A tag that the decision made goes, unless another paper carries it by now.
    """
    lock_papers()
    tag = Tag.objects.named([before["tag"]]).first()
    if tag is None:
        return
    here = {"paper_id": before["paper"], "tag": tag}
    PaperTag.objects.filter(**here).delete()
    TagDenial.objects.filter(**here).delete()
    if before["denied"]:
        TagDenial.objects.create(**here)
    if before["carried"]:
        said = dict(zip(_SAID, before["carried"], strict=False))
        PaperTag.objects.create(**here, **said)
    if before.get("made"):
        used = [rows.filter(tag=OuterRef("pk")) for rows in (PaperTag.objects, TagDenial.objects)]
        unused = Tag.objects.filter(~Exists(used[0]), ~Exists(used[1]), pk=tag.pk, former=None)
        unused.delete()


def stands(before: Before, *, carried: bool) -> bool:
    """Whether a curator's word is still the last: a yes where `carried`, else a no."""
    here = {"paper_id": before["paper"], "tag__in": Tag.objects.named([before["tag"]])}
    rows = PaperTag.objects.filter(tagger=CURATOR) if carried else TagDenial.objects.all()
    return rows.filter(**here).exists()


def tag_called(name: str) -> Tag:
    """The tag of that slug or name, or the one that it was merged into. Raises NoTag."""
    if found := _known(name):
        return found
    raise NoTag(_("No tag is called %(name)s.") % {"name": _plain(name)[:100] or "that"})


def _before(paper_id: int, tag: Tag) -> Before:
    row = PaperTag.objects.filter(paper=paper_id, tag=tag).first()
    return Before(
        paper=paper_id,
        tag=tag.slug,
        carried=[getattr(row, name) for name in _SAID] if row else None,
        denied=TagDenial.objects.filter(paper=paper_id, tag=tag).exists(),
    )


def _plain(name: str) -> str:
    return " ".join(strip_controls(name).split())


def _known(name: str) -> Tag | None:
    """A slug is meant before a name, a name that readers see before one that they do not."""
    plain = _plain(name)
    exactly = Q(slug__in=[plain.lower(), slugify(plain)])
    rows = Tag.objects.filter(exactly | Q(name__iexact=plain)).select_related("merged_into")
    in_order = ~exactly, Q(hidden=True) | Q(merged_into__isnull=False)
    found = rows.order_by(*(Case(When(one, then=1), default=0) for one in in_order), "id").first()
    return found and (found.merged_into or found)


def _made(name: str) -> Tag:
    plain = _plain(name)
    slug = slugify(plain)[:80].strip("-")
    if not slug:
        raise NoTag(_("A tag’s name needs a letter from a to z or a digit in it, for its address."))
    return Tag.objects.get_or_create(
        slug=slug, defaults={"name": plain[:100], "kind": Tag.Kind.CURATOR}
    )[0]
