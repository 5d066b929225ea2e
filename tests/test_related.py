"""Papers that share authors, code or data sets with one: on its page and in the API."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from feeds import marking, reading
from feeds.models import Paper, PaperTag, Tag
from feeds.related import related
from tests.factories import entry, put_in
from tests.people import NOW, somebody
from tests.web.document import read

pytestmark = pytest.mark.django_db
CODE = "https://github.com/someone/lamps"


@pytest.fixture(autouse=True)
def _papers() -> None:
    put_in(
        entry("Lamps", id="2604.00001", authors=["Ada Lux", "Ben Day"], githubRepo=CODE),
        entry("Dimmer lamps", id="2604.00002", authors=["Ada Lux", "Ben Day"]),
        entry("Bees", id="2604.00003", authors=["Ada Lux"]),
        entry("Lamp code", id="2604.00004", authors=["Cy Else"], githubRepo=CODE),
        entry("Bulbs", id="2604.00005", authors=["Dee Else"]),
        entry("Nothing of it", id="2604.00006", authors=["Ed Else"]),
    )
    bulbs = Tag.objects.create(slug="bulbs", name="Bulbs 1M", kind="dataset")
    for key in ("2604.00001", "2604.00005"):
        PaperTag.objects.create(paper=Paper.objects.get(key=key), tag=bulbs, tagger="test")


def keys(papers) -> list[str]:
    return [one.key for one in papers]


def found(viewer: int | None = None):
    paper = reading.paper("2604.00001")
    assert paper
    return related(paper, viewer)


def test_papers_of_the_same_authors_stand_there_most_shared_first() -> None:
    assert keys(found().by_authors) == ["2604.00002", "2604.00003"]
    assert found().authors == ("Ada Lux", "Ben Day")


def test_the_same_code_and_the_same_data_are_told_and_no_paper_twice() -> None:
    assert keys(found().code) == ["2604.00004"]
    ((tag, papers),) = found().datasets
    assert tag.name == "Bulbs 1M"
    assert keys(papers) == ["2604.00005"]


def test_what_is_dropped_or_hidden_is_not_there() -> None:
    reader = somebody()
    marking.hide(Paper.objects.get(key="2604.00002").pk, reader, NOW)
    Paper.objects.filter(key="2604.00004").update(dropped_at=NOW)
    assert keys(found(reader).by_authors) == ["2604.00003"]
    assert not found(reader).code


def test_the_page_and_the_api_tell_it(client) -> None:
    part = read(client.get("/papers/2604.00001")).one("section", class_="related")
    assert [one.text for one in part.all("h3")] == [
        "Also by Ada Lux and Ben Day",
        "Same code",
        "Same dataset: Bulbs 1M",
    ]
    told = json.loads(client.get("/api/v1/papers/2604.00001/related").content)
    assert [one["key"] for one in told["by_authors"]] == ["2604.00002", "2604.00003"]
    assert [one["key"] for one in told["code"]] == ["2604.00004"]
    assert told["datasets"][0]["tag"]["slug"] == "bulbs"
    alone = read(client.get("/papers/2604.00006"))
    assert not alone.all("section", class_="related")


def test_the_same_code_is_looked_up_in_an_index() -> None:
    with connection.cursor() as cursor, CaptureQueriesContext(connection) as asked:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        found()
        sql = next(one["sql"] for one in asked.captured_queries if '"code_url" =' in one["sql"])
        cursor.execute(f"EXPLAIN {sql}")
        assert "paper_by_code" in "\n".join(row[0] for row in cursor.fetchall())
