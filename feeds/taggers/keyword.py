from functools import cache

from feeds.records import PaperRecord, TagRecord
from feeds.taggers.base import taggers
from feeds.taxonomy import Match, Matcher, Topic, topics

MOST = 8


@cache
def matcher() -> Matcher:
    """The taxonomy's phrases, compiled once a process."""
    return Matcher(topics())


@cache
def topic(topic_id: str) -> Topic:
    return {topic.id: topic for topic in topics()}[topic_id]


class ByKeyword:
    """The taxonomy's phrases, as they stand in title and abstract."""

    name = "keyword"
    order = 30
    reads_text = True

    def tags(self, record: PaperRecord) -> list[TagRecord]:
        found = matcher().find(record.title, record.abstract, limit=MOST)
        return [self._tag(match) for match in found]

    def _tag(self, match: Match) -> TagRecord:
        named = topic(match.topic_id)
        return TagRecord(
            slug=named.id,
            name=named.name,
            kind=named.kind,
            tagger=self.name,
            why=f"the {match.where} says “{match.phrase}”",
            confidence=match.confidence,
            description=named.description,
        )


taggers.register(ByKeyword())
