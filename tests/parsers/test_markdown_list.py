"""Lists of links to papers as people keep them by hand."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.parsers.base import Declined, parse, parsers
from feeds.records import PaperRecord, Problem, RawDigest

TODAY = date(2026, 4, 25)
LIST = """# Awesome Tanks [![Awesome](https://awesome.example/badge.svg)](https://awesome.example)

Updated on 2026.04.20. See [the guide](https://example.org).

<!-- - [Hidden](https://arxiv.org/abs/2404.09999) -->
```
- [In code](https://arxiv.org/abs/2404.09998)
```

## Contents
- [Surveys](#surveys)

## 🔥 Surveys
- [Filling Tanks: A Survey](https://arxiv.org/abs/2404.00001), 2024. [[code](https://github.com/a/b)]
- **Tanks of Many Colours** [[paper](https://arxiv.org/pdf/2404.00002.pdf)] [[page](https://tanks.example/x)]
  - *Ada Author, Ben Writer*
- (19 ICML) Simple Tank Attacks
  - [Paper](https://arxiv.org/abs/1905.00003), [Code](https://github.com/x/y)
1. [2023/10] AutoTanks: A Frame for Tanks. (Some University) [[paper](https://arxiv.org/abs/2309.00004)]
- [TankNet][tn] - a net of tanks
- https://arxiv.org/abs/2404.00005

### Tables
| Publish Date | Title | Authors | PDF | Code |
|---|---|---|---|---|
| 2024-07-01 | Tanks of Swarms | L. Author et.al. | [2407.00006](URL) | **[link](CODE)** |

[tn]: https://arxiv.org/abs/2404.00007
""".replace("URL", "https://arxiv.org/abs/2407.00006").replace("CODE", "https://github.com/s/v")


def read(text: str | bytes) -> list[PaperRecord | Problem]:
    content = text.encode() if isinstance(text, str) else text
    digest = parse(RawDigest(content, TODAY))
    assert digest.parser == "markdown_list"
    return list(digest.entries)


def paper(text: str) -> PaperRecord:
    (found,) = read(text)
    assert isinstance(found, PaperRecord)
    return found


def test_a_list_is_read_item_by_item() -> None:
    surveys = ("Surveys",)
    digest = parse(RawDigest(LIST.encode(), TODAY))
    assert (digest.parser, digest.date) == ("markdown_list", date(2026, 4, 20))
    assert list(digest.entries) == [
        PaperRecord(
            title="Filling Tanks: A Survey",
            arxiv_id="2404.00001",
            published_at=datetime(2024, 1, 1, tzinfo=UTC),
            keywords=surveys,
            code_url="https://github.com/a/b",
        ),
        PaperRecord(
            title="Tanks of Many Colours",
            authors=("Ada Author", "Ben Writer"),
            arxiv_id="2404.00002",
            keywords=surveys,
        ),
        PaperRecord(
            title="Simple Tank Attacks",
            arxiv_id="1905.00003",
            keywords=surveys,
            code_url="https://github.com/x/y",
        ),
        PaperRecord(
            title="AutoTanks: A Frame for Tanks",
            arxiv_id="2309.00004",
            published_at=datetime(2023, 10, 1, tzinfo=UTC),
            keywords=surveys,
        ),
        PaperRecord(title="TankNet", arxiv_id="2404.00007", keywords=surveys),
        Problem(
            "entry 6, line 21", "no title stands beside the link https://arxiv.org/abs/2404.00005"
        ),
        PaperRecord(
            title="Tanks of Swarms",
            authors=("L. Author",),
            arxiv_id="2407.00006",
            published_at=datetime(2024, 7, 1, tzinfo=UTC),
            keywords=("Surveys", "Tables"),
            code_url="https://github.com/s/v",
        ),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "- [Tanks of Light](URL)",
        "- [[2404.01234] Tanks of Light](URL)",
        "- [Tanks of Light (ICLR 2026 poster)](URL)",
        "- [Chen et al. (2023) Tanks of Light](URL)",
        "- [Tanks of Light](URL 'a hint') and [the code](https://github.com/a/b)",
        "- **Tanks of Light** [[arXiv](URL)]",
        "- **[NeurIPS 2023]** Tanks of Light. [[Paper](URL)] [[Code](https://github.com/a/b)]",
        "- *Tanks of Light*, [pdf](URL)",
        "- 2014 **GoTank** Tanks of Light and Glass [[paper](URL)]",
        "- [Author et al., 2024](URL) Tanks of Light",
        '- **TL-X** — One, A. et al. "Tanks of Light." *arXiv* 2404.01234 (2024). [![a](b)](URL)',
        "- Ada Author, Ben Writer. Tanks of Light. *Proc. of Tanks* 3 (2024). [link](URL)",
        "- Author, A., & Writer, B. (2021). Tanks of Light. *Proc. of Tanks*. [DOI](URL)",
        "- [[PDF]](URL) Tanks of Light (2022)",
        "- [PDF] (URL) Tanks of Light",
        "- Tanks of Light: URL",
        "- Tanks of Light (<URL>)",
        "- \\[[EMNLP 2023](URL)\\] Tanks of Light.",
        "* [x] [Tanks of Light](URL)",
        "+ Tanks of Light ([ASPLOS 2024](x.md)) [[arXiv](URL)]",
        "- Tanks of Light\n  - Ada Author\n  - [paper](URL)",
        "- 2404.01234 Tanks of Light",
        "- Tanks of Light, arXiv:2404.01234v2",
        "### Tanks of Light [[paper](URL)]\n\nA word on it.",
        "### 3. Tanks of Light\n\n[arXiv](URL)\n\nA word on it.",
        "# Tanks of Light\n\n**会议**: ICLR 2026  \n**论文**: [OpenReview](URL)",
        "Tanks of Light\nURL",
        "URL\nTanks of Light",
        "    * deep\n\n          * Tanks of Light [pdf](URL)",
        "<ul><li><a href='URL'><b>Tanks</b> of Light</a></li></ul>",
        "<b>Tanks of Light</b><br>\n<i>Ada Author</i><br>\n[[Paper](URL)]<br>",
        "|Method|paper|\n|--|--|\n|Tanks of Light|[arxiv](URL)|",
        "|<sub>Rank</sub>|<sub>Title</sub>|\n|--|--|\n|1|<sub>*[Tanks of Light](URL)*</sub>|",
        "[Tanks of Light][1]\n\n[1]: URL",
        "> [Tanks of Light](URL)",
        "Title: Tanks of Light\nAuthors: Ada Author\nLink: URL",
    ],
)
def test_the_title_is_found_wherever_it_stands(line: str) -> None:
    found = paper(line.replace("URL", "https://arxiv.org/abs/2404.01234"))
    assert found.title in ("Tanks of Light", "Tanks of Light and Glass")
    assert found.arxiv_id == "2404.01234"


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("[TankNet](URL)", "TankNet"),
        ("[TankNet](URL) - A net of tanks", "TankNet"),
        ("[TankNet](URL): A Net of Tanks", "TankNet: A Net of Tanks"),
        ("**TankNet**: A Net of Tanks [pdf](URL)", "TankNet: A Net of Tanks"),
    ],
)
def test_a_work_may_go_by_one_word(line: str, title: str) -> None:
    assert paper(f"- {line.replace('URL', 'https://arxiv.org/abs/2404.01234')}").title == title


@pytest.mark.parametrize(
    "line",
    [
        "*Ada Author and Cy King*. [paper](URL)",
        "Ada Author, Cy King. *Proc. of Tanks*, 2024. [paper](URL)",
        "— *Ada Author, Cy King, 2022* [paper](URL)",
        "[paper](URL)\n  - Authors: Ada Author, Cy King",
        "[paper](URL)\n      Ada Author, Cy King.",
    ],
)
def test_the_authors_are_found_beside_the_title(line: str) -> None:
    found = paper(f"- **Tanks of Light** {line.replace('URL', 'https://arxiv.org/abs/2404.01234')}")
    assert found.title == "Tanks of Light"
    assert found.authors == ("Ada Author", "Cy King")


def test_an_item_with_several_papers_is_several() -> None:
    text = (
        "- [Tanks of Light](https://arxiv.org/abs/2404.00001) and then"
        " [Tanks of Air](https://arxiv.org/abs/2404.00002)\n"
        "- **Tanks of Oil** [pdf](https://arxiv.org/abs/2404.00003);"
        " **Tanks of Tin** [pdf](https://arxiv.org/abs/2404.00004)\n"
    )
    assert [one.title for one in read(text) if isinstance(one, PaperRecord)] == [
        "Tanks of Light",
        "Tanks of Air",
        "Tanks of Oil",
        "Tanks of Tin",
    ]


def test_copies_of_a_paper_are_one_entry() -> None:
    found = paper(
        "- [Tanks of Light](https://aclanthology.org/2023.acl-long.1/), *Findings of Tanks*,"
        " [doi](https://doi.org/10.18653/v1/2023.acl-long.1),"
        " [arXiv](https://arxiv.org/abs/2404.01234)"
    )
    assert (found.arxiv_id, found.doi) == ("2404.01234", "10.18653/v1/2023.acl-long.1")
    assert found.project_url == ""


@pytest.mark.parametrize(
    "url",
    [
        "https://openreview.net/forum?id=BJxGan4FPB",
        "https://aclanthology.org/2026.findings-acl.849/",
        "https://proceedings.mlr.press/v139/author21a.html",
    ],
)
def test_a_paper_without_an_id_keeps_its_page(url: str) -> None:
    found = paper(f"- [Tanks of Light]({url})")
    assert (found.arxiv_id, found.doi, found.project_url) == ("", "", url)


def test_what_is_set_in_under_a_paper_tells_of_it() -> None:
    found = paper(
        "- [Tanks of Light](https://arxiv.org/abs/2404.01234)\n"
        "  - TL;DR: Tanks are filled with light.\n"
        "  - Abstract: We fill tanks, and then we fill them again.\n"
        "  - [project page](https://tanks.example/light)\n"
        "- Not of it: [code](https://github.com/a/b)\n"
    )
    assert found.summary == "Tanks are filled with light."
    assert found.abstract == "We fill tanks, and then we fill them again."
    assert (found.project_url, found.code_url) == ("https://tanks.example/light", "")


@pytest.mark.parametrize(
    "text",
    [
        "- [Tanks of Light](URL) - We fill tanks with light, and then we look at them.",
        "- **Tanks of Light** - We fill tanks with light, and then we look at them. [paper](URL)",
        "- [Tanks of Light](URL)\n  - TL;DR: We fill tanks with light, and then we look at them.",
        """|Paper|Links|\n|--|--|
        |1) **Tanks of Light** - We fill tanks with light, and then we look at them.|[p](URL)|""",
    ],
)
def test_what_explains_the_title_is_the_summary(text: str) -> None:
    found = paper(text.replace("URL", "https://arxiv.org/abs/2404.01234"))
    assert found.title == "Tanks of Light"
    assert found.summary == "We fill tanks with light, and then we look at them."


def test_a_name_in_bold_is_no_title_of_what_explains_it() -> None:
    text = "| Paper | Links |\n|--|--|\n| **TankNet** - a net of tanks that are lit | [p](URL) |"
    assert paper(text.replace("URL", "https://arxiv.org/abs/2404.01234")).title == "TankNet"


def test_an_abstract_may_be_folded_in_its_column() -> None:
    abstract = "We fill tanks with light, and then we look at them."
    text = f"""| Title | Abstract |\n|--|--|
| [Tanks](https://arxiv.org/abs/2404.01234) | <details><summary>Show</summary><p>{abstract}</p> |"""
    assert paper(text).abstract == abstract


def test_a_report_has_a_section_for_each_paper() -> None:
    text = """# Papers\n- **Last Updated**: 2026-04-20 05:54 UTC\n
### 1. [Tanks of Light](https://arxiv.org/abs/2404.01234)\n
**Authors**: Ada Author, Cy King  \n**Category**: cs.CL, math-ph  \n**Published**: 2026-04-19\n
#### Abstract\nWe fill tanks with light.\n
---\n
### 2. [Tanks of Air](https://arxiv.org/abs/2404.01235)\n
#### Abstract\nWe fill tanks with air, which is the training infrastr..."""
    digest = parse(RawDigest(text.encode(), TODAY))
    light, air = digest.entries
    assert digest.date == date(2026, 4, 20)
    assert light == PaperRecord(
        title="Tanks of Light",
        abstract="We fill tanks with light.",
        authors=("Ada Author", "Cy King"),
        arxiv_id="2404.01234",
        categories=("cs.CL", "math-ph"),
        published_at=datetime(2026, 4, 19, tzinfo=UTC),
    )
    assert isinstance(air, PaperRecord)
    assert (air.abstract, air.summary[:13]) == ("", "We fill tanks")


def test_headings_are_keywords_but_the_title_of_the_page_is_none() -> None:
    text = (
        "# My Tanks\n## 1. Light\n### Papers\n- [Tanks of Light](https://arxiv.org/abs/2404.01234)"
    )
    assert paper(text).keywords == ("Light",)


def test_front_matter_dates_the_list() -> None:
    text = "---\ntitle: x\ndate: 2026-04-03\n---\n\n- [Tanks](https://arxiv.org/abs/2404.01234) x"
    digest = parse(RawDigest(text.encode(), TODAY))
    assert digest.date == date(2026, 4, 3)
    assert parse(RawDigest(text.encode(), TODAY, date(2026, 1, 1))).date == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Dear all,\n\nlunch is at noon.\n", "no link to a paper"),
        ("See https://example.org for more.", "no link to a paper"),
        ("- [paper](https://arxiv.org/abs/2404.01234)", "no title"),
        ('{"url": "https://arxiv.org/abs/2404.01234"}', "JSON"),
        ('<?xml version="1.0"?><a>https://arxiv.org/abs/2404.01234</a>', "XML"),
        ("<!DOCTYPE html><a href='https://arxiv.org/abs/2404.01234'>Tanks of Light</a>", "HTML"),
        ("From: a@b.example\nSubject: x\n\nhttps://arxiv.org/abs/2404.01234", "mail"),
        ("\\\\\narXiv:2404.01234\nTanks of Light https://arxiv.org/abs/2404.01234", "another kind"),
        ("@misc{a, url={https://arxiv.org/abs/2404.01234}}", "another kind"),
        ("- [Tanks of Light](https://arxiv.org/abs/2404.01234)\n" * 40_000, "longer than"),
    ],
)
def test_what_is_no_list_is_declined(text: str, reason: str) -> None:
    with pytest.raises(Declined, match=reason):
        parsers.get("markdown_list").parse(RawDigest(text.encode(), TODAY))


@given(st.integers(0, len(LIST)), st.integers(0, 300), st.binary(max_size=30))
def test_no_damage_raises_anything_but_declined(start: int, length: int, splice: bytes) -> None:
    content = LIST.encode()
    damaged = content[:start] + splice + content[start + length :]
    try:
        digest = parsers.get("markdown_list").parse(RawDigest(damaged, TODAY))
    except Declined as declined:
        assert str(declined)
    else:
        assert any(isinstance(one, PaperRecord) for one in digest.entries)


ITEM = "[Tanks of Light](https://arxiv.org/abs/2404.01234) "


@given(
    st.lists(
        st.sampled_from(["[", "](", ")", "**", "- ", "\n", "|", "<li>", "<b", ">", "\x85", ITEM])
    )
)
def test_any_heap_of_signs_is_read(signs: list[str]) -> None:
    found = list(
        parsers.get("markdown_list")
        .parse(RawDigest((ITEM + "".join(signs)).encode(), TODAY))
        .entries
    )
    assert isinstance(found[0], PaperRecord)


@pytest.mark.parametrize(
    "hostile",
    [
        "[",
        "![",
        "- ",
        "> ",
        "<b>",
        "<!--",
        '<a href="',
        "|",
        "**a _b ",
        "Ada Author, ",
        "2404.01234 ",
    ],
)
def test_a_line_without_end_takes_no_time_without_end(hostile: str) -> None:
    assert read(f"- {ITEM}\n\n{hostile * 20_000}")


@pytest.mark.parametrize("sign", list(":-* >/(_·—"))
def test_a_long_run_of_signs_within_a_title_takes_no_time_without_end(sign: str) -> None:
    wild = f"Tanks of light{sign * 1_500}x by the shore"
    assert read(f"- {ITEM}\n- {wild} https://arxiv.org/abs/2404.01234")


@pytest.mark.parametrize(
    ("hostile", "reason"),
    [
        ("[x" * 100_001, "more than 100,000 brackets"),
        ("| a\n" * 50_001, "more than 50,000 lines"),
        ("\\a{" * 200_001, "more than 400,000 signs"),
    ],
)
def test_more_than_any_list_has_is_declined(hostile: str, reason: str) -> None:
    with pytest.raises(Declined, match=reason):
        parsers.get("markdown_list").parse(RawDigest(f"- {ITEM}\n\n{hostile}".encode(), TODAY))
