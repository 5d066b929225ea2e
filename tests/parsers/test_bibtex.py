"""BibTeX as reference managers, publishers and hands write it."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.parsers.base import Declined, parse, parsers
from feeds.records import PaperRecord, Problem, RawDigest

TODAY = date(2026, 4, 25)
BIB = r"""% Encoding: UTF-8
@string{conf = "Conference"}
@string{full = conf # " on Tanks"}
@comment{meta: databaseType: biblatex; {nested}}
@preamble{"\newcommand{\noop}[1]{}"}

@article{tanks,
  title         = {{T}anks of {BERT} for {$k$}-means, {\em really} $x^{2}$},
  author        = "M{\"u}ller, J{\"u}rgen and {OpenAI and Friends}
                   and King, Jr., Martin and others",
  journal       = {arXiv preprint arXiv:2404.01234},
  year          = 2024,
  month         = apr # "~12",
  abstract      = {We fill {tanks}.

Then we look.},
  keywords      = {tanks; light, lamps},
  primaryClass  = {cs.LG},
  code          = {https://github.com/example/tanks},
}

@inproceedings{broken,
  title = {Never {closed},
  year  = 2020
}

@InProceedings(light, TITLE = "Light in the " # full # { again}, DOI = {https://doi.org/10.1234/TANK.8}
  date = {2023-02}, crossref = {volume})

@proceedings{volume, title = {All of it}}
@misc{untitled, year = 2000}
"""


def read(content: str | bytes) -> tuple[str, list[PaperRecord | Problem]]:
    data = content.encode() if isinstance(content, str) else content
    digest = parse(RawDigest(data, TODAY))
    return digest.parser, list(digest.entries)


def paper(fields: str) -> PaperRecord:
    _, (one,) = read(f"@article{{key,\n{fields}\n}}\n")
    assert isinstance(one, PaperRecord)
    return one


def authors(field: str) -> tuple[str, ...]:
    return paper(f"title = {{A title}}, author = {{{field}}}").authors


def test_a_file_is_read_entry_by_entry() -> None:
    parser, (tanks, broken, light, volume, untitled) = read(BIB)
    assert parser == "bibtex"
    assert tanks == PaperRecord(
        title=r"Tanks of BERT for $k$-means, {\em really} $x^{2}$",
        abstract="We fill tanks.\n\nThen we look.",
        authors=("Jürgen Müller", "OpenAI and Friends", "Martin King Jr."),
        arxiv_id="2404.01234",
        published_at=datetime(2024, 4, 12, tzinfo=UTC),
        keywords=("tanks", "light, lamps"),
        categories=("cs.LG",),
        code_url="https://github.com/example/tanks",
    )
    assert broken == Problem("entry 2, line 22", "one of its braces or quotes is not closed")
    assert light == PaperRecord(
        title="Light in the Conference on Tanks again",
        doi="10.1234/tank.8",
        published_at=datetime(2023, 2, 1, tzinfo=UTC),
    )
    assert volume == Problem("entry 4, line 30", "a @proceedings is a volume, not a paper")
    assert untitled == Problem("entry 5, line 31", "it has no title")


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_any_system_are_read(end: str) -> None:
    assert read(BIB.replace("\n", end)) == read(BIB)


def test_latin_1_and_byte_order_marks_are_read() -> None:
    text = "@misc{a, title = {Étude}}"
    one = [PaperRecord(title="Étude")]
    assert read(text.encode("latin-1"))[1] == one
    assert read(text.encode("utf-8-sig"))[1] == one


def test_entries_of_one_key_are_all_kept() -> None:
    _, entries = read("@misc{a, title={One}}\n@misc{a, title={Two}, title={Three}}\n")
    assert entries == [PaperRecord(title="One"), PaperRecord(title="Two")]


@pytest.mark.parametrize(
    "text",
    [
        "@misc{a title={One}, year={2020}}",
        "@misc{a, title={One} year={2020}}",
        '@misc{a,\n title="One"\n year=2020\n}',
        "@misc{a, title={One}, % a remark\n year=2020}",
        "@misc{a, title={One},\n % note={None},\n year=2020}",
        "@misc {a , title = One , year = 2020 , }",
    ],
)
def test_missing_commas_and_remarks_cost_no_field(text: str) -> None:
    assert read(text)[1] == [
        PaperRecord(title="One", published_at=datetime(2020, 1, 1, tzinfo=UTC))
    ]


@pytest.mark.parametrize(
    ("fields", "arxiv_id"),
    [
        ("eprint={2404.01234v2}, archivePrefix={arXiv}", "2404.01234"),
        ("eprint={9901001}, primaryClass={hep-th}", "hep-th/9901001"),
        ("arxivId={1706.03762}", "1706.03762"),
        ("volume={abs/1706.03762}, journal={CoRR}", "1706.03762"),
        ("note={Preprint, arXiv:1706.03762 [cs.CL]}", "1706.03762"),
        (r"howpublished={\url{https://arxiv.org/abs/1706.03762}}", "1706.03762"),
        ("url={http://arxiv.org/pdf/1706.03762v5.pdf}", "1706.03762"),
        ("doi={10.48550/arXiv.1706.03762}", "1706.03762"),
        ("journal={Proceedings}, pages={1706.03762}", ""),
    ],
)
def test_arxiv_ids_are_found_where_they_are_written(fields: str, arxiv_id: str) -> None:
    one = paper(f"title={{A title}}, {fields}")
    assert (one.arxiv_id, one.doi) == (arxiv_id, "")


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ("year=2024", (2024, 1, 1)),
        ("year={2024}, month={4}", (2024, 4, 1)),
        ("year={2024}, month=sep", (2024, 9, 1)),
        ("year={2024}, month={September}, day={3}", (2024, 9, 3)),
        ("year={2024}, month={12 April}", (2024, 4, 12)),
        ("date={2024-04-03/2024-04-05}, year={1999}", (2024, 4, 3)),
        ("year={in press, 2025}", (2025, 1, 1)),
        ("year={2023}, month={2}, day={30}", (2023, 2, 1)),
    ],
)
def test_days_are_read_as_far_as_they_go(fields: str, day: tuple[int, int, int]) -> None:
    assert paper(f"title={{A title}}, {fields}").published_at == datetime(*day, tzinfo=UTC)


def test_names_become_unicode_with_given_names_first() -> None:
    assert authors(r"Zola, {\'E}mile AND Donald~E. Knuth") == ("Émile Zola", "Donald E. Knuth")
    assert authors("{The Tank, Group} and {van der Berg}, Jan") == (
        "The Tank, Group",
        "Jan van der Berg",
    )
    assert authors("family=Berg, given=Jan, prefix=van der and One, A.") == (
        "Jan van der Berg",
        "A. One",
    )
    assert authors("A. One, B. Two, C. Three, D. Four") == (
        "A. One",
        "B. Two",
        "C. Three",
        "D. Four",
    )


def test_braces_that_tex_needs_stay() -> None:
    kept = r"On \emph{this} and {\"O}l and \textbf{B} and $\frac{a}{b}$ for 5\%"
    assert paper(f"title = {{{{{kept}}}}}").title == kept


def test_a_page_that_shows_how_to_cite_it_is_no_bibliography() -> None:
    page = "# A fine tool\n\n" + "It does much.\n" * 20 + BIB[BIB.index("@InPro") :]
    with pytest.raises(Declined, match="most of it is text"):
        parsers.get("bibtex").parse(RawDigest(page.encode(), TODAY))


@pytest.mark.parametrize(
    "text", ["@media (width: 1em) {\n}", "@misc{a, year=2000}", "to @all: x=1"]
)
def test_what_holds_no_entry_with_a_title_is_declined(text: str) -> None:
    with pytest.raises(Declined):
        parsers.get("bibtex").parse(RawDigest(text.encode(), TODAY))


@given(st.integers(0, len(BIB)), st.integers(0, 300), st.binary(max_size=30))
def test_no_damage_raises_anything_but_declined(start: int, length: int, splice: bytes) -> None:
    content = BIB.encode()
    damaged = content[:start] + splice + content[start + length :]
    try:
        found = list(parsers.get("bibtex").parse(RawDigest(damaged, TODAY)).entries)
    except Declined as declined:
        assert str(declined)
    else:
        assert found


@given(st.text(alphabet='@a{}"#=,\\%$ \n', max_size=200))
def test_no_syntax_raises_anything_but_declined(text: str) -> None:
    content = f"@misc{{a, title={{A}}, author={{B}},{text}".encode()
    try:
        found = list(parsers.get("bibtex").parse(RawDigest(content, TODAY)).entries)
    except Declined as declined:  # what follows the entry may outweigh it
        assert "around" in str(declined)
    else:
        assert found


@pytest.mark.parametrize("hostile", ["{", '"a" # ', "f={x} ", "a and ", "a, ", "$", "\\", "@a{k,"])
def test_a_field_without_end_takes_no_time_without_end(hostile: str) -> None:
    text = BIB.replace("We fill", hostile * 100_000).replace("Müller", hostile * 100_000)
    assert read(text)[1]


def test_what_has_no_title_is_declined_before_its_entries_are_told_apart() -> None:
    with pytest.raises(Declined, match="none of its entries has a title"):
        parsers.get("bibtex").parse(RawDigest(b"\n@a{b, c = {" * 100_000, TODAY))


def test_macros_that_double_one_another_end() -> None:
    doubling = "".join(f"@string{{a{n + 1} = a{n} # a{n}}}\n" for n in range(100))
    _, (one,) = read(f'@string{{a0 = "long "}}\n{doubling}@misc{{k, title={{T}}, abstract=a99}}')
    assert isinstance(one, PaperRecord | Problem)
