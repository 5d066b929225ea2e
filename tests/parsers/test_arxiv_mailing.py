r"""Mails and listings of arXiv: what stands between lines of two backslashes."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.parsers.base import Declined, parse, parsers
from feeds.records import PaperRecord, Problem, RawDigest, Version

TODAY = date(2026, 4, 25)
RULE = "-" * 78
MAIL = rf"""Date: Fri, 24 Apr 26 00:43:00 GMT
Subject: cs daily Subj-class mailing

{RULE}
 Submissions to:
Tanks
 received from  Wed 22 Apr 26 18:00:00 GMT  to  Thu 23 Apr 26 18:00:00 GMT
{RULE}
\\
arXiv:2604.06051
Date: Thu, 23 Apr 2026 16:40:59 GMT   (876kb,D)

Title: Tanks of light in the long
  run
Authors: Ada Author (Some Place, Some Land), Beno\^it Writer
  and Cy King, Jr.
Categories: cs.AI cs.LG
Comments: 12 pages, Title: not this one
DOI: 10.1234/tank.8
\\
  We fill tanks with
light, and look.
  Then we look again.
\\ ( https://arxiv.org/abs/2604.06051 ,  876kb)
%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-
{RULE}
\\
arXiv:2604.05654 (*cross-listing*)
Date: Thu, 23 Apr 2026 02:10:04 GMT   (74kb,D)

Title: Crossed tanks
Authors: Ada Author
Categories: cs.CL
\\
  This paper has been withdrawn by the author.
\\ ( https://arxiv.org/abs/2604.05654 ,  74kb)
{RULE}
\\
arXiv:2204.01445
replaced with revised version Thu, 23 Apr 2026 08:03:26 GMT   (25kb,D)

Title: Replaced tanks
Authors: Ada Author
Categories: math.PR
\\ ( https://arxiv.org/abs/2204.01445 ,  25kb)
{RULE}
\\
Paper (*cross-listing*): math.GT/0001018
From: Somebody  <somebody@example.org>
Date: Sat, 1 Jan 2000 10:40:23 GMT   (69kb)
Date (revised v2): Wed, 24 May 2000 02:52:43 GMT   (25kb)

Title:
Authors: Ada Author
Categories: math.GT
\\
"""


def read(content: bytes) -> tuple[str, date | None, list[PaperRecord | Problem]]:
    digest = parse(RawDigest(content, TODAY))
    return digest.parser, digest.date, list(digest.entries)


def test_a_mail_is_read_block_by_block() -> None:
    parser, day, (new, crossed, replaced, untitled) = read(MAIL.encode())
    assert (parser, day) == ("arxiv_mailing", date(2026, 4, 24))
    assert new == PaperRecord(
        title="Tanks of light in the long run",
        abstract="We fill tanks with light, and look.\n\nThen we look again.",
        authors=("Ada Author", "Benoît Writer", "Cy King, Jr."),
        arxiv_id="2604.06051",
        doi="10.1234/tank.8",
        published_at=datetime(2026, 4, 23, 16, 40, 59, tzinfo=UTC),
        categories=("cs.AI", "cs.LG"),
    )
    assert isinstance(crossed, PaperRecord)
    assert (crossed.arxiv_id, crossed.abstract) == ("2604.05654", "")
    note = "This paper has been withdrawn by the author."
    assert crossed.versions == (Version(0, None, withdrawn=True, note=note),)
    assert isinstance(replaced, PaperRecord)
    assert (replaced.title, replaced.abstract) == ("Replaced tanks", "")
    assert untitled == Problem("entry 4, line 48", "it has no title")


def test_the_versions_that_a_listing_dates_are_read() -> None:
    _, _, (*_, revised) = read(MAIL.replace("Title:\n", "Title: A title\n").encode())
    assert isinstance(revised, PaperRecord)
    assert revised.versions == (
        Version(1, datetime(2000, 1, 1, 10, 40, 23, tzinfo=UTC)),
        Version(2, datetime(2000, 5, 24, 2, 52, 43, tzinfo=UTC)),
    )


def test_what_is_said_of_a_version_is_cleaned_as_any_other_text() -> None:
    wild = MAIL.replace("withdrawn by", "withdrawn\0 \u202eby").encode()
    _, _, (_, crossed, *_) = read(wild)
    assert isinstance(crossed, PaperRecord)
    assert crossed.versions[0].note == "This paper has been withdrawn by the author."


def test_line_ends_of_any_system_are_read() -> None:
    assert read(MAIL.replace("\n", "\r\n").encode())[2] == read(MAIL.encode())[2]


def test_a_listing_without_a_mail_is_of_the_newest_day_it_names() -> None:
    listing = MAIL[MAIL.index("\\\\") :]
    assert read(listing.encode())[1] == date(2026, 4, 23)
    assert read(f"\\\\\n/* Fri, 3 Apr 2026 */\n{listing}".encode())[1] == date(2026, 4, 3)


@given(st.integers(0, len(MAIL)), st.integers(0, 300), st.binary(max_size=30))
def test_no_damage_raises_anything_but_declined(start: int, length: int, splice: bytes) -> None:
    content = MAIL.encode()
    damaged = content[:start] + splice + content[start + length :]
    try:
        found = list(parsers.get("arxiv_mailing").parse(RawDigest(damaged, TODAY)).entries)
    except Declined as declined:
        assert str(declined)
    else:
        assert found


@pytest.mark.parametrize("size", [100_000])
def test_a_field_without_end_takes_no_time_without_end(size: int) -> None:
    hostile = MAIL.replace("Ada Author", "(" * size).replace("We fill", "\\\\ " * size)
    assert len(read(hostile.encode())[2]) == 4


def test_real_mailings_are_told_by_content_and_read_whole(real_data: Path) -> None:
    files = sorted((real_data / "arxiv_mailing").glob("*.txt"))
    assert files
    for path in files:
        content = path.read_bytes()
        parser, day, entries = read(content)
        assert (parser, bool(day)) == ("arxiv_mailing", True), path.name
        assert len(entries) == len(re.findall(rb"(?m)^Title:", content)), path.name
        papers = [one for one in entries if isinstance(one, PaperRecord)]
        assert len(papers) == len(entries), path.name
        assert all(paper.arxiv_id and paper.categories for paper in papers), path.name
