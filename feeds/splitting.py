"""A curator splits a tag that is several: its papers carry the part that their words name.

The parts are told by phrases in title and abstract, or by the curator's hand. What curators said
of the tag holds for each part that a paper goes to: a yes is a yes to it, a no is a no to all.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from feeds.models import Paper, PaperTag, SplitPart, Tag, TagDenial, TagSplit
from feeds.split_tags import Part, Rule, rule_of, usable
from feeds.tag_decisions import CURATOR, NoTag
from feeds.tex.clean import strip_controls
from feeds.writing import lock_papers

MOST_PARTS = 8
MOST_PHRASES = 30
LONGEST = 100
BATCH = 500  # papers that are moved at once, while no others are written


class CannotSplit(ValueError):
    """The splitting makes no sense; the text says why and what to do. `part` counts from 0."""

    def __init__(self, message: str, part: int | None = None) -> None:
        self.part = part
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A part as the curator names it: a new tag, or one that is known."""

    name: str
    phrases: tuple[str, ...]

    @property
    def slug(self) -> str:
        return slugify(self.name)[:80].strip("-")


@dataclass(frozen=True, slots=True)
class Splitting:
    """What is asked for. `rest` is the place of the part to which the tag's name is to lead, None
    where the tag stays; `by_hand` the part's place for papers that no phrase decides.
    """

    parts: Sequence[Wanted]
    rest: int | None = None
    by_hand: Mapping[int, int] = field(default_factory=dict)


@transaction.atomic
def split_tag(slug: str, asked: Splitting, *, by: int | None, who: str, now: dt.datetime) -> int:
    """Splits the tag; the split's id. Its first papers are moved; `move_on` moves the others.

    `who` is the curator as readers may know them. Raises NoTag, CannotSplit.
    """
    lock_papers()
    tag = check(slug, asked)
    names = [tag.slug, *tag.former.values_list("slug", flat=True)]
    split = TagSplit.objects.create(tag=tag, names=names, made_by_id=by, made_at=now)
    tags = [_part(split, tag, one) for one in asked.parts]
    if asked.rest is not None:
        split.rest = tags[asked.rest]
        Tag.objects.filter(merged_into=tag).update(merged_into=split.rest)
        Tag.objects.filter(pk=tag.pk).update(merged_into=split.rest)
    split.by_hand = _by_hand(tag, asked.by_hand, tags)
    split.save(update_fields=["rest", "by_hand"])
    _give_by_hand(split, who)
    _copy_denials(tag, tags)
    _move(split, now)
    return split.pk


def move_on(split_id: int, now: dt.datetime) -> None:
    """Moves the papers of a split that still wait for it, a batch at a time."""
    while True:
        with transaction.atomic():
            lock_papers()
            split = TagSplit.objects.filter(
                pk=split_id, ended_at__isnull=True, undone_at__isnull=True
            ).first()
            if split is None:
                return
            _move(split, now)


def unmoved(now: dt.datetime) -> list[int]:
    """The splits whose papers are not all moved yet, though they should be."""
    late = TagSplit.objects.filter(ended_at__isnull=True, undone_at__isnull=True)
    return list(late.filter(made_at__lt=now - dt.timedelta(minutes=2)).values_list("pk", flat=True))


def check(slug: str, asked: Splitting) -> Tag:
    """The tag that is to be split. Raises NoTag, CannotSplit."""
    tag = Tag.objects.filter(slug=slug, merged_into__isnull=True).first()
    if tag is None:
        raise NoTag(_("No tag is called %(slug)s.") % {"slug": slug})
    standing = TagSplit.objects.filter(undone_at__isnull=True)
    if standing.filter(tag=tag).exists():
        raise CannotSplit(_("It is split already. Take that back first."))
    if standing.filter(parts__tag=tag).exists():
        raise CannotSplit(_("It is a part of another tag. Take that splitting back first."))
    if len(asked.parts) < (1 if asked.rest is None else 2):
        raise CannotSplit(_("Name two tags at least, or one beside the tag itself."))
    if len(asked.parts) > MOST_PARTS:
        raise CannotSplit(_("%(most_parts)s parts are the most.") % {"most_parts": MOST_PARTS})
    phrases: dict[str, int] = {}
    slugs: dict[str, int] = {}
    for place, part in enumerate(asked.parts):
        _check_name(tag, part, place, slugs)
        _check_phrases(part, place, phrases)
    return tag


def _check_name(tag: Tag, part: Wanted, place: int, slugs: dict[str, int]) -> None:
    if not part.slug:
        raise CannotSplit(_("A tag’s name needs a letter from a to z or a digit in it."), place)
    if len(part.name) > LONGEST:
        raise CannotSplit(
            _("A tag’s name has %(longest)s characters at most.") % {"longest": LONGEST}, place
        )
    if part.slug == tag.slug or tag.former.filter(slug=part.slug).exists():
        raise CannotSplit(_("That is the tag itself. Its other papers keep it anyway."), place)
    if slugs.setdefault(part.slug, place) != place:
        raise CannotSplit(_("Two parts have one name."), place)
    known = Tag.objects.filter(slug=part.slug).first()
    if known and known.merged_into_id:
        raise CannotSplit(
            _("%(name)s was merged into another tag. Name that one.") % {"name": known.name}, place
        )
    if known and known.splits.filter(undone_at__isnull=True).exists():
        raise CannotSplit(
            _("%(name)s is split itself. Name one of its parts.") % {"name": known.name}, place
        )


