"""What each format says of a paper."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest

from feeds.exports.apa import citation
from feeds.exports.base import About, exports
from feeds.exports.keys import citation_key, citation_keys
from feeds.exports.persons import Person, person
from feeds.records import Version
from tests.exports.papers import paper

ABOUT = About("Papers of the day", "https://papers.example.org", "https://papers.example.org/")


def written(form: str, *papers, about: About = ABOUT) -> str:
    return exports.get(form).render(papers, about).decode()


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ada Lovelace", Person("Lovelace", "Ada")),
        ("Jan van der Berg", Person("van der Berg", "Jan")),
        ("Martin Luther King Jr.", Person("King", "Martin Luther", "Jr.")),
        ("Plato", Person("Plato")),
        ("王小明", Person("王小明")),
        ("Gemma Team", Person("Gemma Team")),
        ("Van Gogh", Person("Gogh", "Van")),
        ("van Gogh", Person("Gogh", "van")),
        ("", Person("")),
    ],
)
def test_a_name_is_taken_apart(name, parts) -> None:
    assert person(name) == parts


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({}, "one2026study"),
        ({"authors": ("Zoë Größe",)}, "grosse2026study"),
        ({"authors": ()}, "p2026study"),
        ({"published_at": None}, "onestudy"),
        ({"title": "学习", "authors": ("王小明",)}, "p260400001"),
        ({"title": "3D for all", "authors": ()}, "p20263d"),
        ({"title": "On the $k$-means of it"}, "one2026k"),
    ],
)
def test_a_citation_key_is_author_year_and_the_first_telling_word(fields, key) -> None:
    assert citation_key(paper(**fields)) == key


def test_papers_of_one_key_get_letters_that_do_not_hang_on_the_order() -> None:
    alike = [paper(id=number, key=f"k{number}") for number in range(3)]
    other = paper("Studya", id=9)
    keys = citation_keys([*alike, other])
    assert keys == citation_keys([other, *reversed(alike)])
    assert [keys[number] for number in range(3)] == [
        "one2026studyb",
        "one2026studyc",
        "one2026studyd",
    ]
    assert keys[9] == "one2026studya"


def test_many_of_one_key_stay_apart() -> None:
    keys = citation_keys([paper(id=number, key=f"k{number:03}") for number in range(60)])
    assert len(set(keys.values())) == 60


def test_a_bibtex_entry_names_its_archive_and_keeps_capitals_and_formulas() -> None:
    entry = written(
        "bib",
        paper("Fast {GPT-4} & $x^2$ for Größe", "It is 50% of $\\alpha$.", doi="10.1234/a_b"),
    )
    assert entry.startswith("@misc{one2026fast,\n")
    assert "  author = {One, Ada\n            and van der Two, Ben},\n" in entry
    assert "  year = {2026},\n  month = apr,\n" in entry
    assert (
        "  eprint = {2604.00001},\n  archivePrefix = {arXiv},\n  primaryClass = {cs.CL},\n" in entry
    )
    assert "  doi = {10.1234/a_b},\n" in entry
    assert r"\& {$x^2$} for Größe}" in entry
    assert r"It is 50\% of $\alpha$." in entry


def test_what_has_but_a_doi_is_an_article_and_what_was_withdrawn_is_said_to_be() -> None:
    taken_back = (Version(1, withdrawn=True),)
    entry = written("bib", paper(arxiv_id="", doi="10.1234/a", versions=taken_back))
    assert entry.startswith("@article{")
    assert "note = {Withdrawn}" in entry
    assert "TY  - JOUR\r\n" in written("ris", paper(arxiv_id="", doi="10.1234/a"))
    assert "TY  - GEN\r\n" in written("ris", paper(arxiv_id=""))


def test_a_bodys_name_stays_in_one_piece() -> None:
    entry = written("bib", paper(authors=("Research and Development Team", "Ada One")))
    assert "author = {{Research and Development Team}\n            and One, Ada}" in entry


def test_csl_tells_names_dates_and_numbers_apart() -> None:
    (item,) = json.loads(written("csl.json", paper(authors=("Ada One", "Gemma Team"))))
    assert item["author"] == [{"family": "One", "given": "Ada"}, {"literal": "Gemma Team"}]
    assert item["issued"] == {"date-parts": [[2026, 4, 23]]}
    assert (item["type"], item["number"]) == ("article", "arXiv:2604.00001")


@pytest.mark.parametrize("begins", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "\t=1"])
def test_no_cell_of_a_table_is_a_formula(begins) -> None:
    known = paper(begins, f"{begins} and on", authors=(begins,), summary=begins)
    (row,) = csv.DictReader(io.StringIO(written("csv", known).removeprefix("\ufeff")))
    assert not [value for value in row.values() if value.startswith(tuple("=+-@\t＝"))]
    assert row["title"].startswith("'")


def test_a_table_keeps_commas_quotes_and_lines_in_their_cells() -> None:
    known = paper('A "b", c', "One.\n\nTwo.", authors=("A, B", "C"))
    (row,) = csv.DictReader(io.StringIO(written("csv", known).removeprefix("\ufeff")))
    assert (row["title"], row["authors"], row["abstract"]) == ('A "b", c', "A, B; C", "One. Two.")


def test_markdown_shows_words_as_words_and_formulas_as_formulas() -> None:
    known = paper("# *Not* [a](link) <b> $x_1^2$", "1. So\n\n- it $\\alpha$ _is_.")
    page = exports.get("md").one(known, ABOUT).decode()
    assert page.startswith("# \\# \\*Not\\* \\[a\\](link) \\<b\\> $x_1^2$\n")
    assert "\n1\\. So\n\n\\- it $\\alpha$ \\_is\\_.\n" in page
    assert "[PDF](<https://arxiv.org/pdf/2604.00001>)" in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {},
            "One, A., & van der Two, B. (2026). A study. arXiv. https://arxiv.org/abs/2604.00001",
        ),
        (
            {"authors": ("Jean-Luc B. One",), "title": "Why?", "published_at": None},
            "One, J.-L. B. (n.d.). Why? arXiv. https://arxiv.org/abs/2604.00001",
        ),
        (
            {"authors": (), "arxiv_id": "", "doi": "10.1234/a"},
            "A study. (2026). https://doi.org/10.1234/a",
        ),
        (
            {"authors": tuple(f"A. N{number}" for number in range(30))},
            ", ".join(f"N{number}, A." for number in range(19))
            + ", … N29, A. (2026). A study. arXiv. https://arxiv.org/abs/2604.00001",
        ),
    ],
)
def test_a_citation_in_words(fields, said) -> None:
    assert citation(paper(**fields), "https://papers.example.org/papers/x") == said


@pytest.mark.parametrize("form", exports.names())
@pytest.mark.parametrize(
    "fields",
    [
        {"authors": (), "published_at": None, "arxiv_id": "", "tags": (), "primary": ""},
        {"title": "W" * 1000, "authors": tuple(f"Ada N{n}" for n in range(3000))},
        {"title": "مرحبا بالعالم 学习", "authors": ("محمد علي",)},
        {"published_at": datetime(1, 1, 1, tzinfo=UTC)},
    ],
)
def test_much_little_and_other_scripts_are_written(form, fields) -> None:
    known = paper(**fields)
    assert known.title[:20] in exports.get(form).one(known, ABOUT).decode()
    assert written(form, known)
    assert written(form) is not None
