"""All that outputs and later digests can see of papers, in words that no row's id enters."""

from typing import Any

from feeds.models import Digest, Paper, PaperStats

_COLUMNS = [
    field.name
    for field in Paper._meta.concrete_fields
    if field.name not in ("id", "changed_at", "created_at", "told")
]
# What falls with time is not the same a moment later.
_NUMBERS = [
    field.name
    for field in PaperStats._meta.concrete_fields
    if field.name not in ("paper", "rising", "rising_at", "rising_due")
]


def state() -> dict[str, Any]:
    """The papers that readers see, by their keys."""
    digests = {
        row.id: f"{row.source.slug} {row.date} {row.document}"
        for row in Digest.objects.select_related("source", "document")
    }
    rows = Paper.objects.visible().select_related("stats").order_by("id")
    return {row.key: _one(row, digests) for row in rows}


def _one(row: Paper, digests: dict[int, str]) -> dict[str, Any]:
    listings = row.listings.values_list(
        "source__slug", "date", "digest", "position", "votes", "comments"
    )
    return {
        "columns": {name: getattr(row, name) for name in _COLUMNS},
        "told": {name: (digests[told[0]], told[1]) for name, told in row.told.items()},
        "numbers": {name: getattr(row.stats, name) for name in _NUMBERS},
        "names": set(row.identifiers.values_list("scheme", "value")),
        "listings": {(*place[:2], digests[place[2]], *place[3:]) for place in listings},
        "tags": set(row.paper_tags.values_list("tag__slug", "tagger", "why", "confidence")),
        "votes": set(row.vote_set.values_list("user", flat=True)),
        "versions": set(row.versions.values_list("number", "submitted_at", "withdrawn", "note")),
    }