def _check_phrases(part: Wanted, place: int, taken: dict[str, int]) -> None:
    if not part.phrases:
        raise CannotSplit(_("A part needs a phrase by which its papers are told."), place)
    if len(part.phrases) > MOST_PHRASES:
        raise CannotSplit(
            _("%(most_phrases)s phrases are the most of a part.") % {"most_phrases": MOST_PHRASES},
            place,
        )
    for phrase in part.phrases:
        if len(phrase) > LONGEST or not usable(phrase):
            raise CannotSplit(
                _("“%(phrase)s” is no phrase that a text can say.") % {"phrase": phrase[:LONGEST]},
                place,
            )
        if taken.setdefault(phrase.lower(), place) != place:
            raise CannotSplit(_("“%(phrase)s” stands at two parts.") % {"phrase": phrase}, place)


def _part(split: TagSplit, tag: Tag, wanted: Wanted) -> Tag:
    kind = Tag.Kind.TOPIC if tag.kind == Tag.Kind.CATEGORY else tag.kind
    given = {"name": wanted.name[:100], "kind": kind}
    part, made = Tag.objects.get_or_create(slug=wanted.slug, defaults=given)
    SplitPart.objects.create(split=split, tag=part, phrases=list(wanted.phrases), made=made)
    return part


def _by_hand(tag: Tag, given: Mapping[int, int], tags: Sequence[Tag]) -> list[dict[str, object]]:
    """What the curator chose, with what stood there: of papers that carry the tag."""
    rows = PaperTag.objects.filter(tag=tag, paper__in=given).order_by("paper_id")
    return [
        {
            "paper": row.paper_id,
            "part": tags[given[row.paper_id]].slug,
            "said": [row.tagger, row.why, row.confidence],
        }
        for row in rows
    ]


def _give_by_hand(split: TagSplit, who: str) -> None:
    """A choice by hand is a curator's yes to the part."""
    papers = [one["paper"] for one in split.by_hand]
    PaperTag.objects.filter(tag=split.tag_id, paper__in=papers).update(
        tagger=CURATOR, why=f"put there by {who}"[:300], confidence=1.0
    )


def _copy_denials(tag: Tag, tags: Sequence[Tag]) -> None:
    denied = list(TagDenial.objects.filter(tag=tag))
    for part in tags:
        given = PaperTag.objects.filter(tag=part, tagger=CURATOR).values_list("paper_id", flat=True)
        words = set(given.filter(paper__in=[row.paper_id for row in denied]))
        TagDenial.objects.bulk_create(
            [
                TagDenial(
                    paper_id=row.paper_id,
                    tag=part,
                    made_by_id=row.made_by_id,
                    merged_from=row.merged_from,
                    split_from=tag.pk,
                )
                for row in denied
                if row.paper_id not in words
            ],
            ignore_conflicts=True,
        )


def _move(split: TagSplit, now: dt.datetime) -> None:
    """Moves the next batch of the papers that carry the tag."""
    rows = PaperTag.objects.filter(tag=split.tag_id, paper__gt=split.moved)
    batch = list(rows.order_by("paper_id")[:BATCH])
    tags = {row.tag.slug: row.tag for row in split.parts.select_related("tag__merged_into")}
    parts = split.parts.select_related("tag").order_by("id")
    rule = rule_of(split, [Part(row.tag.slug, tuple(row.phrases)) for row in parts])
    _carry(batch, rule, {slug: tag.merged_into or tag for slug, tag in tags.items()})
    split.moved = batch[-1].paper_id if batch else split.moved
    split.ended_at = None if len(batch) == BATCH else now
    split.save(update_fields=["moved", "ended_at"])


def _carry(rows: list[PaperTag], rule: Rule, tags: Mapping[str, Tag]) -> None:
    """Puts the parts in the place of the rows, but for parts that a curator denied the paper."""
    papers = [row.paper_id for row in rows]
    texts = {row.pk: row for row in Paper.objects.filter(pk__in=papers).only("title", "abstract")}
    ids = [tag.pk for tag in tags.values()]
    there = PaperTag.objects.filter(paper__in=papers, tag__in=ids)
    carried = {(row.paper_id, row.tag_id): row for row in there}
    denials = TagDenial.objects.filter(paper__in=papers, tag__in=ids)
    denied = set(denials.values_list("paper_id", "tag_id"))
    gone, new = [], []
    for row in rows:
        text = texts[row.paper_id]
        called = [tags[slug] for slug in rule.parts_of(row.paper_id, text.title, text.abstract)]
        called = [tag for tag in dict.fromkeys(called) if (row.paper_id, tag.pk) not in denied]
        if not called:
            continue
        gone.append(row.pk)
        for tag in called:
            other = carried.get((row.paper_id, tag.pk))
            if other and row.tagger == CURATOR != other.tagger:
                gone.append(other.pk)
            if other is None or row.tagger == CURATOR != other.tagger:
                new.append(_copy(row, tag, rule.tag))
    PaperTag.objects.filter(pk__in=gone).delete()
    PaperTag.objects.bulk_create(new)


def _copy(row: PaperTag, tag: Tag, split_from: int) -> PaperTag:
    return PaperTag(
        paper_id=row.paper_id,
        tag=tag,
        tagger=row.tagger,
        why=row.why,
        confidence=row.confidence,
        merged_from=row.merged_from,
        split_from=split_from,
    )


def plain(text: str) -> str:
    """A name or a phrase as it is kept."""
    return " ".join(strip_controls(text).split())
