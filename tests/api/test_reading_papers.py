"""What is asked of papers by the API: some members, more of one, many at once, editions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from feeds.models import Edition, Feed
from tests.api.holding import hold
from tests.factories import DAY, entry, put_in
from tests.people import somebody

pytestmark = pytest.mark.django_db
ONE = "/api/v1/papers/2604.00001"


@pytest.fixture(autouse=True)
def _papers(db) -> None:
    text = "A diffusion model of bees and of their many flowers."
    put_in(*(entry(id=f"2604.0000{n}", summary=text, doi=f"10.1145/{n}") for n in range(1, 4)))


def test_a_list_tells_the_members_that_were_asked_for(client) -> None:
    answer = client.get("/api/v1/papers?fields=title,votes&limit=2")
    told = answer.json()
    assert {frozenset(one) for one in told["papers"]} == {
        frozenset({"key", "rank", "title", "votes"})
    }
    assert {*client.get(told["next"]).json()["papers"][0]} == {"key", "rank", "title", "votes"}
    hold(answer, "get", "papers")


def test_one_paper_tells_less_or_more(client) -> None:
    less = client.get(f"{ONE}?fields=title,scores")
    assert set(less.json()) == {"key", "title", "scores"}
    more = client.get(f"{ONE}?expand=provenance,similar")
    told = more.json()
    assert {word["field"]: word["source"] for word in told["provenance"]}["title"] == "upload"
    assert {paper["key"] for paper in told["similar"]} == {"2604.00002", "2604.00003"}
    assert set(client.get(f"{ONE}?fields=title&expand=similar").json()) == {
        "key", "title", "similar",
    }  # fmt: skip
    for answer in (less, more, client.get(ONE)):
        hold(answer, "get", "papers/{key}")


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("papers?fields=beauty", "fields"),
        ("papers/2604.00001?expand=all", "expand"),
        ("papers/batch", "ids"),
        (f"papers/batch?ids={','.join(map(str, range(101)))}", "ids"),
        (f"papers/batch?ids={'x' * 301}", "ids"),
        ("papers/batch?ids=a,,b", "ids"),
        ("papers/batch?ids=%00", "ids"),
    ],
)
def test_a_wrong_term_is_named(client, address, field) -> None:
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == 400
    assert [one["field"] for one in answer.json()["errors"]] == [field]


def test_papers_are_read_by_any_name_at_once(client) -> None:
    names = "2604.00002,none,arXiv:2604.00001v3,2604.00002,https://arxiv.org/abs/2604.00002"
    answer = client.get(f"/api/v1/papers/batch?ids={names}&fields=title")
    told = answer.json()
    assert [paper["key"] for paper in told["papers"]] == ["2604.00002", "2604.00001"]
    assert told["missing"] == ["none"]
    hold(answer, "get", "papers/batch")


def test_a_batch_of_many_takes_no_more_queries(client) -> None:
    few = len(_queries(client, "2604.00001"))
    many = len(_queries(client, "2604.00001,2604.00002,2604.00003,none"))
    assert few == many


def test_a_feeds_editions_are_listed_and_read(client) -> None:
    feed = Feed.objects.create(slug="bees", name="Bees", query="q=bees")
    Edition.objects.create(feed=feed, period="day", date=DAY, note="A word.")
    answer = client.get("/api/v1/feeds/bees/editions")
    assert [one["date"] for one in answer.json()["editions"]] == [f"{DAY}"]
    hold(answer, "get", "feeds/{slug}/editions")
    for day in (f"{DAY}", "latest"):
        told = client.get(f"/api/v1/feeds/bees/editions/{day}").json()
        assert (told["note"], len(told["papers"])) == ("A word.", 3)
    assert client.get("/api/v1/feeds/bees/editions/2026-02-30").status_code == 400
    before = client.get("/api/v1/feeds/bees/editions?before=2026-W17")
    assert before.json()["errors"][0]["field"] == "before"
    assert client.get("/api/v1/feeds/none/editions").status_code == 404


def test_a_hidden_paper_is_read_where_it_is_named(client, django_user_model) -> None:
    client.force_login(django_user_model.objects.get(pk=somebody()))
    client.put(f"{ONE}/marks/hidden")
    assert client.get("/api/v1/papers/batch?ids=2604.00001").json()["missing"] == []


def _queries(client, ids: str) -> list:
    with CaptureQueriesContext(connection) as seen:
        client.get(f"/api/v1/papers/batch?ids={ids}")
    return list(seen)
