"""What the taggers say, written onto papers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from feeds.copying import copy_rows, update_rows
from feeds.models import PaperTag, Tag, TagDenial
from feeds.records import PaperRecord, TagRecord
from feeds.split_tags import Rule, rules
from feeds.taggers.base import Rank, orders, rank, tags_of, text_taggers

_Place = tuple[int, str]  # the paper's id, the tag's slug


_SAID = ["tagger", "why", "confidence", "merged_from", "split_from"]


class _Row(NamedTuple):
    """A tag that a paper carries."""

    id: int
    tagger: str
    why: str
    confidence: float
    merged_from: int | None
    split_from: int | None

    def rank(self, asked: Mapping[str, int]) -> Rank:
        return rank(self.tagger, self.why, self.confidence, asked)


class _Called(NamedTuple):
    """A tag that a paper calls for; where it goes by another name now, or was split, `merged_from`
    and `split_from` are ids of what it was.
    """

    tag: TagRecord
    merged_from: int | None
    split_from: int | None = None

    @property
    def said(self) -> tuple[str, str, float, int | None, int | None]:
        said = self.tag
        return said.tagger, said.why[:300], said.confidence, self.merged_from, self.split_from

    def rank(self, asked: Mapping[str, int]) -> Rank:
        return rank(self.tag.tagger, self.tag.why[:300], self.tag.confidence, asked)


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
    those that follow still are given the new reason. Of several reasons for one tag the one that
    ranks first stands, whichever was told first. Tags that anyone else put there stay.
    Returns the ids of the papers whose tags were added or taken off.
    """
    asked = orders()
    called = _called(papers, asked)
    known = {paper.paper_id for paper in papers if not paper.new}
    present = _present(known)
    kept_off = present.keys() | _denied(known)
    missing = {place: tag for place, tag in called.items() if place not in kept_off}
    rewritten = {paper.paper_id for paper in papers if paper.rewritten}
    by_text = text_taggers()
    derived = {
        place: row
        for place, row in present.items()
        if place[0] in rewritten and row.tagger in by_text
    }
    stale = {place: row.id for place, row in derived.items() if place not in called}
    if stale:
        PaperTag.objects.filter(id__in=stale.values()).delete()
    again = [(place, row, called[place]) for place, row in present.items() if place in called]
    first = {row: one for _, row, one in again if one.rank(asked) < row.rank(asked)}
    _renew(first | {row: one for place, row, one in again if place in derived})
    _add(missing)
    return {paper_id for paper_id, _ in missing} | {paper_id for paper_id, _ in stale}


def _called(papers: list[Tagged], asked: Mapping[str, int]) -> dict[_Place, _Called]:
    """The tags that the papers call for, under the names that they go by now."""
    rows = Tag.objects.filter(merged_into__isnull=False)
    merged = {
        slug: (now, tag_id)
        for slug, now, tag_id in rows.values_list("slug", "merged_into__slug", "id")
    }
    split = rules()
    called: dict[_Place, _Called] = {}
    for paper in papers:
        for slug, one in _named_now(paper, merged, split):
            other = called.setdefault((paper.paper_id, slug), one)
            if other is not one and one.rank(asked) < other.rank(asked):
                called[paper.paper_id, slug] = one
    return called


def _named_now(
    paper: Tagged, merged: Mapping[str, tuple[str, int]], split: Mapping[str, Rule]
) -> Iterator[tuple[str, _Called]]:
    """Each tag that the paper calls for, by the slug under which it is carried now."""
    for tag in tags_of(paper.record):
        slug, was = merged.get(tag.slug, (tag.slug, None))
        rule = split.get(tag.slug) or split.get(slug)
        record = paper.record
        parts = rule.parts_of(paper.paper_id, record.title, record.abstract) if rule else []
        if not rule or not parts:
            yield slug, _Called(tag, was)
            continue
        for part in parts:
            now, part_was = merged.get(part, (part, None))
            came = part_was if was in (None, rule.tag) else was
            yield now, _Called(tag, came, rule.tag)


def _denied(papers: set[int]) -> set[_Place]:
    """The tags that curators said the papers do not carry."""
    rows = TagDenial.objects.filter(paper__in=papers).values_list("paper_id", "tag__slug")
    return {(paper_id, slug) for paper_id, slug in rows} if papers else set()


def _present(papers: set[int]) -> dict[_Place, _Row]:
    """The tags that the papers carry."""
    rows = PaperTag.objects.filter(paper__in=papers).values_list(
        "paper_id", "tag__slug", "id", *_SAID
    )
    return {(row[0], row[1]): _Row(*row[2:]) for row in rows} if papers else {}


def _renew(called: dict[_Row, _Called]) -> None:
    changed = [(row.id, *one.said) for row, one in called.items() if row[1:] != one.said]
    update_rows(PaperTag, ["id", *_SAID], changed)


def _add(missing: dict[_Place, _Called]) -> None:
    ids = _tag_ids({slug: one.tag for (_, slug), one in missing.items()})
    copy_rows(
        PaperTag,
        ["paper_id", "tag_id", *_SAID],
        ((paper_id, ids[slug], *one.said) for (paper_id, slug), one in missing.items()),
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
