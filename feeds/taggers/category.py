from functools import lru_cache

from django.utils.text import slugify

from feeds.records import PaperRecord, TagRecord
from feeds.taggers.base import taggers
from feeds.taxonomy import categories


class ByCategory:
    """arXiv's own categories, as the record carries them; merged ones by their present id."""

    name = "category"
    order = 10
    reads_text = False

    def tags(self, record: PaperRecord) -> list[TagRecord]:
        known = categories()
        found: dict[str, TagRecord] = {}
        for filed in record.categories:
            category = known.get(filed)
            slug = _slug(category.id if category else filed)
            if slug:
                name = category.name if category else filed
                found.setdefault(slug, self._tag(slug, name, filed))
        return list(found.values())

    def _tag(self, slug: str, name: str, filed: str) -> TagRecord:
        return TagRecord(
            slug=slug,
            name=name,
            kind="category",
            tagger=self.name,
            why=f"filed under {filed} on arXiv",
            confidence=1.0,
        )


@lru_cache(maxsize=1024)
def _slug(category: str) -> str:
    return slugify(category.replace(".", "-"))


taggers.register(ByCategory())
