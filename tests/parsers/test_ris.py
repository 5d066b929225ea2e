"""RIS as reference managers export it, and PubMed's MEDLINE."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.parsers.base import Declined, parse, parsers
from feeds.records import PaperRecord, Problem, RawDigest

TODAY = date(2026, 4, 25)
RIS = """Some Database
EXPORT DATE: 24 April 2026

TY  - JOUR
TI  - Tanks of light in the long
run
AU  - Author, Ada
AU  - King, Cy, Jr.
A2  - Itor, Ed
PY  - 2024
DA  - 2024/04/12/
AB  - We fill tanks with
light - and look.

Then we look again.
KW  - tanks
light
KW  - lamps; oil
DO  - https://doi.org/10.1234/TANK.8
UR  - http://arxiv.org/abs/2404.01234v2
N1  - Comment: TI  - not this one
ER  -

TY  - GEN
T1  - A reference without an end
A1  - One, A.
Y1  - 2023///
JO  - arXiv preprint arXiv:2306.05432
N2  - Short.

TY  - BOOK
AU  - Author, Ada
ER  -
"""
MEDLINE = """
PMID- 12345678
OWN - NLM
DP  - 2024 Apr 3
TI  - Tanks of light in the
      long run.
AB  - We fill tanks
      with light.
FAU - Author, Ada
AU  - Author A
CN  - The Tank Group
OT  - tanks
OT  - light
AID - S0000-0000(24)00001-1 [pii]
AID - 10.1234/tank.8 [doi]
PMC - PMC1234567
SO  - J Tanks. 2024 Apr 3;1(2):3-4.

PMID- 12345679
TI  - Second tanks
DP  - 2023
"""


def read(content: str | bytes) -> tuple[str, list[PaperRecord | Problem]]:
    data = content.encode() if isinstance(content, str) else content
    digest = parse(RawDigest(data, TODAY))
    return digest.parser, list(digest.entries)


def test_a_file_is_read_reference_by_reference() -> None:
    parser, (tanks, endless, untitled) = read(RIS)
    assert parser == "ris"
    assert tanks == PaperRecord(
        title="Tanks of light in the long run",
        abstract="We fill tanks with light - and look.\n\nThen we look again.",
        authors=("Ada Author", "Cy King Jr."),
        arxiv_id="2404.01234",
        doi="10.1234/tank.8",
        published_at=datetime(2024, 4, 12, tzinfo=UTC),
        keywords=("tanks", "light", "lamps", "oil"),
    )
    assert endless == PaperRecord(
        title="A reference without an end",
        abstract="Short.",
        authors=("A. One",),
        arxiv_id="2306.05432",
        published_at=datetime(2023, 1, 1, tzinfo=UTC),
    )
    assert untitled == Problem("entry 3, line 31", "it has no title")


def test_the_last_reference_needs_no_end() -> None:
    assert read(RIS[: RIS.rindex("ER")])[1] == read(RIS)[1]


def test_pubmed_files_are_read() -> None:
    parser, (tanks, second) = read(MEDLINE)
    assert parser == "ris"
    assert tanks == PaperRecord(
        title="Tanks of light in the long run.",
        abstract="We fill tanks with light.",
        authors=("Ada Author", "The Tank Group"),
        doi="10.1234/tank.8",
        published_at=datetime(2024, 4, 3, tzinfo=UTC),
        keywords=("tanks", "light"),
    )
    assert isinstance(second, PaperRecord)
    assert second.published_at == datetime(2023, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace("  - ", " - ").encode(),
    ],
    ids=["crlf", "mark", "utf-16", "one space"],
)
def test_how_it_is_written_does_not_matter(written) -> None:
    text = RIS.replace("Comment: TI  - not", "Comment: not")
    assert read(written(text)) == read(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (RIS.replace("TY  -", "ty  -"), "small letters"),
        (RIS.replace("TY  -", "XX  -"), "begins a reference"),
        ("Dear all,\n\nlunch is at noon.\n", "begins a reference"),
    ],
)
def test_what_is_no_ris_is_declined(text: str, reason: str) -> None:
    with pytest.raises(Declined, match=reason):
        parsers.get("ris").parse(RawDigest(text.encode(), TODAY))


@pytest.mark.parametrize("text", [RIS, MEDLINE])
@given(st.integers(0, len(RIS)), st.integers(0, 300), st.binary(max_size=30))
def test_no_damage_raises_anything_but_declined(
    text: str, start: int, length: int, splice: bytes
) -> None:
    content = text.encode()
    damaged = content[:start] + splice + content[start + length :]
    try:
        found = list(parsers.get("ris").parse(RawDigest(damaged, TODAY)).entries)
    except Declined as declined:
        assert str(declined)
    else:
        assert found


@pytest.mark.parametrize("hostile", ["word\n", "\n", "AU  - One, A.\n", "TY  - JOUR\n", "a; ", "-"])
def test_a_field_without_end_takes_no_time_without_end(hostile: str) -> None:
    assert len(read(RIS.replace("We fill", hostile * 100_000))[1]) >= 2
