"""The same question gets the same papers in the same order at every output."""

import csv
import io
import json
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date

import bibtexparser
import feedparser
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from feeds import following
from feeds.models import Paper
from tests.factories import entry, put_in, put_in_many
from tests.web.document import read

pytestmark = pytest.mark.django_db
SITE = f"{settings.SITE_URL}/papers/"


def _get(path: str, query: str) -> bytes:
    answer = Client().get(f"{path}?{query}")
    assert answer.status_code == 200, answer.content[:300]
    return answer.content


def page(query: str) -> list[str]:
    cards = read(Client().get(f"/?{query}")).all("li", class_="paper")
    return [card.one("h2").one("a")["href"].removeprefix("/papers/") for card in cards]


def api(query: str) -> list[str]:
    return [paper["key"] for paper in json.loads(_get("/api/v1/papers", query))["papers"]]


def json_feed(query: str) -> list[str]:
    return [
        item["id"].removeprefix(SITE) for item in json.loads(_get("/feed.json", query))["items"]
    ]


def rss(query: str) -> list[str]:
    return _entries(_get("/feed.rss", query))


def atom(query: str) -> list[str]:
    return _entries(_get("/feed.atom", query))


def _entries(body: bytes) -> list[str]:
    feed = feedparser.parse(body)
    assert not feed.bozo, feed.bozo_exception
    return [item.id.removeprefix(SITE) for item in feed.entries]


def bibtex(query: str) -> list[str]:
    entries = bibtexparser.parse_string(_get("/papers.bib", query).decode()).entries
    return [entry.fields_dict["eprint"].value for entry in entries]


def ris(query: str) -> list[str]:
    return re.findall(r"^AN  - arXiv:(\S+)", _get("/papers.ris", query).decode(), re.MULTILINE)


def csl(query: str) -> list[str]:
    items = json.loads(_get("/papers.csl.json", query))
    return [item["number"].removeprefix("arXiv:") for item in items]


def table(query: str) -> list[str]:
    rows = csv.DictReader(io.StringIO(_get("/papers.csv", query).decode("utf-8-sig")))
    return [row["arxiv"] for row in rows]


def markdown(query: str) -> list[str]:
    text = _get("/papers.md", query).decode()
    return re.findall(rf"^\d+\. \*\*\[.*\]\({re.escape(SITE)}(\S+)\)\*\*", text, re.MULTILINE)


# An output is a function from a query string to the keys of the papers that it shows.
OUTPUTS: list[Callable[[str], list[str]]] = [
    page,
    api,
    rss,
    atom,
    json_feed,
    bibtex,
    ris,
    csl,
    table,
    markdown,
]
QUERIES = [
    "",
    "sort=new",
    "sort=top",
    "period=all",
    "period=all&sort=top",
    "period=week&date=2026-04-24",
    "period=month&date=2026-04",
    "date=2026-04-23",
    "tag=diffusion",
    "period=all&tag=-diffusion",
    "author=ada+writer",
    "q=diffusion&sort=new",
    "has=code&period=all",
    "source=upload&period=all",
]
DIFFUSION = "A diffusion model for images."


@pytest.fixture(autouse=True)
def _papers(db) -> None:
    put_in(entry(id="2604.00001", upvotes=3), entry(id="2604.00002", upvotes=9))
    put_in(
        entry(id="2604.00003", summary=DIFFUSION, upvotes=5),
        entry(id="2604.00004", authors=["Ada Writer"], upvotes=1),
        entry(id="2604.00005", githubRepo="https://github.com/ada/code", upvotes=5),
        entry(id="2604.00006", summary=DIFFUSION, authors=["Ada Writer"]),
        day=date(2026, 4, 23),
    )


@pytest.mark.parametrize("query", QUERIES)
def test_every_output_shows_the_same_papers_in_the_same_order(query) -> None:
    expected = api(query)
    assert expected
    assert {output.__name__: output(query) for output in OUTPUTS} == {
        output.__name__: expected for output in OUTPUTS
    }


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_dropped_paper_is_at_no_output(output) -> None:
    assert "2604.00003" in output("period=all")
    Paper.objects.filter(key="2604.00003").update(dropped_at=timezone.now())
    left = output("period=all")
    assert left
    assert "2604.00003" not in left


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_tag_that_is_unwanted_is_at_no_output(output) -> None:
    assert set(output("tag=diffusion")) == {"2604.00003", "2604.00006"}
    assert not set(output("period=all&tag=-diffusion")) & {"2604.00003", "2604.00006"}


@pytest.mark.parametrize("output", OUTPUTS)
def test_the_number_of_queries_does_not_grow_with_the_papers(output) -> None:
    output("")
    with CaptureQueriesContext(connection) as few:
        assert len(output("")) == 2
    put_in_many(23)
    with CaptureQueriesContext(connection) as many:
        assert len(output("")) == 25
    assert len(many) == len(few)


# Those that answer somebody in particular, where somebody is signed in.
KNOW_THEIR_READER = [page, api, bibtex, ris, csl, table, markdown]


@pytest.fixture
def reader(db, django_user_model, monkeypatch) -> int:
    """Somebody who is signed in wherever an output is asked."""
    user = django_user_model.objects.create_user("reader@example.org")

    browser = Client()
    browser.force_login(user)
    monkeypatch.setattr(f"{__name__}.Client", lambda: browser)
    return user.pk


@pytest.mark.parametrize("output", KNOW_THEIR_READER)
def test_what_one_follows_is_theirs_at_every_output_that_knows_them(output, reader) -> None:
    assert not output("in=following")
    following.follow("tag=diffusion", reader, timezone.now())
    following.follow("author=ada+writer", reader, timezone.now())
    assert output("in=following") == ["2604.00003", "2604.00004", "2604.00006"]
    assert output("in=following&tag=-diffusion") == ["2604.00004"]


@pytest.mark.parametrize("output", OUTPUTS)
def test_what_others_follow_is_at_no_output(output, django_user_model) -> None:
    other = django_user_model.objects.create_user("other@example.org")
    following.follow("tag=diffusion", other.pk, timezone.now())
    shown = []
    with suppress(AssertionError):  # 404
        shown = output("in=following")
    assert not shown


@pytest.mark.parametrize("output", KNOW_THEIR_READER)
def test_papers_of_a_tag_that_one_hides_are_at_no_output_of_theirs(output, reader) -> None:
    following.hide_tag("diffusion", reader, timezone.now())
    assert set(output("period=all")) == {
        "2604.00001", "2604.00002", "2604.00004", "2604.00005",
    }  # fmt: skip
    assert set(output("tag=diffusion")) == {"2604.00003", "2604.00006"}
