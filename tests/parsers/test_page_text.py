"""The text of a papers page, in the shapes that copying and dumping give it."""

import textwrap
from datetime import UTC, date, datetime
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.parsers.base import Declined, parsers
from feeds.records import PaperRecord, ParsedDigest, Problem, RawDigest

TODAY = date(2026, 11, 24)
MASTHEAD = (
    "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\n"
    "byAK and the research community\n\nApr 24\n\n"
)
PAPERS = [
    (
        "Lanterns: Guiding Small Models Through Long Documents",
        (
            "Long documents make small models lose their way. We put lights "
            "along the path, [0, 1] of "
            "them per page, and measure how far a model walks. It walks twice "
            "as far (p < 0.05), and "
            "returns with 92.5% of what it was sent for. Code is at https://example.org/lanterns."
        ),
    ),
    (
        "Is a Second Look Worth It? Notes on Rereading",
        (
            "Readers go back. We ask whether a model should, too, and find that it depends on the "
            "question: for numbers yes, for names no. A simple rule saves 40% "
            "of the time. We close "
            "with three open problems and a data set of 7k questions."
        ),
    ),
    (
        "PixArt-$\\alpha$ Revisited",
        (
            "We look again at a well known painter, with {\\em new} eyes. What "
            "we see is not what was "
            "said: the colours come first, and the lines come last. A short "
            "training run of 3 hours "
            "shows it on all 12 subjects that we tried."
        ),
    ),
]


def read(content: str | bytes, **more: date) -> ParsedDigest:
    data = content.encode() if isinstance(content, str) else content
    return parsers.get("page_text").parse(RawDigest(data, TODAY, **more))


def records(content: str | bytes) -> list[PaperRecord]:
    entries = list(read(content).entries)
    assert not [one for one in entries if isinstance(one, Problem)]
    return [one for one in entries if isinstance(one, PaperRecord)]


def told(content: str | bytes) -> list[tuple[str, str]]:
    return [(one.title, one.abstract) for one in records(content)]


def plain(papers: list[tuple[str, str]] = PAPERS) -> str:
    return MASTHEAD + "".join(f"{title}\n\n{abstract}\n\n" for title, abstract in papers)


def linked(papers: list[tuple[str, str]]) -> str:
    page = MASTHEAD
    for number, (title, abstract) in enumerate(papers):
        url = f"https://huggingface.co/papers/2604.{number:05}"
        page += (
            f"[{number or '-'}](https://huggingface.co/login?next=%2Fpapers%2F2604.{number:05})\n\n"
            f"### [{title}]({url})\n\n[{abstract}]({url})\n\n[- 3 authors]({url})\n\n·\n\n"
            f"Apr 20[{number + 1}]({url}#community)\n\n"
        )
    return page + "[Previous](https://huggingface.co/papers/date/2026-04-23)\n"


def referenced(papers: list[tuple[str, str]]) -> str:
    page, links = MASTHEAD.replace("Subscribe", "[Subscribe][1]"), ["https://example.org/login"]

    def link(url: str) -> str:
        links.append(url)
        return f"[{len(links)}]"

    for number, (title, abstract) in enumerate(papers):
        url = f"https://huggingface.co/papers/2604.{number:05}"
        wrapped = textwrap.fill(abstract, 100, break_long_words=False, break_on_hyphens=False)
        page += (
            f"[\n{number or '-'}\n]{link('https://huggingface.co/login?next=x')}\n\n"
            f"### [{title}]{link(url)}\n\n[\n\n{wrapped}\n\n]{link(url)}\n"
            f"[[lab] The Lamp Lab]{link('https://huggingface.co/lab')}\n·\nMay 30, 2025"
            f" [ {number + 1}]{link(url + '#community')}\n"
        )
    return page + "\nReferences:\n\n" + "".join(f"[{n}]: {url}\n" for n, url in enumerate(links, 1))


