"""What a tagger is."""

from collections.abc import Mapping
from typing import Protocol

from feeds.records import PaperRecord, TagRecord
from feeds.registry import Registry

Rank = tuple[int, float, str]
_PERSON = -1


class Tagger(Protocol):
    """Where taggers agree on a tag, the one with the lower `order` is named for it.

    `reads_text` says that the tags follow from title and abstract alone: when those change,
    tags that no longer follow are taken off again.
    """

    name: str
    order: int

    @property
    def reads_text(self) -> bool: ...

    def tags(self, record: PaperRecord) -> list[TagRecord]:
        """The tags that the record calls for, each slug once, each with its reason."""


taggers: Registry[Tagger] = Registry("feeds.taggers")


def text_taggers() -> frozenset[str]:
    """The names of the taggers whose tags follow from title and abstract alone."""
    return frozenset(tagger.name for tagger in taggers.all() if tagger.reads_text)


def orders() -> dict[str, int]:
    """When each tagger is asked, by its name."""
    return {tagger.name: tagger.order for tagger in taggers.all()}


def rank(tagger: str, why: str, confidence: float, asked: Mapping[str, int]) -> Rank:
    """Of several reasons for one tag on one paper the one of the lowest rank stands, whichever
    came first: the earliest tagger's (`asked` are the `orders()`), then the surer one.

    The word of a person, whom `asked` does not name, goes before all.
    """
    return asked.get(tagger, _PERSON), -confidence, why


def tags_of(record: PaperRecord) -> list[TagRecord]:
    """What all taggers say of the record, each tag once, by the tagger asked earliest."""
    found: dict[str, TagRecord] = {}
    for tagger in sorted(taggers.all(), key=lambda tagger: tagger.order):
        for tag in tagger.tags(record):
            found.setdefault(tag.slug, tag)
    return list(found.values())
