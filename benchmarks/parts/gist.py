"""How near the sentence that we take comes to the gist that a digest gives."""

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.frame import Row, parts, real_data, timed
from feeds.gist import gist
from feeds.prepare import prepare
from feeds.sentences import sentences
from feeds.tex import to_text

COMMON = frozenset(
    """a an the of and or in on for to with by from is are was were be been that this these those
    which it its as at we our their they can not into than over through using use via also such both
    while more most between across have has""".split()
)
Choice = Callable[["Judged"], str]


@dataclass(frozen=True)
class Judged:
    """A paper's readable words, and the gist that its digest gives."""

    title: str
    abstract: str
    given: str

    @property
    def sentences(self) -> list[str]:
        return sentences(self.abstract)


def judged(folder: Path) -> list[Judged]:
    """The papers of the later half of the days that came with a gist, each once."""
    found: dict[str, Judged] = {}
    files = sorted((folder / "hf_daily").glob("*.json.gz"))
    for path in files[len(files) // 2 :]:
        for item in json.loads(gzip.decompress(path.read_bytes())):
            paper: dict[str, Any] = item["paper"]
            if paper.get("summary") and paper.get("ai_summary"):
                words = to_text(paper["title"]), to_text(paper["summary"])
                found.setdefault(paper["id"], Judged(*words, paper["ai_summary"]))
    return list(found.values())


def overlap(text: str, given: str) -> float:
    """F1 of the words of both, without the commonest ones (as ROUGE-1 counts them)."""
    ours, theirs = _words(text), _words(given)
    both = (ours & theirs).total()
    return 2 * both / (ours.total() + theirs.total()) if both else 0.0


def _words(text: str) -> Counter[str]:
    words = re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", text.lower())
    return Counter(word for word in words if word not in COMMON)


def mean(papers: list[Judged], choice: Choice) -> float:
    return sum(overlap(choice(one), one.given) for one in papers) / len(papers)


OTHERS: dict[str, Choice] = {
    "the first sentence": lambda paper: paper.sentences[0],
    "the last sentence": lambda paper: paper.sentences[-1],
    "the longest sentence": lambda paper: max(paper.sentences, key=len),
    "the sentence that comes nearest": lambda paper: max(
        paper.sentences, key=lambda one: overlap(one, paper.given)
    ),
}


class Gist:
    name = "gist"
    about = "the gist of an abstract"

    def measure(self) -> list[Row]:
        papers = judged(real_data())
        ours = mean(papers, lambda paper: gist(paper.title, paper.abstract))
        what = f"words shared with the given gist, {len(papers):,} papers"
        rows = [Row(what, ours, mean(papers, one), note=name) for name, one in OTHERS.items()]
        with timed() as clock:
            for paper in papers:
                gist(paper.title, paper.abstract)
            alone = clock()
        with timed() as clock:
            for paper in papers:
                prepare(paper.title, paper.abstract)
            whole = clock()
        scale = 1e6 / len(papers)
        rows.append(
            Row("time for a paper", alone * scale, whole * scale, "µs", "all that is prepared")
        )
        return rows


parts.register(Gist())
