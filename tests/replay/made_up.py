"""Observations made up for tests."""

from datetime import UTC, datetime, timedelta

from feeds.replay.looks import Look

NOON = datetime(2026, 4, 24, 12, tzinfo=UTC)


def hours(after: float, votes: int, noon: datetime = NOON) -> Look:
    """A look so many hours after the noon (before it where negative)."""
    return Look(noon + timedelta(hours=after), votes)


def looks_at(noon: datetime, papers: int, name: str = "p") -> dict[str, list[Look]]:
    """Papers seen four hours before a noon with 0, 1, 2… votes, with twice them 8 days later."""
    return {f"{name}{k}": [hours(-4, k, noon), hours(24 * 8, 2 * k, noon)] for k in range(papers)}


def row(paper: str, at: datetime, votes: int, source: str = "daily") -> dict[str, str]:
    return {
        "arxiv_id": paper,
        "observed_at": at.isoformat(),
        "upvotes": str(votes),
        "source": source,
    }
