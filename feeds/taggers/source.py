from functools import lru_cache

from feeds.records import PaperRecord, TagRecord
from feeds.taggers.base import taggers
from feeds.taggers.keyword import matcher, topic

NAMED = 0.9
SPOKEN_OF = 0.6


class BySource:
    """The digest's own keywords, where the taxonomy knows them."""

    name = "source"
    order = 20
    reads_text = False

    def tags(self, record: PaperRecord) -> list[TagRecord]:
        found: dict[str, TagRecord] = {}
        for keyword in record.keywords:
            topic_id, confidence = _topic(keyword)
            if topic_id and (topic_id not in found or found[topic_id].confidence < confidence):
                found[topic_id] = self._tag(topic_id, keyword, confidence)
        return list(found.values())

    def _tag(self, topic_id: str, keyword: str, confidence: float) -> TagRecord:
        named = topic(topic_id)
        return TagRecord(
            slug=named.id,
            name=named.name,
            kind=named.kind,
            tagger=self.name,
            why=f"the digest names “{keyword}”",
            confidence=confidence,
            description=named.description,
        )


@lru_cache(maxsize=16_384)  # many papers share their keywords
def _topic(keyword: str) -> tuple[str, float]:
    """The topic that a keyword names, or the one it speaks of ("robust diffusion model")."""
    if whole := matcher().named(keyword):
        return whole, NAMED
    spoken = matcher().find(keyword, "", limit=1)
    return (spoken[0].topic_id, SPOKEN_OF) if spoken else ("", 0.0)


taggers.register(BySource())
