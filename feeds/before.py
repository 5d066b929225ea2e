"""What a paper was, as JSON, and the same again: for what curators may undo."""

from datetime import datetime
from typing import Any

from feeds.models import Paper, PaperStats, PaperVersion

_PAPER = [
    field
    for field in Paper._meta.concrete_fields  # noqa: SLF001 (Django documents _meta)
    if field.name not in ("id", "created_at", "changed_at", "dropped_at", "gist", "gist_by")
]
_STATS = [
    field
    for field in PaperStats._meta.concrete_fields  # noqa: SLF001
    if field.name in ("reported_votes", "comments", "listed_at", "place", "first_votes")
]
_VERSION = ("number", "submitted_at", "withdrawn", "note")
Before = dict[str, Any]


def as_it_is(paper: Paper, stats: PaperStats) -> Before:
    """What digests can change about the paper, but for its places and tags."""
    return {
        "paper": {field.name: _plain(getattr(paper, field.name)) for field in _PAPER},
        "stats": {field.name: _plain(getattr(stats, field.name)) for field in _STATS},
        "names": list(paper.identifiers.values_list("id", flat=True)),
        "versions": [
            {name: _plain(getattr(row, name)) for name in _VERSION} for row in paper.versions.all()
        ],
    }


def restore(before: Before, paper: Paper, stats: PaperStats) -> None:
    """Writes the columns back into both rows; the caller saves them."""
    for field in _PAPER:
        setattr(paper, field.name, field.to_python(before["paper"][field.name]))
    for field in _STATS:
        # A joining of long ago may not have kept a number that came later.
        if field.name in before["stats"]:
            setattr(stats, field.name, field.to_python(before["stats"][field.name]))


def restore_versions(before: Before, paper: Paper) -> None:
    PaperVersion.objects.filter(paper=paper).delete()
    PaperVersion.objects.bulk_create(PaperVersion(paper=paper, **row) for row in before["versions"])


def free_key(key: str, paper: Paper) -> str:
    """The key, or one like it where another paper has taken it since."""
    taken = Paper.objects.filter(key=key).exclude(pk=paper.pk).exists()
    return f"{key[:20]}-{paper.pk}" if taken else key


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