def addressed(papers: list[tuple[str, str]]) -> str:
    page = MASTHEAD.replace("Subscribe", "Subscribe\n\nhttps://huggingface.co/login?next=%2Fpapers")
    for number, (title, abstract) in enumerate(papers):
        url = f"https://huggingface.co/papers/2604.{number:05}"
        page += (
            f" [-] {number or '-'}\n\nhttps://huggingface.co/login?next=%2Fpapers%2F2604.{number:05}"
            f"\n\n{title}\n\n{url}\n\n{abstract}\n\n{url}\n\n[\n\n3 authors]({url})\n\n·\n\n"
            f"Oct 7, 2024 \n\n{number + 1}\n\n{url}#community\n\n"
        )
    return page + "Previous\n\nhttps://huggingface.co/papers/date/2026-03-24\n\nSystem theme\n"


def doubled(papers: list[tuple[str, str]]) -> str:
    page = MASTHEAD.replace("Apr 24", "## Trending Papers")
    for title, abstract in papers:
        card = f"### {title}\n\n{abstract}\n- 8 authors\n[GitHub 11.3k](https://github.com/a/b)\n\n"
        page += card * 2
    return page


def copied(papers: list[tuple[str, str]]) -> str:
    page = MASTHEAD
    for number, (title, abstract) in enumerate(papers):
        page += (
            f"Submitted by\n\nsomebody{number}\n\n{number or '-'}\n\n{title}\n\n{abstract}\n\n"
            f"The Lamp Lab\n\n·\nMay 30\n\n{number + 1}\n\n"
        )
    return page


SHAPES = [plain, linked, referenced, addressed, doubled, copied]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_the_page_tells_of_the_same_papers(shape) -> None:
    assert told(shape(PAPERS)) == PAPERS


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_the_real_page_tells_of_the_same_papers(shape, real_data: Path) -> None:
    papers = told((real_data / "seed-digest.txt").read_bytes())
    assert len(papers) == 107
    assert told(shape(papers)) == papers


def test_the_real_page_is_titles_and_abstracts_in_turn(real_data: Path) -> None:
    content = (real_data / "seed-digest.txt").read_bytes()
    paragraphs = [" ".join(one.split()) for one in content.decode().split("\n\n") if one.strip()]
    body = paragraphs[5:]
    assert told(content) == list(zip(body[::2], body[1::2], strict=True))


@pytest.mark.parametrize("shape", [linked, addressed])
def test_links_name_the_papers(shape) -> None:
    ids = [one.arxiv_id for one in records(shape(PAPERS))]
    assert ids == ["2604.00000", "2604.00001", "2604.00002"]


@pytest.mark.parametrize("shape", [linked, referenced, addressed, copied])
def test_counts_are_votes_above_and_comments_below(shape) -> None:
    counts = [(one.votes, one.comments) for one in records(shape(PAPERS))]
    assert counts == [(None, 1), (1, 2), (2, 3)]


@pytest.mark.parametrize("shape", [referenced, copied])
def test_a_name_above_the_day_is_the_organisation(shape) -> None:
    assert {one.organization for one in records(shape(PAPERS))} == {"The Lamp Lab"}


@pytest.mark.parametrize(
    ("shape", "day"),
    [
        (linked, datetime(2026, 4, 20, tzinfo=UTC)),
        (referenced, datetime(2025, 5, 30, tzinfo=UTC)),
        (addressed, datetime(2024, 10, 7, tzinfo=UTC)),
        (plain, None),
    ],
)
def test_a_day_beside_a_paper_is_when_it_was_published(shape, day: datetime | None) -> None:
    assert {one.published_at for one in records(shape(PAPERS))} == {day}


def test_a_paper_is_not_published_after_its_edition() -> None:
    page = copied(PAPERS).replace("May 30", "Apr 25")
    assert {one.published_at for one in records(page)} == {datetime(2025, 4, 25, tzinfo=UTC)}


