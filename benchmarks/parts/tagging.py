"""How well the keyword tagger tells what a digest's own keywords tell."""

import gzip
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.frame import Row, parts, real_data, timed
from feeds.taggers.keyword import matcher
from feeds.taxonomy import categories, topics

HELD_OUT = 2 / 3  # the first two thirds of the days may be looked at while tuning
SURE = 0.4  # chosen on those; what is named once in passing lies below
NAMES = "names as substrings"


@dataclass(frozen=True)
class Judged:
    """A paper's words, and the topics that its digest's keywords name exactly."""

    title: str
    abstract: str
    topics: frozenset[str]


def judged(folder: Path, *, before: bool = False) -> list[Judged]:
    """The papers of the last third of the days, or of those `before`, whose keywords name a
    topic.
    """
    files = sorted((folder / "hf_daily").glob("*.json.gz"))
    first = int(HELD_OUT * len(files))
    found = [
        _judged(item["paper"])
        for path in (files[:first] if before else files[first:])
        for item in json.loads(gzip.decompress(path.read_bytes()))
    ]
    return [paper for paper in found if paper.topics]


def _judged(paper: dict[str, Any]) -> Judged:
    named = (matcher().named(word) for word in paper.get("ai_keywords") or [])
    return Judged(paper["title"], paper.get("summary") or "", frozenset(filter(None, named)))


def by_matcher(paper: Judged) -> set[str]:
    return {match.topic_id for match in matcher().find(paper.title, paper.abstract)}


def by_sure_matches(paper: Judged) -> set[str]:
    found = matcher().find(paper.title, paper.abstract, least=SURE)
    return {match.topic_id for match in found}


def by_substring(paper: Judged) -> set[str]:
    """The plainest tagger: a topic whose name stands somewhere in the text."""
    text = f"{paper.title} {paper.abstract}".lower()
    return {topic.id for topic in topics() if topic.name.lower() in text}


def scores(papers: Iterable[Judged], tag: Callable[[Judged], set[str]]) -> tuple[float, float]:
    """Precision and recall over all papers together."""
    right = given = wanted = 0
    for paper in papers:
        tags = tag(paper)
        right += len(tags & paper.topics)
        given += len(tags)
        wanted += len(paper.topics)
    return right / given, right / wanted


class Tagging:
    name = "tagging"
    about = "tags by the text, judged by the digest's own keywords (last third of the days)"

    def measure(self) -> list[Row]:
        folder = real_data()
        papers = judged(folder)
        precision, recall = scores(papers, by_matcher)
        sure_precision, sure_recall = scores(papers, by_sure_matches)
        plain_precision, plain_recall = scores(papers, by_substring)
        with timed() as matching:
            for paper in papers:
                by_matcher(paper)
            ours = len(papers) / matching()
        with timed() as searching:
            for paper in papers:
                by_substring(paper)
            plain = len(papers) / searching()
        known = {one["id"] for one in _arxiv(folder) if one["active"]}
        return [
            Row("precision", precision, plain_precision, note=NAMES),
            Row("recall", recall, plain_recall, note=NAMES),
            Row(f"precision from {SURE} up", sure_precision, plain_precision, note=NAMES),
            Row(f"recall from {SURE} up", sure_recall, plain_recall, note=NAMES),
            Row("papers tagged", ours, plain, "/s", NAMES),
            Row(
                "arXiv categories known", len(known & set(categories())), len(known), note="active"
            ),
        ]


def _arxiv(folder: Path) -> list[dict[str, Any]]:
    listed = json.loads((folder / "arxiv_taxonomy.json").read_text())
    return [one for one in listed if one["archive"] not in ("test", "bad-arch")]


parts.register(Tagging())
