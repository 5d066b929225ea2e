"""The XML formats, each told by its content, with every entry a record or a problem."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.parsers.base import Declined, parse, parsers
from feeds.records import PaperRecord, Problem, RawDigest, Version
from tests.parsers.xml_samples import (
    ALL,
    ARXIV_ANNOUNCED,
    ARXIV_ANNOUNCED_RSS,
    ARXIV_ATOM,
    ARXIV_ERROR,
    CROSSREF,
    OAI,
)

TODAY = date(2026, 4, 25)
XML = ("arxiv_atom", "arxiv_rss", "crossref", "oai")


def read(content: bytes) -> tuple[str, date | None, list[PaperRecord | Problem]]:
    digest = parse(RawDigest(content, TODAY))
    return digest.parser, digest.date, list(digest.entries)


def test_an_answer_of_the_arxiv_api_is_read() -> None:
    parser, day, (paper, problem) = read(ARXIV_ATOM)
    assert (parser, day) == ("arxiv_atom", date(2026, 4, 24))
    assert paper == PaperRecord(
        title="Sparse attention, measured",
        abstract="We measure what sparse attention costs when $n$ grows & grows.",
        authors=("Ada Author", "Ben Writer"),
        arxiv_id="2604.01234",
        doi="10.1234/spa.1",
        published_at=datetime(2026, 4, 1, 10, tzinfo=UTC),
        categories=("cs.LG", "cs.CL"),
        versions=(Version(3, datetime(2026, 4, 20, 16, 7, 14, tzinfo=UTC)),),
    )
    assert problem == Problem("entry 2, line 22", "it has no title")


def test_an_error_of_the_arxiv_api_is_told() -> None:
    _, _, entries = read(ARXIV_ERROR)
    assert [one.reason for one in entries if isinstance(one, Problem)] == [
        "arXiv answers with an error: incorrect id format for abc"
    ]


def test_what_an_answer_says_of_its_error_is_kept_short_and_clean() -> None:
    long = ARXIV_ERROR.replace(b"incorrect id", b"incorrect \xe2\x80\xae" + b"id " * 1_000)
    _, _, (problem,) = read(long)
    assert isinstance(problem, Problem)
    assert problem.reason.startswith("arXiv answers with an error: incorrect id id")
    assert len(problem.reason) == 300


def test_an_empty_answer_of_the_arxiv_api_holds_nothing() -> None:
    empty = re.sub(rb"<entry>.*</entry>", b"", ARXIV_ATOM, flags=re.DOTALL)
    assert read(empty) == ("arxiv_atom", date(2026, 4, 24), [])


@pytest.mark.parametrize("content", [ARXIV_ANNOUNCED, ARXIV_ANNOUNCED_RSS])
def test_an_announcement_is_read(content: bytes) -> None:
    parser, day, (paper,) = read(content)
    assert isinstance(paper, PaperRecord)
    assert (parser, day) == ("arxiv_rss", date(2026, 4, 24))
    assert (paper.title, paper.arxiv_id) == ("Words that walk", "2604.11111")
    assert paper.abstract.startswith("We let words walk")
    assert paper.categories == ("cs.CL",)
    assert paper.listed_at == datetime(2026, 4, 24, 4, tzinfo=UTC)
    assert paper.versions == (Version(1),)


def test_a_moment_that_no_calendar_has_costs_no_paper() -> None:
    late = b"Fri, 31 Dec 9999 23:59:59 -2359"
    content = ARXIV_ANNOUNCED_RSS.replace(b"Fri, 24 Apr 2026 00:00:00 -0400", late)
    _, _, (paper,) = read(content)
    assert isinstance(paper, PaperRecord)
    assert paper.listed_at is None


def test_the_creators_of_an_announcement_are_told_apart() -> None:
    _, _, (paper,) = read(ARXIV_ANNOUNCED)
    assert isinstance(paper, PaperRecord)
    assert paper.authors == ("Ada Author", "Ben Writer", "Cy King, Jr.")


def test_harvested_records_are_read_in_each_of_their_formats() -> None:
    parser, day, (arxiv, deleted, dublin_core, raw) = read(OAI)
    assert (parser, day) == ("oai", date(2026, 4, 24))
    assert arxiv == PaperRecord(
        title="Light in tanks",
        abstract="We put light in tanks.",
        authors=("Ada B. Author Jr", "The Some Collaboration"),
        arxiv_id="2604.05371",
        doi="10.1234/light",
        published_at=datetime(2026, 4, 3, tzinfo=UTC),
        categories=("hep-ex", "physics.ins-det"),
    )
    assert isinstance(deleted, Problem)
    assert deleted.reason == "oai:arXiv.org:2604.05372 was deleted at its source"
    assert dublin_core == PaperRecord(
        title="Numbers of graphs",
        abstract="We count graphs.",
        authors=("B. Özel",),
        arxiv_id="math/0306266",
        published_at=datetime(2003, 6, 18, tzinfo=UTC),
        keywords=("Combinatorics",),
    )
    assert isinstance(raw, PaperRecord)
    assert raw.authors == ("Ada Author", "Ben Writer")
    assert raw.published_at == datetime(2026, 4, 14, 10, tzinfo=UTC)
    assert raw.versions == (
        Version(1, datetime(2026, 4, 14, 10, tzinfo=UTC)),
        Version(2, datetime(2026, 4, 17, 10, tzinfo=UTC), withdrawn=True, note="Withdrawn: dark"),
    )


def test_records_of_crossref_are_read() -> None:
    parser, _, (paper, problem) = read(CROSSREF)
    assert parser == "crossref"
    assert paper == PaperRecord(
        title="Tanks of light: A survey",
        abstract="We fill tanks with light.\n\nAnd look.",
        authors=("Ada Author", "The Tank Group"),
        doi="10.1234/tank.7",
        published_at=datetime(2026, 2, 1, tzinfo=UTC),
    )
    assert isinstance(problem, Problem)
    assert problem.reason == "it tells of no article, paper or book"


def test_a_document_that_breaks_off_gives_what_came_whole() -> None:
    _, _, entries = read(OAI[: OAI.index(b"Raw light")])
    assert len(entries) == 4
    assert isinstance(entries[-1], Problem)
    assert entries[-1].place == "after record 3"


@given(
    sample=st.sampled_from(ALL),
    start=st.integers(0, 3_000),
    length=st.integers(0, 300),
    splice=st.binary(max_size=30) | st.sampled_from([b"\0", b"<a>" * 300, b"\xff\xfe", b"]]>"]),
)
def test_no_damage_raises_anything_but_declined(
    sample: bytes, start: int, length: int, splice: bytes
) -> None:
    damaged = RawDigest(sample[:start] + splice + sample[start + length :], TODAY)
    for name in XML:
        try:
            entries = list(parsers.get(name).parse(damaged).entries)
        except Declined as declined:
            assert str(declined)
        else:
            assert all(isinstance(one, PaperRecord | Problem) for one in entries)


@pytest.mark.parametrize(
    ("pattern", "parser", "mark"),
    [
        ("arxiv_api/*.xml", "arxiv_atom", rb"<entry>"),
        ("arxiv_oai/*.xml", "oai", rb"<record>"),
        ("arxiv_rss/*.xml", "arxiv_rss", rb"<entry>"),
        ("other/crossref/*.xml", "crossref", rb"<record>|<doi_record "),
    ],
)
def test_real_documents_are_told_by_content_and_read_whole(
    real_data: Path, pattern: str, parser: str, mark: bytes
) -> None:
    files = sorted(real_data.glob(pattern))
    assert files
    for path in files:
        content = path.read_bytes()
        told, _, entries = read(content)
        assert (told, len(entries)) == (parser, len(re.findall(mark, content))), path.name
        problems = [one for one in entries if isinstance(one, Problem)]
        assert all("error" in problem.reason for problem in problems), path.name
