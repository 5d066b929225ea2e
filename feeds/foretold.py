"""The topics that a submission would get: its title and abstract tell before it is a paper."""

from collections.abc import Iterable

from feeds.models import Submission, Tag
from feeds.records import PaperRecord
from feeds.taggers.base import tags_of


def topics(rows: Iterable[Submission]) -> dict[int, tuple[str, ...]]:
    """By a submission's id the names of its topics, as readers would see them; no categories."""
    called = {
        row.pk: tags_of(PaperRecord(title=row.title, abstract=row.abstract))
        for row in rows
        if row.title
    }
    slugs = {tag.slug for tags in called.values() for tag in tags}
    found = Tag.objects.filter(slug__in=slugs).select_related("merged_into") if slugs else []
    known = {row.slug: row.merged_into or row for row in found}
    hidden = {slug for slug, tag in known.items() if tag.hidden}
    return {
        pk: tuple(
            dict.fromkeys(
                known[tag.slug].name if tag.slug in known else tag.name
                for tag in tags
                if tag.kind != Tag.Kind.CATEGORY and tag.slug not in hidden
            )
        )
        for pk, tags in called.items()
    }