def test_a_code_link_is_taken_with_its_stars() -> None:
    one = records(doubled(PAPERS))[0]
    assert (one.code_url, one.code_stars) == ("https://github.com/a/b", 11_300)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    "encoded",
    [
        lambda page: page.replace("\n", "\r\n").encode(),
        lambda page: b"\xef\xbb\xbf" + page.encode(),
        lambda page: page.encode("utf-16"),
        lambda page: page.encode("utf-16-le"),
        lambda page: page.replace("·", "\u00b7").encode("cp1252"),
        lambda page: page.replace("\n\n", "\n \n").encode(),
        lambda page: page.replace("\n\n", "\n\n\n\n").encode(),
    ],
    ids=["crlf", "mark", "utf-16", "unmarked", "windows-1252", "spaces", "more blank lines"],
)
def test_the_encoding_does_not_matter(shape, encoded) -> None:
    papers = [(title, f"“{abstract}” – so they say.") for title, abstract in PAPERS]
    assert told(encoded(shape(papers))) == papers


@pytest.mark.parametrize("width", [40, 72, 100])
def test_wrapped_lines_are_one_paragraph(width: int) -> None:
    page = MASTHEAD + "\n\n".join(
        textwrap.fill(part, width, break_long_words=False, break_on_hyphens=False)
        for paper in PAPERS
        for part in paper
    )
    assert told(page) == PAPERS


def test_lines_without_blank_ones_between_stand_for_themselves() -> None:
    assert told("\n".join(line for line in plain().splitlines() if line)) == PAPERS


def test_a_title_on_the_line_above_its_abstract_is_a_title() -> None:
    page = MASTHEAD + "\n\n".join(f"{title}\n{abstract}" for title, abstract in PAPERS)
    assert told(page) == PAPERS


def test_a_paper_without_an_abstract_is_no_abstract_of_the_one_above() -> None:
    papers = [PAPERS[0], ("A Title That Stands Alone", ""), PAPERS[1], PAPERS[2]]
    assert told(plain(papers)) == papers


def test_an_abstract_of_two_paragraphs_is_one_abstract() -> None:
    abstract = "\n\n".join(PAPERS[0][1].split(". ", 1)).replace("way\n", "way.\n") + " So it is."
    papers = [(PAPERS[0][0], abstract), *PAPERS[1:]]
    assert told(plain(papers)) == papers


def test_a_numeral_in_a_wrapped_abstract_is_no_count() -> None:
    abstract = "We count what there is to be counted in the whole of the collection, and get\n42\n"
    told_of = f"{abstract}papers. It is enough."
    page = MASTHEAD + f"Counting\n\n{told_of}\n\n{PAPERS[1][0]}\n\nShort one.\n"
    assert told(page)[0] == ("Counting", " ".join(told_of.split()))


def test_words_in_angle_brackets_stay() -> None:
    papers = [("On Tokens", "A <TRK> token is put in. It follows a ball, if 0 < x and y > 1.")]
    assert told(plain(papers)) == papers


def test_two_works_of_one_title_stay_two() -> None:
    papers = [("Technical Report", PAPERS[0][1]), ("Technical Report", PAPERS[1][1])]
    assert told(plain(papers)) == papers


@pytest.mark.parametrize(
    ("header", "told_day", "day"),
    [
        ("Apr 24", None, date(2026, 4, 24)),
        ("Nov 24", None, date(2026, 11, 24)),
        ("Nov 25", None, date(2025, 11, 25)),
        ("Feb 29", None, date(2024, 2, 29)),
        ("Oct 7, 2024", None, date(2024, 10, 7)),
        ("Apr 24", date(2023, 1, 2), date(2023, 1, 2)),
        ("Some day", None, None),
    ],
)
def test_the_header_dates_the_edition(header: str, told_day: date | None, day: date | None) -> None:
    page = plain().replace("Apr 24", header)
    assert read(page, **({"date": told_day} if told_day else {})).date == day


def test_the_byline_is_read() -> None:
    assert read(plain()).byline == "AK"
    linked_to = plain().replace("byAK", "## by [[x] Ann & Bo](https://h.co/b)")
    assert read(linked_to).byline == "Ann & Bo"


