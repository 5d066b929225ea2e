from feeds.records import PaperRecord, TagRecord
from feeds.taggers.base import taggers
from feeds.taggers.keyword import matcher, topic


class BySource:
    """The digest's own keywords, where the taxonomy knows them."""

    name = "source"
    order = 20
    reads_text = False

    def tags(self, record: PaperRecord) -> list[TagRecord]:
        found: dict[str, TagRecord] = {}
        for keyword in record.keywords:
            for match in matcher().find(keyword, "", limit=1):
                found.setdefault(match.topic_id, self._tag(match.topic_id, keyword))
        return list(found.values())

    def _tag(self, topic_id: str, keyword: str) -> TagRecord:
        named = topic(topic_id)
        return TagRecord(
            slug=named.id,
            name=named.name,
            kind=named.kind,
            tagger=self.name,
            why=f"the digest names “{keyword}”",
            confidence=0.9,
            description=named.description,
        )


taggers.register(BySource())
