"""The topics of papers as the daily papers API named them on the day that it listed them."""

import gzip
import json
from functools import cache
from pathlib import Path

from feeds.taxonomy import Matcher, topics


def read_topics(folder: Path) -> dict[str, tuple[str, ...]]:
    """arXiv id → the topics that its keywords name; empty without the folder `hf_daily`."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((folder / "hf_daily").glob("*.json.gz")):
        for item in json.loads(gzip.decompress(path.read_bytes())):
            paper = item["paper"]
            named = (_topic(word) for word in paper.get("ai_keywords") or ())
            found[paper["id"]] = tuple(dict.fromkeys(topic for topic in named if topic))
    return found


@cache
def _topic(keyword: str) -> str | None:
    return _matcher().named(keyword)


@cache
def _matcher() -> Matcher:
    return Matcher(topics())