@pytest.mark.parametrize("page", ["Dear all,\n\nlunch is at noon.\n", MASTHEAD, "\x00" * 900])
def test_what_is_no_papers_page_is_declined(page: str) -> None:
    with pytest.raises(Declined):
        read(page)


def test_a_title_of_megabytes_is_put_aside_with_its_line() -> None:
    papers = [PAPERS[0], ("Long " * 1_000_000, PAPERS[1][1]), PAPERS[2]]
    entries = list(read(doubled(papers)).entries)
    assert [type(one) for one in entries] == [PaperRecord, Problem, PaperRecord]
    assert entries[1].place.startswith("entry 2, line ")
    assert "characters" in entries[1].reason


def test_a_short_abstract_and_an_organisation_below_it_are_two() -> None:
    page = MASTHEAD + (
        "[\n1\n][3]\n\n### [A Short Report][4]\n\n[\n\nThis says little.\n\n][5]\n"
        "[[lab] The Lamp Lab][6]\n·\nMar 13, 2025 [ 3][7]\n"
    )
    [paper] = read(page).entries
    assert (paper.abstract, paper.organization) == ("This says little.", "The Lamp Lab")
    assert (paper.votes, paper.comments) == (1, 3)


def test_pictures_without_words_are_nothing() -> None:
    page = MASTHEAD + (
        "[[picture]](https://example.org/papers/2604.00001)\n\nSubmitted by\n\n[picture]\n\nann\n\n"
        "### [A Title in\nTwo Lines](https://example.org/papers/2604.00001)\n\nIt is told here.\n\n"
        "-\n\n-\n\n- 4 authors\n\n· Published on Dec 28, 2024\n\n"
        "[Upvote\n\n149](https://example.org/login?next=%2Fpapers%2F2604.00001)\n\n"
        "[GitHub 110k](https://github.com/a/b) [arXiv Page](https://arxiv.org/abs/2604.00001)\n"
    )
    [paper] = read(page).entries
    assert (paper.arxiv_id, paper.title) == ("2604.00001", "A Title in Two Lines")
    assert (paper.abstract, paper.votes) == ("It is told here.", 149)
    assert (paper.code_url, paper.code_stars) == ("https://github.com/a/b", 110_000)


def test_a_dump_that_is_cut_off_gives_what_it_has() -> None:
    page = linked(PAPERS)
    cut = (
        page[: page.index("a short training run".capitalize())]
        + "A sh\n\n[Content truncated]\n```\n"
    )
    assert [title for title, _ in told(cut)] == [title for title, _ in PAPERS]


@pytest.mark.parametrize("shape", [linked, referenced])
def test_an_interval_at_the_beginning_of_a_line_opens_no_link(shape) -> None:
    abstract = "All of the values lie in\n[0, 1) of the line, some in (2, 3]. They are [4] good."
    assert told(shape([("On Lines", abstract)])) == [("On Lines", " ".join(abstract.split()))]


@pytest.mark.parametrize(
    "wild",
    ["[\n" * 90_000, "](/x)\n" * 90_000, "[" * 500_000, "[a](/x)" * 90_000, "12\n\nA\n\n" * 20_000],
)
def test_a_wild_page_is_answered_in_time(wild: str) -> None:
    began = process_time()
    try:
        read(MASTHEAD + wild)
    except Declined as declined:
        assert str(declined)
    assert process_time() - began < 30  # what grows with the square of it takes hours


@given(
    shape=st.sampled_from(SHAPES),
    start=st.integers(0, 3_000),
    length=st.integers(0, 300),
    splice=st.binary(max_size=30) | st.sampled_from([b"\0", b"[" * 500, b"\xff\xfe", b"][1]\n"]),
)
def test_no_damage_raises_anything_but_declined(shape, start, length, splice) -> None:
    content = shape(PAPERS).encode()
    damaged = content[:start] + splice + content[start + length :]
    try:
        found = list(parsers.get("page_text").parse(RawDigest(damaged, TODAY)).entries)
    except Declined as declined:
        assert str(declined)
    else:
        assert all(isinstance(one, PaperRecord | Problem) for one in found)
