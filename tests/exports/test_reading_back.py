"""What is written as references is read back as the same papers, by our parsers and by others'."""

import datetime as dt
from dataclasses import replace

import bibtexparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.exports.base import About, exports
from feeds.parsers.base import parse
from feeds.records import PaperRecord, PaperView, RawDigest
from feeds.tex import to_text
from tests.exports.papers import paper

ABOUT = About("Papers", "https://papers.example.org", "https://papers.example.org/")
TODAY = dt.date(2026, 5, 1)

# Words as titles have them: accents, signs that TeX minds, formulas, protected capitals.
WORDS = st.sampled_from(
    r"""
    On BERT GPT-4 naïve Größe Ерш 学习 α 50% R&D x_1 #1 $5 a the {BERT} } { @home me@x.org ~ ^ \
    “so” it’s – $x^2$ $\alpha_{i}$ $\{a\}$ $\mathbb{R}^d$ \emph{so} "no" \'{e}t\'{e} C++ Q
    iPhone f(x) =1 <b> A/B O($n$) Łódź ﬁ `a' ``b'' -- a--b PixArt-$\alpha$: x. (BERT)
    """.split()
)
TITLES = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)
NAMES = st.sampled_from(
    """
    Ada One/Zoë Two-Three/Jan van der Berg/Xi Chen/I. Newton/Martin King Jr./王小明/DeepSeek-AI
    /The ATLAS Collaboration/Ludwig van Beethoven/Jörg Å. Øst/María de la Cruz/O'Neil Smith/Plato
    /Research and Development Team/A_B C&D
    """.replace("\n    ", "")
    .strip()
    .split("/")
)
PAPERS = st.builds(
    paper,
    TITLES,
    st.one_of(st.just(""), TITLES.map(lambda text: f"We say {text}. It is so.")),
    authors=st.lists(NAMES, max_size=6, unique=True).map(tuple),
    arxiv_id=st.sampled_from(["2604.00001", "cs/0112017", ""]),
    doi=st.sampled_from(["10.1234/a_b.(5)", "10.1002/(sici)1097-0258", ""]),
    published_at=st.sampled_from([None, dt.datetime(2026, 4, 23, 10, tzinfo=dt.UTC)]),
).filter(lambda one: any(sign.isalnum() for sign in one.title))
LISTS = st.lists(PAPERS, min_size=1, max_size=4).map(
    lambda papers: [replace(one, id=number) for number, one in enumerate(papers)]
)


def _read(content: bytes, parser: str) -> list[PaperRecord]:
    entries = parse(RawDigest(content, TODAY), parser).entries
    return [entry for entry in entries if isinstance(entry, PaperRecord)]


def _known(one: PaperView | PaperRecord) -> tuple[object, ...]:
    """A day is all that either format knows of a time."""
    day = one.published_at.date() if one.published_at else None
    return (one.authors, one.arxiv_id, one.doi, day)


# BibTeX holds TeX, RIS the plain words.
@pytest.mark.parametrize(
    ("form", "parser", "words"), [("bib", "bibtex", to_text), ("ris", "ris", str)]
)
@settings(max_examples=60, deadline=None)
@given(papers=LISTS)
def test_our_own_parser_reads_the_same_papers(form, parser, words, papers) -> None:
    found = _read(exports.get(form).render(papers, ABOUT), parser)
    assert [_known(one) for one in found] == [_known(one) for one in papers]
    assert [words(one.title) for one in found] == [one.title for one in papers]
    assert [words(one.abstract) for one in found] == [to_text(one.abstract) for one in papers]


@settings(max_examples=60, deadline=None)
@given(papers=LISTS)
def test_another_parser_finds_every_entry_whole(papers) -> None:
    library = bibtexparser.parse_string(exports.get("bib").render(papers, ABOUT).decode())
    assert not library.failed_blocks
    assert len(library.entries) == len(papers)
    for entry in library.entries:
        for field in entry.fields:
            assert field.value.count("{") == field.value.count("}")


SIGNS = st.text(alphabet="ab AB1{}\\$_^~%&#@\"'`-=,.é学<>()[]|", min_size=1, max_size=25)


@settings(max_examples=150, deadline=None)
@given(title=SIGNS)
def test_whatever_signs_a_title_has_its_entry_is_whole_and_reads_the_same(title: str) -> None:
    known = paper(f"T {title}")
    written = exports.get("bib").render([known], ABOUT)
    library = bibtexparser.parse_string(written.decode())
    assert (len(library.entries), library.failed_blocks) == (1, [])
    assert [to_text(one.title) for one in _read(written, "bibtex")] == [known.title]
