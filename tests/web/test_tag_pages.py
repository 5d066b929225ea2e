"""A tag's page says what it is about, what stands around it, and how often it comes."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from feeds.around import Pace, around
from feeds.models import Paper
from feeds.tag_keeping import change_tag, merge_tags
from feeds.web.wording import pace_words
from tests.factories import entry, put_in, put_in_many
from tests.web.document import Element, read

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 24)
TEXT = "A diffusion model, with quantization."


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-04-24T12:00:00Z"):
        yield


def page(client, path: str = "/t/diffusion") -> Element:
    cache.clear()
    return read(client.get(path))


def companions(client, path: str = "/t/diffusion") -> list[str]:
    return page(client, path).one("aside", class_="side").one("ul", class_="companions").texts("a")


def test_it_leads_to_the_broader_tag_and_to_the_narrower_ones_that_papers_carry(client) -> None:
    put_in(
        entry(summary="A generative model that paints."),
        entry(summary="A diffusion model."),
        entry(summary="A diffusion transformer, a diffusion model."),
    )
    head = page(client).one("div", class_="topic-head")
    family = head.one("p", class_="family")
    assert family.link("generative models") == "/t/generative-models"
    assert family.link("diffusion transformers") == "/t/diffusion-transformers"
    up = page(client, "/t/generative-models").one("p", class_="family")
    assert up.link("diffusion models") == "/t/diffusion"
    change_tag("diffusion", name="D", description="", kind="topic", hidden=True)
    assert "/t/diffusion" not in [
        one["href"] for one in page(client, "/t/generative-models").all("a")
    ]


def test_a_merged_tag_brings_its_family(client) -> None:
    put_in(entry(summary="A generative model, a diffusion model and quantization."))
    merge_tags("diffusion", "quantization")
    family = page(client, "/t/generative-models").one("p", class_="family")
    assert family.link("quantization") == "/t/quantization"


def test_tags_that_often_stand_beside_it_are_named_the_closest_first(client) -> None:
    put_in_many(3, summary="A diffusion model, with quantization and object detection.")
    put_in_many(2, summary="A diffusion model, with speculative decoding.")
    put_in_many(9, summary="Object detection, object detection.")
    put_in(entry(summary="A diffusion model of proteins."))
    named = companions(client)
    assert named[0] == "quantization"
    assert named.index("speculative decoding") < named.index("object detection")
    assert "diffusion models" not in named
    assert not page(client, "/t/object-detection?date=2026-04-24&period=day").all(
        "ul", class_="companions"
    )


def test_what_stood_beside_it_long_ago_or_on_a_dropped_paper_is_not_named(client) -> None:
    put_in_many(2, summary=TEXT, day=DAY - timedelta(days=28))
    put_in_many(2, summary="A diffusion model, with speculative decoding.")
    put_in_many(2, summary="A diffusion model, with object detection.")
    Paper.objects.filter(abstract__contains="object detection").update(
        dropped_at="2026-04-24T00:00Z"
    )
    assert companions(client) == ["speculative decoding"]


def test_it_says_how_often_it_comes_against_the_weeks_before(client) -> None:
    put_in_many(3, summary=TEXT)
    assert page(client).one("p", class_="pace").text == "3 papers in the week to 24 April 2026."
    put_in(entry(summary=TEXT), day=DAY - timedelta(days=28))
    put_in(entry(summary="Of chess."), day=DAY - timedelta(days=30))
    put_in(entry(summary="Of chess."), day=DAY + timedelta(days=30))
    assert page(client).one("p", class_="pace").text == (
        "Rising: 3 papers in the week to 24 April 2026, 1 in the four weeks before."
    )


@pytest.mark.parametrize(
    ("week", "before", "said"),
    [
        (0, 0, ""),
        (0, None, ""),
        (0, 4, "No paper in the week to 24 April 2026, 4 in the four weeks before."),
        (1, 2, "1 paper in the week to 24 April 2026, 2 in the four weeks before."),
        (3, 8, "Rising: 3 papers"),
        (3, 9, "3 papers"),
        (2, 0, "2 papers in the week to 24 April 2026, none in the four weeks before."),
        (1, 6, "Quieter: 1 paper"),
        (2, 6, "2 papers"),
        (1000, 1000, "Rising: 1,000 or more papers"),
    ],
)
def test_the_pace_in_words(week: int, before: int | None, said: str) -> None:
    assert pace_words(Pace(DAY, week, before)).startswith(said)


def test_what_stands_around_is_counted_in_a_fixed_number_of_queries_and_kept(client) -> None:
    counts = []
    for more in (2, 30):
        put_in_many(more, summary=TEXT)
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            around("diffusion", DAY)
        counts.append(len(asked))
        with CaptureQueriesContext(connection) as asked:
            around("diffusion", DAY)
        assert len(asked) == 0
    assert counts[0] == counts[1] <= 11


def test_a_tag_without_papers_of_late_and_one_that_never_was_have_nothing_around() -> None:
    assert around("never-heard-of", DAY).companions == ()
    put_in(entry(summary=TEXT), day=DAY + timedelta(days=1))
    assert around("diffusion", DAY).pace is None


def test_the_rest_of_a_list_goes_on_without_it(client) -> None:
    put_in_many(60, summary=TEXT)
    first = page(client)
    more = first.one("a", class_="more")["href"]
    assert not page(client, more).all("p", class_="pace")


def test_it_is_read_where_the_cache_is_away(client, settings) -> None:
    put_in_many(2, summary=TEXT)
    backend = "django.core.cache.backends.redis.RedisCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "redis://127.0.0.1:1/0"}}
    assert [tag.slug for tag in around("diffusion", DAY).companions] == ["quantization"]


def test_a_topics_page_names_what_is_rising_in_it(client) -> None:
    put_in(
        entry("Slow", id="2604.00801", summary="A diffusion model.", upvotes=1),
        entry("Fast", id="2604.00802", summary="A diffusion model.", upvotes=900),
        entry("Elsewhere", id="2604.00803", summary="Bees.", upvotes=990),
    )
    side = read(client.get("/t/diffusion")).one("aside", class_="side")
    assert side.link("Rising here") == "/t/diffusion?sort=rising"
    assert [one.one("a").text for one in side.all("ol")[0].all("li")][:2] == ["Fast", "Slow"]
