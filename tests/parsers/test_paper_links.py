"""Addresses of works, whatever site shows them and whatever redirect hides them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.parsers.paper_links import id_in, paper_at, target


@pytest.mark.parametrize(
    ("url", "work"),
    [
        ("https://arxiv.org/abs/2404.01234v2", "arxiv:2404.01234"),
        ("http://export.arxiv.org/pdf/hep-th/9901001.pdf", "arxiv:hep-th/9901001"),
        ("https://huggingface.co/papers/2404.01234", "arxiv:2404.01234"),
        ("https://www.alphaxiv.org/abs/2404.01234", "arxiv:2404.01234"),
        ("https://doi.org/10.48550/arXiv.2404.01234", "arxiv:2404.01234"),
        ("https://dl.acm.org/doi/epdf/10.1145/3726302.3730314", "doi:10.1145/3726302.3730314"),
        ("https://www.biorxiv.org/content/10.1101/2020.01.01.123456v1.full.pdf",
         "doi:10.1101/2020.01.01.123456"),
        ("https://link.springer.com/chapter/10.1007/978-3-030-1_2", "doi:10.1007/978-3-030-1_2"),
        ("https://www.nature.com/articles/s41598-025-88482-7", "doi:10.1038/s41598-025-88482-7"),
        ("https://openreview.net/pdf?noteId=x&id=BJxGan4FPB", "openreview:BJxGan4FPB"),
        ("https://www.aclweb.org/anthology/P19-1001.pdf", "acl:P19-1001"),
        ("https://proceedings.mlr.press/v139/author21a.html",
         "page:https://proceedings.mlr.press/v139/author21a.html"),
        ("https://doi.org/10.5281/zenodo.15572006", ""),
        ("https://github.com/a/b", ""),
        ("https://arxiv.org/list/cs.CL/new", ""),
        ("https://openreview.net/group?id=ICLR.cc", ""),
    ],
)  # fmt: skip
def test_an_address_names_its_work(url: str, work: str) -> None:
    assert paper_at(url) == work
    assert id_in(work) == (work.partition(":")[2] if work[:3] in ("arx", "doi") else "")


@pytest.mark.parametrize(
    "url",
    [
        "https://scholar.google.com/scholar_url?url=https://arxiv.org/abs/2404.01234&hl=en&sa=X",
        "https://www.google.com/url?q=https%3A%2F%2Farxiv.org%2Fabs%2F2404.01234&sa=D",
        "https://eu.safelinks.protection.outlook.com/?url=https%3A%2F%2Farxiv.org%2Fabs%2F2404.01234&data=0",
        "https://urldefense.com/v3/__https://arxiv.org/abs/2404.01234__;!!abc",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__arxiv.org_abs_2404.01234&d=x",
        "https://news.example/click?id=3&to=https%3A%2F%2Farxiv.org%2Fabs%2F2404.01234",
        "https://arxiv.org/abs/2404.01234",
    ],
)
def test_a_redirect_is_undone(url: str) -> None:
    assert target(url) == "https://arxiv.org/abs/2404.01234"


def test_an_address_that_only_carries_another_is_left_alone() -> None:
    url = "https://share.example/?url=https%3A%2F%2Fexample.org"
    assert target(url) == url


@given(st.text(max_size=200))
def test_any_text_is_taken_for_an_address(text: str) -> None:
    assert isinstance(paper_at(target(f"https://x.example/?url={text}")), str)
    assert isinstance(paper_at(target(text)), str)
