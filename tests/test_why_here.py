"""“Why here?”: at every output, for every order, the parts sum to the score that ranks."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from feeds.models import Paper, PaperStats, Tag
from feeds.query import SORTS
from feeds.rankers.base import order_label
from feeds.records import Part, Score
from feeds.rescoring import write_due
from feeds.templatetags.papers import ledger
from tests.factories import entry, put_in
from tests.web.document import Element, read

PARTS = st.lists(st.builds(Part, label=st.just("a part"), value=st.floats(-1e6, 1e6)), min_size=1)


@pytest.fixture
def paper(db) -> Paper:
    today = timezone.now().date()
    put_in(entry("Diffusion models", upvotes=90), day=today - timedelta(days=2))
    Tag.objects.update(usual_votes=37)
    put_in(entry("More diffusion models", id="2604.00123", upvotes=41), day=today)
    write_due(timezone.now() + timedelta(hours=5))
    return Paper.objects.get(arxiv_id="2604.00123")


def number(cell: Element) -> Decimal:
    return Decimal(cell.text.replace("−", "-").replace(",", ""))


@pytest.mark.parametrize("sort", SORTS)
def test_the_parts_in_the_api_sum_to_the_score_that_ranks(paper, client, sort) -> None:
    answer = client.get(f"/api/v1/papers?period=all&sort={sort}").json()["papers"]
    stored = PaperStats.objects.in_bulk()
    assert len(answer) == 2
    for one in answer:
        row = stored[Paper.objects.get(key=one["key"]).id]
        told = one["score"]
        assert told["value"] == pytest.approx(sum(part["value"] for part in told["parts"]))
        assert told["value"] == pytest.approx(getattr(row, sort), abs=1e-12)
    assert answer == sorted(answer, key=lambda one: -one["score"]["value"])


@pytest.mark.parametrize("sort", SORTS)
def test_the_numbers_on_a_page_add_up(paper, client, sort) -> None:
    tables = read(client.get(f"/?period=all&sort={sort}")).all("table", class_="ledger")
    assert len(tables) == 2
    for table in tables:
        *parts, total = [number(cell) for cell in table.all("td")]
        assert sum(parts) == total


def test_a_papers_page_adds_up_every_order(paper, client) -> None:
    tables = read(client.get("/papers/2604.00123")).all("table", class_="ledger")
    assert [table.one("caption").text.lower() for table in tables] == [
        order_label(order) for order in SORTS
    ]
    for table in tables:
        *parts, total = [number(cell) for cell in table.all("td")]
        assert parts
        assert sum(parts) == total


def test_a_paper_in_the_api_adds_up_every_order(paper, client) -> None:
    told = client.get("/api/v1/papers/2604.00123").json()
    assert set(told["scores"]) == set(SORTS)
    assert told["scores"]["hot"] == told["score"]
    for order, score in told["scores"].items():
        assert score["value"] == pytest.approx(sum(part["value"] for part in score["parts"]))
        assert score["value"] == pytest.approx(getattr(paper.stats, order), abs=1e-12)


@given(PARTS)
def test_rounded_parts_add_up_whatever_they_are(parts: list[Part]) -> None:
    *rows, (label, total) = ledger(Score(tuple(parts)))
    as_numbers = [Decimal(text.replace("−", "-").replace(",", "")) for _, text in rows]
    assert label == "score"
    assert sum(as_numbers) == Decimal(total.replace("−", "-").replace(",", ""))


@pytest.mark.django_db
def test_trending_offers_rising_at_an_address_of_its_own(client, paper) -> None:
    rail = read(client.get("/trending"))
    assert rail.link("rising") == "/trending?sort=rising"
    page = read(client.get("/trending?sort=rising"))
    assert page.one("h1").text == "Rising papers"
    assert page.link("trending") == "/trending"
    assert "Rising weighs the votes" in page.text
