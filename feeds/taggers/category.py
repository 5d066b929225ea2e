from django.utils.text import slugify

from feeds.records import PaperRecord, TagRecord
from feeds.taggers.base import taggers
from feeds.taxonomy import categories


class ByCategory:
    """arXiv's own categories, as the record carries them."""

    name = "category"
    order = 10
    reads_text = False

    def tags(self, record: PaperRecord) -> list[TagRecord]:
        known = categories()
        return [
            TagRecord(
                slug=slugify(category.replace(".", "-")),
                name=known[category].name if category in known else category,
                kind="category",
                tagger=self.name,
                why=f"filed under {category} on arXiv",
                confidence=1.0,
            )
            for category in dict.fromkeys(record.categories)
            if slugify(category)
        ]


taggers.register(ByCategory())
