"""What the taggers say, written onto papers."""

from collections.abc import Iterable

from feeds.models import PaperTag, Tag
from feeds.records import PaperRecord, TagRecord
from feeds.taggers.base import tags_of, text_taggers


def write_tags(papers: list[tuple[int, PaperRecord, bool]]) -> set[int]:
    """Tags papers, each given as (id, record, whether its text is new or changed).

    Adds what is missing. Where the text changed, tags that followed from the old one go, and
    those that follow still are given the new reason. Tags that anyone else put there stay.
    Returns the ids of the papers whose tags were added or taken off.
    """
    ids = {paper_id for paper_id, _, _ in papers}
    rewritten = {paper_id for paper_id, _, fresh in papers if fresh}
    present = list(PaperTag.objects.filter(paper__in=ids).select_related("tag"))
    carried = {(row.paper_id, row.tag.slug) for row in present}
    called: dict[tuple[int, str], TagRecord] = {}
    for paper_id, record, _ in papers:
        for tag in tags_of(record):
            called.setdefault((paper_id, tag.slug), tag)
    missing = {place: tag for place, tag in called.items() if place not in carried}
    by_text = text_taggers()
    derived = [row for row in present if row.paper_id in rewritten and row.tagger in by_text]
    stale = [row for row in derived if (row.paper_id, row.tag.slug) not in called]
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
    PaperTag.objects.bulk_update(changed, ["tagger", "why", "confidence"])


def _add(missing: dict[tuple[int, str], TagRecord]) -> None:
    ids = _tag_ids(missing.values())
    PaperTag.objects.bulk_create(
        [
            PaperTag(
                paper_id=paper_id,
                tag_id=ids[slug],
                tagger=tag.tagger,
                why=tag.why[:300],
                confidence=tag.confidence,
            )
            for (paper_id, slug), tag in missing.items()
        ],
        ignore_conflicts=True,
    )


def _tag_ids(tags: Iterable[TagRecord]) -> dict[str, int]:
    # In one order, so that two workers who add the same new tags wait, and do not deadlock.
    by_slug = {tag.slug: tag for tag in sorted(tags, key=lambda tag: tag.slug)}
    known = dict(Tag.objects.filter(slug__in=by_slug).values_list("slug", "id"))
    Tag.objects.bulk_create(
        [
            Tag(slug=tag.slug, name=tag.name[:100], kind=tag.kind, description=tag.description)
            for slug, tag in by_slug.items()
            if slug not in known
        ],
        ignore_conflicts=True,
    )
    return dict(Tag.objects.filter(slug__in=by_slug).values_list("slug", "id"))
