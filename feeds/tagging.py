"""What the taggers say, written onto papers."""

from collections.abc import Iterable
from dataclasses import dataclass

from feeds.copying import copy_rows
from feeds.models import PaperTag, Tag
from feeds.records import PaperRecord, TagRecord
from feeds.taggers.base import tags_of, text_taggers

_Place = tuple[int, str]  # the paper's id, the tag's slug


@dataclass(frozen=True, slots=True)
class Tagged:
    """A paper to be tagged: whether it is new, and whether its text is new or changed."""

    paper_id: int
    record: PaperRecord
    new: bool = False
    rewritten: bool = False


def write_tags(papers: list[Tagged]) -> set[int]:
    """Tags papers, whose tags no one else is writing at the time.

    Adds what is missing. Where the text changed, tags that followed from the old one go, and
    those that follow still are given the new reason. Tags that anyone else put there stay.
    Returns the ids of the papers whose tags were added or taken off.
    """
    called: dict[_Place, TagRecord] = {}
    for paper in papers:
        for tag in tags_of(paper.record):
            called.setdefault((paper.paper_id, tag.slug), tag)
    new = {paper.paper_id for paper in papers if paper.new}
    known = {paper.paper_id for paper in papers} - new
    present = list(PaperTag.objects.filter(paper__in=known).select_related("tag")) if known else []
    carried = {(row.paper_id, row.tag.slug) for row in present}
    missing = {place: tag for place, tag in called.items() if place not in carried}
    rewritten = {paper.paper_id for paper in papers if paper.rewritten}
    by_text = text_taggers()
    derived = [row for row in present if row.paper_id in rewritten and row.tagger in by_text]
    stale = [row for row in derived if (row.paper_id, row.tag.slug) not in called]
    if stale:
        PaperTag.objects.filter(id__in=[row.id for row in stale]).delete()
    _renew((row, called.get((row.paper_id, row.tag.slug))) for row in derived)
    _add(missing)
    return {paper_id for paper_id, _ in missing} | {row.paper_id for row in stale}


def _renew(pairs: Iterable[tuple[PaperTag, TagRecord | None]]) -> None:
    changed: list[PaperTag] = []
    for row, tag in pairs:
        if tag is None:
            continue
        now = (tag.tagger, tag.why[:300], tag.confidence)
        if now != (row.tagger, row.why, row.confidence):
            row.tagger, row.why, row.confidence = now
            changed.append(row)
    if changed:
        PaperTag.objects.bulk_update(changed, ["tagger", "why", "confidence"], batch_size=500)


def _add(missing: dict[_Place, TagRecord]) -> None:
    ids = _tag_ids({tag.slug: tag for tag in missing.values()})
    copy_rows(
        PaperTag,
        ["paper_id", "tag_id", "tagger", "why", "confidence"],
        (
            (paper_id, ids[slug], tag.tagger, tag.why[:300], tag.confidence)
            for (paper_id, slug), tag in missing.items()
        ),
    )


def _tag_ids(tags: dict[str, TagRecord]) -> dict[str, int]:
    known = dict(Tag.objects.filter(slug__in=tags).values_list("slug", "id")) if tags else {}
    new = [tag for slug, tag in sorted(tags.items()) if slug not in known]
    if not new:
        return known
    Tag.objects.bulk_create(
        [
            Tag(slug=tag.slug, name=tag.name[:100], kind=tag.kind, description=tag.description)
            for tag in new
        ],
        ignore_conflicts=True,
    )
    return dict(Tag.objects.filter(slug__in=tags).values_list("slug", "id"))
