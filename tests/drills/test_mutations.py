"""Wild documents, as `make drills` makes ten thousand of: some hundreds of them here."""

import os
import signal
from datetime import UTC, datetime

import pytest

from drills.children import PROCESSOR, Child, Done, Lost, rounds
from drills.judging import TODAY, faults
from drills.material import SAMPLES, gather
from drills.mutating import CHANGES, mutation
from drills.parts.mutations import Tally, read_all
from feeds.parsers.base import Declined, parsers
from feeds.records import PaperRecord, Problem, RawDigest, Version

SOME = 200


def test_wild_documents_raise_nothing_and_give_whole_clean_entries() -> None:
    tally = Tally(patience=PROCESSOR)  # a slow machine is no failure, what has no end is one
    read_all(0, range(SOME), tally)
    assert not [(row.what, row.found, row.note) for row in tally.failed()]
    assert tally.rounds == SOME
    assert tally.entries > SOME


def test_a_round_can_be_repeated() -> None:
    material, other = gather(), gather()
    first = [mutation(1, number, material) for number in range(60)]
    again = [mutation(1, number, other) for number in reversed(range(60))]
    assert first == again[::-1]
    assert len({one.content for one in first}) > 50


def test_every_change_is_made() -> None:
    material = gather()
    made = {name for number in range(400) for name in mutation(2, number, material).changes}
    assert {change.__name__ for change in CHANGES} <= made


def test_every_format_has_a_sample_to_be_mutated() -> None:
    """A parser without one would be asked for nothing but what it declines."""
    read = set()
    for sample in SAMPLES.iterdir():
        for parser in parsers.all():
            try:
                entries = list(parser.parse(RawDigest(sample.read_bytes(), TODAY)).entries)
            except Declined:
                continue
            if any(isinstance(one, PaperRecord) for one in entries):
                read.add(parser.name)
    assert read == set(parsers.names())


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (PaperRecord(title="Fine", authors=("Ada",), versions=(Version(2),)), ""),
        (Problem("entry 1", "it has no title"), ""),
        (Problem("", "it has no title"), "the place is empty"),
        (Problem("entry 1", ""), "the reason is empty"),
        (Problem("entry 1", "it holds \0"), r"the reason holds '\x00'"),
        (None, "it is a NoneType"),
        (PaperRecord(title=""), "it has no title"),
        (PaperRecord(title="a" * 1_001), "title has 1,001 characters"),
        (PaperRecord(title="a\ud800"), r"title holds '\ud800'"),
        (PaperRecord(title="a", authors=("b\u202e",)), r"authors holds '\u202e'"),
        (PaperRecord(title="a", votes=-1), "votes is -1"),
        (PaperRecord(title="a", arxiv_id="x"), "'x' is no arXiv id"),
        (PaperRecord(title="a", doi="10.1"), "'10.1' is no DOI"),
        (PaperRecord(title="a", versions=(Version(-1),)), "a version's number is -1"),
        (
            PaperRecord(title="a", listed_at=datetime(2026, 1, 1)),  # noqa: DTZ001
            "listed_at is not in UTC: datetime.datetime(2026, 1, 1, 0, 0)",
        ),
        (PaperRecord(title="a", listed_at=datetime(2026, 1, 1, tzinfo=UTC)), ""),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_entry_is_seen(entry: object, fault: str) -> None:
    assert faults(entry) == fault


class Dying:
    """Work whose second round ends its process."""

    def begin(self) -> None:
        self.begun = True

    def do(self, number: int, child: Child) -> int:
        child.step = 3
        if number == 2:
            os.kill(os.getpid(), signal.SIGSEGV)
        return number * 10


def test_a_round_that_ends_its_process_is_told_and_the_others_go_on() -> None:
    done = list(rounds(Dying(), [1, 2, 3], children=1))
    assert done == [Done(1, 10), Lost(2, 3, "it died of SIGSEGV"), Done(3, 30)]
