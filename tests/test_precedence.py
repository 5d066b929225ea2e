"""Of several digests that name a paper the better one is believed, in whatever order they come."""

import itertools
import json
from datetime import UTC, date, datetime

import pytest

from feeds.ingest import ingest, source_named
from feeds.models import Paper, PaperVersion
from feeds.parsers.base import parsers
from feeds.precedence import BY_ID, BY_TITLE, known_formats, standing
from feeds.reading import paper
from tests.factories import digest, entry

pytestmark = pytest.mark.django_db

OAI = """<OAI-PMH><responseDate>2026-04-20T13:00:41Z</responseDate><ListRecords><record>
<header><identifier>oai:arXiv.org:2604.00009</identifier></header><metadata><arXivRaw>
<id>2604.00009</id>
<version version="v1"><date>Tue, 14 Apr 2026 10:00:00 GMT</date></version>
<version version="v2"><date>Fri, 17 Apr 2026 10:00:00 GMT</date></version>
<title>The title of record</title>
<authors>Ada Author</authors>
{comments}
<abstract>The abstract of record.</abstract>
</arXivRaw></metadata></record></ListRecords></OAI-PMH>"""
HF = digest(
    entry(
        "A title retold",
        id="2604.00009",
        summary="An abstract retold.",
        ai_summary="What it is about.",
        githubRepo="https://github.example/ada/light",
    )
)
PAGE = (
    "Get trending papers in your email inbox!\n\nSubscribe\n\nby AK and the research community\n\n"
    "Apr 24\n\nThe title of record\n\nWords of the page.\n"
)


def put(content: str | bytes) -> None:
    raw = content.encode() if isinstance(content, str) else content
    ingest(raw, source_named("any"), now=datetime(2026, 4, 25, tzinfo=UTC))


def fields() -> dict[str, object]:
    return Paper.objects.values(
        "arxiv_id", "title", "abstract", "summary", "authors", "code_url", "title_text"
    ).get()


@pytest.mark.parametrize("order", list(itertools.permutations([OAI.format(comments=""), HF])))
def test_the_archive_says_what_a_paper_is_and_the_page_what_surrounds_it(
    order: tuple[str | bytes, ...],
) -> None:
    for content in order * 2:
        put(content)
    assert fields() == {
        "arxiv_id": "2604.00009",
        "title": "The title of record",
        "title_text": "The title of record",
        "abstract": "The abstract of record.",
        "summary": "What it is about.",
        "authors": ["Ada Author"],
        "code_url": "https://github.example/ada/light",
    }


@pytest.mark.parametrize("order", list(itertools.permutations(["first", "second", "first again"])))
def test_the_later_digest_is_believed_though_it_repeats_an_earlier_one(
    order: tuple[str, ...],
) -> None:
    days = {"first": 1, "second": 2, "first again": 3}
    for name in order:
        said = entry("A paper", id="2604.00008", summary=f"As said {name.split()[0]}.")
        ingest(digest(said), source_named("any"), day=date(2026, 4, days[name]))
    assert Paper.objects.get().abstract == "As said first."


def test_each_field_remembers_the_digest_that_told_it() -> None:
    put(OAI.format(comments=""))
    put(HF)
    one = Paper.objects.get()
    told_by = {name: parser_of(one, name) for name in ("title", "authors", "summary", "code_url")}
    assert told_by == {
        "title": "oai",
        "authors": "oai",
        "summary": "hf_json",
        "code_url": "hf_json",
    }


def parser_of(one: Paper, name: str) -> str:
    digest_id, sure = one.told[name]
    assert sure == BY_ID
    return str(one.listings.get(digest=digest_id).digest.parser)


def test_a_record_known_by_its_title_alone_only_fills_gaps() -> None:
    put(OAI.format(comments=""))
    put(PAGE)
    assert Paper.objects.get().abstract == "The abstract of record."
    assert standing("title", BY_ID, "page_text", "2020-01-01") > standing(
        "title", BY_TITLE, "oai", "2026-01-01"
    )


def test_every_format_has_its_stated_place_or_the_lowest() -> None:
    assert known_formats() <= set(parsers.names())


def test_versions_are_added_to_and_not_overwritten() -> None:
    put(OAI.format(comments=""))
    put(OAI.format(comments="<comments>Withdrawn by the author</comments>"))
    put(OAI.format(comments=""))
    rows = PaperVersion.objects.order_by("number").values_list("number", "withdrawn", "note")
    assert list(rows) == [(1, False, ""), (2, True, "Withdrawn by the author")]
    found = paper("2604.00009")
    assert found is not None
    assert found.withdrawn
    assert [version.number for version in found.versions] == [1, 2]
    assert found.versions[0].submitted_at == datetime(2026, 4, 14, 10, tzinfo=UTC)


def test_a_later_version_ends_a_withdrawal() -> None:
    withdrawn = OAI.format(comments="<comments>Withdrawn</comments>")
    put(withdrawn)
    third = '<version version="v3"><date>Sat, 18 Apr 2026 10:00:00 GMT</date></version>'
    put(OAI.format(comments="").replace("<title>", f"{third}<title>"))
    found = paper("2604.00009")
    assert found is not None
    assert not found.withdrawn


def test_what_is_told_is_json_that_a_reader_can_follow() -> None:
    put(HF)
    told = json.loads(json.dumps(Paper.objects.get().told))
    assert {len(pair) for pair in told.values()} == {2}
