"""The names that works go by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.identify import arxiv_id, arxiv_version, doi, title_key


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("2404.01234", "2404.01234"),
        ("2404.01234v3", "2404.01234"),
        ("arXiv:2404.01234", "2404.01234"),
        ("arxiv: 2404.01234v12", "2404.01234"),
        ("https://arxiv.org/abs/2404.01234", "2404.01234"),
        ("http://arxiv.org/pdf/2404.01234v2.pdf", "2404.01234"),
        ("https://export.arxiv.org/abs/2404.01234?context=cs", "2404.01234"),
        ("https://doi.org/10.48550/arXiv.2404.01234", "2404.01234"),
        ("10.48550/arxiv.2404.01234", "2404.01234"),
        ("oai:arXiv.org:2404.01234", "2404.01234"),
        ("arXiv:2404.01234 [cs.CL]", "2404.01234"),
        ("0704.0001", "0704.0001"),
        ("1412.9999", "1412.9999"),
        ("1501.00001", "1501.00001"),
        ("hep-th/9901001", "hep-th/9901001"),
        ("hep-th/9901001v2", "hep-th/9901001"),
        ("math.GT/0309136", "math/0309136"),
        ("arXiv:cs/0112017", "cs/0112017"),
        ("  2404.01234  ", "2404.01234"),
    ],
)
def test_an_arxiv_id_is_known_in_any_spelling(written: str, known: str) -> None:
    assert arxiv_id(written) == known


@pytest.mark.parametrize(
    "other",
    [
        "",
        "2404.1234",
        "2404.012345",
        "0808.05394",
        "2413.01234",
        "2400.01234",
        "see 2404.01234",
        "2404.01234 and more",
        "nowhere/9901001",
        "hep-th/0801001",
        "10.1234/2404.01234",
        "https://example.org/abs/2404.01234",
        "v2",
    ],
)
def test_what_is_no_arxiv_id_is_none(other: str) -> None:
    assert arxiv_id(other) == ""


def test_a_version_is_told_where_it_is_named() -> None:
    assert arxiv_version("arXiv:2404.01234v3") == 3
    assert arxiv_version("2404.01234") is None


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("10.1234/Abc.Def", "10.1234/abc.def"),
        ("doi:10.1234/x", "10.1234/x"),
        ("https://doi.org/10.1234/x", "10.1234/x"),
        ("http://dx.doi.org/10.1234/a%2Fb", "10.1234/a/b"),
        ("10.1234/x.", "10.1234/x"),
        (
            "10.1002/1521-3994(199903)320:1<1::AID-ASNA1>3.0.CO;2-8",
            "10.1002/1521-3994(199903)320:1<1::aid-asna1>3.0.co;2-8",
        ),
        ("10.12/x", ""),
        ("11.1234/x", ""),
        ("10.1234/a b", ""),
        ("10.1234/" + "x" * 300, ""),
        ("10.1234/<script>", ""),
    ],
)
def test_a_doi_is_known_in_any_spelling(written: str, known: str) -> None:
    assert doi(written) == known


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PixArt-$\\alpha$: Fast Training", "PixArt-α – fast training"),
        ("Erd\\H{o}s numbers", "Erdős Numbers"),
        ("Attention is all you need!", "ATTENTION IS ALL YOU NEED"),
        ("Graphs &amp; Trees", "Graphs and trees"),
        ("State-of-the-art  parsing", "State of the Art Parsing"),
        ("Straße", "strasse"),
    ],
)
def test_titles_are_compared_by_their_letters(one: str, other: str) -> None:
    assert title_key(one) == title_key(other) != ""


def test_titles_of_different_words_are_different() -> None:
    assert title_key("LLaMA 2") != title_key("LLaMA 3")
    assert title_key("?!…") == ""


@given(st.text())
def test_any_text_may_be_asked(text: str) -> None:
    for known in (arxiv_id(text), doi(text)):
        assert known == "" or known in (arxiv_id(known), doi(known))
    assert title_key(title_key(text)) == title_key(text)
