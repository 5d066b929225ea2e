"""What a paper was, as JSON, and the same again: for what curators may undo."""

from datetime import datetime
from typing import Any

from feeds.models import Paper, PaperStats

_PAPER = [
    field
    for field in Paper._meta.concrete_fields  # noqa: SLF001 (Django documents _meta)
    if field.name not in ("id", "created_at", "changed_at", "dropped_at")
]
_STATS = [
    field
    for field in PaperStats._meta.concrete_fields  # noqa: SLF001
    if field.name in ("reported_votes", "comments", "listed_at", "place")
]
Before = dict[str, Any]


def as_it_is(paper: Paper, stats: PaperStats) -> Before:
    """All that digests and curators can change about the paper, in a few kilobytes."""
    return {
        "paper": {field.name: _plain(getattr(paper, field.name)) for field in _PAPER},
        "stats": {field.name: _plain(getattr(stats, field.name)) for field in _STATS},
        "names": list(paper.identifiers.values_list("id", flat=True)),
        "tags": list(paper.paper_tags.values_list("id", flat=True)),
        "versions": list(paper.versions.values_list("number", flat=True)),
    }


def restore(before: Before, paper: Paper, stats: PaperStats) -> None:
    """Writes the columns back into both rows; the caller saves them."""
    for field in _PAPER:
        setattr(paper, field.name, field.to_python(before["paper"][field.name]))
    for field in _STATS:
        setattr(stats, field.name, field.to_python(before["stats"][field.name]))


def free_key(key: str, paper: Paper) -> str:
    """The key, or one like it where another paper has taken it since."""
    taken = Paper.objects.filter(key=key).exclude(pk=paper.pk).exists()
    return f"{key[:20]}-{paper.pk}" if taken else key


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
