"""How well papers that were tagged before tell the tags of new ones that are like them."""

from collections.abc import Callable

from benchmarks.frame import Row, parts, real_data, timed
from benchmarks.parts.tagging import Judged, judged, scores
from feeds.records import PaperRecord, TagRecord
from feeds.taggers.base import taggers
from feeds.taggers.neighbour import MOST as MOST_TAGS
from feeds.taggers.neighbour import NAME, Example, Examples, taught, text_of

LEARNT = 2_000  # papers, the latest of the days before
LIKEST = "tags of the likest paper"


def examples(papers: list[Judged]) -> Examples:
    """The digest's own keywords stand for a curator's word."""
    known = [
        Example(
            paper.title,
            text_of(paper.title, paper.abstract),
            [TagRecord(slug, slug, "topic", NAME, "", 1.0) for slug in sorted(paper.topics)],
        )
        for paper in papers
    ]
    return Examples(known)


def by_likest(known: Examples) -> Callable[[Judged], set[str]]:
    """The plainest tagger: what the one paper carries that is most like this one."""

    def tag(paper: Judged) -> set[str]:
        near = known.nearest(text_of(paper.title, paper.abstract))[:1]
        return {tag.slug for example, _ in near for tag in example.tags[:MOST_TAGS]}

    return tag


def by_neighbour(paper: Judged) -> set[str]:
    record = PaperRecord(title=paper.title, abstract=paper.abstract)
    return {tag.slug for tag in taggers.get(NAME).tags(record)}


class Learnt:
    name = "learnt"
    about = "tags of like papers, judged as the tags of the text are; learnt from the days before"

    def measure(self) -> list[Row]:
        folder = real_data()
        known = examples(judged(folder, before=True)[-LEARNT:])
        papers = judged(folder)
        with taught(known), timed() as tagging:
            precision, recall = scores(papers, by_neighbour)
            ours = len(papers) / tagging()
        plain_precision, plain_recall = scores(papers, by_likest(known))
        return [
            Row("precision", precision, plain_precision, note=LIKEST),
            Row("recall", recall, plain_recall, note=LIKEST),
            Row("papers tagged", ours, unit="/s"),
        ]


parts.register(Learnt())
