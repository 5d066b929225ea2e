"""Which part of a split tag a paper carries instead: by a curator's hand, or by its words."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from feeds.models import SplitPart, TagSplit
from feeds.records import TAG_KINDS
from feeds.taxonomy import Matcher, Topic
from feeds.taxonomy.words import shapes


@dataclass(frozen=True, slots=True)
class Part:
    """A tag that is to be told by its phrases."""

    slug: str
    phrases: tuple[str, ...]


class Phrasebook:
    """The parts whose phrases a text says, wherever it does; they are found as a topic's are."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self._parts = [part for part in parts if part.phrases]
        self._matcher = Matcher(
            Topic(part.slug, part.phrases[0], TAG_KINDS[1], part.phrases[1:])
            for part in self._parts
        )

    def said(self, title: str, abstract: str) -> list[str]:
        """The slugs of the parts that the text names, the surest first."""
        found = self._matcher.find(title, abstract, limit=len(self._parts), least=0.0)
        return [match.topic_id for match in found]


def usable(phrase: str) -> bool:
    """Whether the phrase can stand in a text at all."""
    return bool(shapes(phrase))


@dataclass(frozen=True, slots=True)
class Rule:
    """What becomes of a tag that was split: `tag` is its id, `rest` the slug of what the papers
    carry that are no part's, "" where they keep the tag.
    """

    tag: int
    rest: str
    book: Phrasebook
    by_hand: dict[int, str] = field(default_factory=dict)

    def parts_of(self, paper: int, title: str, abstract: str) -> list[str]:
        """The slugs of what the paper carries instead; none where it keeps the tag."""
        if paper in self.by_hand:
            return [self.by_hand[paper]]
        return self.book.said(title, abstract) or ([self.rest] if self.rest else [])


def rules() -> dict[str, Rule]:
    """The rules that hold, by every slug under which taggers may find the tag."""
    splits = list(TagSplit.objects.filter(undone_at__isnull=True).select_related("rest"))
    if not splits:
        return {}
    parts: dict[int, list[Part]] = defaultdict(list)
    rows = SplitPart.objects.filter(split__in=splits).select_related("tag").order_by("id")
    for row in rows:
        parts[row.split_id].append(Part(row.tag.slug, tuple(row.phrases)))
    found: dict[str, Rule] = {}
    for split in splits:
        rule = rule_of(split, parts[split.pk])
        found |= dict.fromkeys(split.names, rule)
    return found


def rule_of(split: TagSplit, parts: Sequence[Part]) -> Rule:
    slugs = {part.slug for part in parts}
    hand = {one["paper"]: one["part"] for one in split.by_hand if one["part"] in slugs}
    return Rule(split.tag_id, split.rest.slug if split.rest else "", Phrasebook(parts), hand)
