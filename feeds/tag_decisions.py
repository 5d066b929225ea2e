"""What curators say of tags on papers: a yes or a no, which outlives every tagging.

Each decision returns what was before, as JSON; `restore` brings that back.
"""

from typing import Any, TypedDict

from django.db import transaction
from django.utils.text import slugify

from feeds.models import PaperTag, Tag, TagDenial
from feeds.writing import lock_papers

CURATOR = "curator"


class Before(TypedDict):
    """How a paper stood to a tag: the columns of the row that it carried, if it did."""

    paper: int
    tag: str
    carried: list[Any] | None
    denied: bool


class NoTag(ValueError):
    """There is no such tag, or none can be called so; the text says what to do."""


@transaction.atomic
def give_tag(paper_id: int, name: str, *, who: str) -> Before:
    """The paper carries the tag from now on; one that is not known yet is made.

    `name` is a tag's name or slug, `who` the curator as readers may know them. Raises NoTag.
    """
    lock_papers()
    tag = _tag(name, make=True)
    before = _before(paper_id, tag)
    TagDenial.objects.filter(paper=paper_id, tag=tag).delete()
    PaperTag.objects.update_or_create(
        paper_id=paper_id,
        tag=tag,
        defaults={"tagger": CURATOR, "why": f"put there by {who}"[:300], "confidence": 1.0},
    )
    return before


@transaction.atomic
def deny_tag(paper_id: int, slug: str, *, by: int | None) -> Before:
    """The paper does not carry the tag from now on, whoever said so. Raises NoTag."""
    lock_papers()
    tag = _tag(slug)
    before = _before(paper_id, tag)
    PaperTag.objects.filter(paper=paper_id, tag=tag).delete()
    TagDenial.objects.update_or_create(paper_id=paper_id, tag=tag, defaults={"made_by_id": by})
    return before


@transaction.atomic
def restore(before: Before) -> None:
    """The paper stands to the tag as it did before a decision."""
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
        tagger, why, confidence = before["carried"]
        PaperTag.objects.create(**here, tagger=tagger, why=why, confidence=confidence)


def _before(paper_id: int, tag: Tag) -> Before:
    row = PaperTag.objects.filter(paper=paper_id, tag=tag).first()
    return Before(
        paper=paper_id,
        tag=tag.slug,
        carried=[row.tagger, row.why, row.confidence] if row else None,
        denied=TagDenial.objects.filter(paper=paper_id, tag=tag).exists(),
    )


def _tag(name: str, *, make: bool = False) -> Tag:
    plain = " ".join(name.split())
    known = Tag.objects.named([plain.lower(), slugify(plain)]).order_by("id").first()
    known = known or Tag.objects.shown().filter(name__iexact=plain).order_by("id").first()
    if known:
        return known
    slug = slugify(plain)[:80].strip("-")
    if not make or not slug:
        raise NoTag(f"No tag is called {plain[:100] or 'that'}.")
    return Tag.objects.get_or_create(
        slug=slug, defaults={"name": plain[:100], "kind": Tag.Kind.CURATOR}
    )[0]
