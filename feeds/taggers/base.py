"""What a tagger is."""

from typing import Protocol

from feeds.records import PaperRecord, TagRecord
from feeds.registry import Registry


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


def tags_of(record: PaperRecord) -> list[TagRecord]:
    """What all taggers say of the record, each tag once, by the tagger asked earliest."""
    found: dict[str, TagRecord] = {}
    for tagger in sorted(taggers.all(), key=lambda tagger: tagger.order):
        for tag in tagger.tags(record):
            found.setdefault(tag.slug, tag)
    return list(found.values())
