"""Tags of papers that curators tagged, on papers whose text is like theirs."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

from feeds.records import PaperRecord, TagRecord
from feeds.taggers.base import taggers
from feeds.taggers.likeness import Likeness

NAME = "neighbour"
CURATOR = "curator"  # whose tags are learnt from
CLOSEST = 10  # papers that are asked
LEAST = 0.05  # like which they are at least
# The likenesses of those that carry a tag sum to this at least: with it, about six of ten tags
# were what the digest itself named (docs/tags.md); the likest paper alone was right in three.
ENOUGH = 0.4
MOST = 3  # tags
LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Example:
    """A paper that curators tagged: its title as it is read, its text, and their tags."""

    title: str
    text: str
    tags: list[TagRecord]


class Examples:
    """The papers that curators tagged; `around` are texts of others, which tell common words."""

    def __init__(self, examples: Sequence[Example], around: Sequence[str] = ()) -> None:
        self._examples = examples
        self._likeness = Likeness([one.text for one in examples], around)

    def nearest(self, text: str) -> list[tuple[Example, float]]:
        """The papers most like the text, and how like it they are (0…1), the likest first."""
        found = self._likeness.nearest(text, LEAST)[:CLOSEST]
        return [(self._examples[place], much) for place, much in found]


_examples: ContextVar[Examples | None] = ContextVar("examples", default=None)


@contextmanager
def taught(examples: Examples) -> Iterator[None]:
    """Lets the tagger learn from these examples inside the context; outside it is off."""
    token = _examples.set(examples)
    try:
        yield
    finally:
        _examples.reset(token)


def text_of(title: str, abstract: str) -> str:
    """What of a paper is compared; its title counts double."""
    return f"{title}. {title}. {abstract}"


class ByNeighbour:
    """Tags of the papers most like it that a curator tagged; off until it is `taught`."""

    name = NAME
    order = 40

    @property
    def reads_text(self) -> bool:
        """Untaught it cannot say which tags follow from a text, so those that it gave stay."""
        return _examples.get() is not None

    def tags(self, record: PaperRecord) -> list[TagRecord]:
        examples = _examples.get()
        if examples is None:
            return []
        carrying: dict[str, list[tuple[Example, float]]] = defaultdict(list)
        tags: dict[str, TagRecord] = {}
        for example, alike in examples.nearest(text_of(record.title, record.abstract)):
            for tag in example.tags:
                carrying[tag.slug].append((example, alike))
                tags[tag.slug] = tag
        found = [_tag(tags[slug], near) for slug, near in carrying.items()]
        sure = [tag for tag in found if tag.confidence >= ENOUGH]
        return sorted(sure, key=lambda tag: (-tag.confidence, tag.slug))[:MOST]


def _tag(tag: TagRecord, near: list[tuple[Example, float]]) -> TagRecord:
    sure = min(1.0, sum(alike for _, alike in near))
    title = near[0][0].title
    title = title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…"
    more = f" and {len(near) - 1} more" if len(near) > 1 else ""
    return replace(tag, why=f"as in “{title}”{more}, tagged by a curator", confidence=sure)


taggers.register(ByNeighbour())
