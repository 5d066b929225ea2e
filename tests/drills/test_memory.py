"""Long documents: made up, and read in little memory."""

import os
from pathlib import Path

from drills.documents import write_oai
from drills.judging import TODAY
from drills.parts.memory import read
from feeds.parsers.base import parse
from feeds.records import PaperRecord, RawDigest

GROWTH = 10  # megabytes that a document sixteen times as long may cost more


def test_a_made_up_harvest_is_as_long_as_asked_and_all_of_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "harvest.xml"
    records = write_oai(path, megabytes=1)
    assert 0.99e6 < path.stat().st_size < 1.01e6
    entries = list(parse(RawDigest(path.read_bytes(), TODAY)).entries)
    assert len(entries) == records
    assert len({one.arxiv_id for one in entries if isinstance(one, PaperRecord)}) == records


def test_a_longer_harvest_takes_no_more_memory(tmp_path: Path) -> None:
    peaks = []
    for megabytes in (1, 16):
        records = write_oai(tmp_path / "harvest.xml", megabytes)
        told = read("parse", tmp_path / "harvest.xml", os.environ)
        assert (told["records"], told["problems"]) == (records, 0)
        peaks.append(told["peak"])
    assert peaks[1] - peaks[0] < GROWTH
