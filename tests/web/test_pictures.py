"""A list as a map, and its topics by the week: links, lists and tables that say the same."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from feeds import embedding
from feeds.embedders.base import embedders
from feeds.mapped import map_of
from feeds.models import Collection, CollectionEntry, Paper
from feeds.query import parse
from feeds.trends import trends
from feeds.web.curves import percent
from tests.factories import DAY, entry, put_in, put_in_many
from tests.people import somebody
from tests.web.document import Element, read

pytestmark = pytest.mark.django_db
DIFFUSION = "A diffusion model for images."
QUANTIZED = "Quantization of weights."


def page(address: str) -> Element:
    return read(Client().get(address))


@pytest.fixture
def papers() -> None:
    put_in(
        *(entry(f"Painting {number}", summary=DIFFUSION) for number in range(3)),
        *(entry(f"Rounding {number}", summary=QUANTIZED) for number in range(2)),
        entry("A census of bees", id="2604.00009", summary="We count bees."),
    )


def drawn(shown: Element) -> list[str]:
    return [link["href"] for link in shown.one("svg", class_="map").all("a")]


def listed(shown: Element) -> list[str]:
    links = shown.one("section", class_="behind").all("a")
    return [link["href"] for link in links if link["href"].startswith("/papers/")]


def test_a_map_links_each_paper_in_the_picture_and_in_the_list(papers) -> None:
    shown = page("/map")
    assert len(drawn(shown)) == 6
    assert sorted(drawn(shown)) == sorted(listed(shown))
    dot = shown.one("svg", class_="map").all("a")[0]
    assert dot["aria-label"].split(",")[0] == dot.one("title").text


def test_a_topic_has_a_shape_and_a_name(papers) -> None:
    shown = page("/map")
    legend = shown.one("ul", class_="legend")
    assert {text.rsplit(" ", 1)[0] for text in legend.texts("a")} >= {"quantization"}
    shapes = {use["href"] for use in shown.one("svg", class_="map").all("use")}
    assert len(shapes) >= 3  # of two topics, and of those that have none
    assert {use["href"] for use in legend.all("use")} >= shapes


def test_without_vectors_words_lay_it_out_and_it_says_so(papers, settings) -> None:
    assert "use the same words" in page("/map").text
    settings.EMBEDDER = "minilm"
    embedding.embed_waiting(embedders.get("minilm"))
    embedders.get("minilm").release()
    assert "mean much the same" in page("/map").text


def test_a_map_shows_what_the_list_shows(papers) -> None:
    assert len(drawn(page("/map?tag=quantization"))) == 2
    Paper.objects.filter(key="2604.00009").update(dropped_at=timezone.now())
    assert "/papers/2604.00009" not in drawn(page("/map"))
    assert "nothing to draw" in page("/map?q=nothing+such").text
    assert Client().get("/map?sort=best").status_code == 400
    assert Client().get("/map?in=nowhere").status_code == 404


def test_a_map_holds_two_hundred_and_says_that_there_are_more() -> None:
    put_in_many(203)
    found = map_of(parse(""))
    assert len(found.points) == 200
    assert found.more
    assert map_of(parse("")).points == found.points


def test_a_private_collection_is_on_no_strangers_map(papers) -> None:
    owner = somebody("Ada")
    mine = Collection.objects.create(owner_id=owner, slug="mine", name="Mine")
    paper = Paper.objects.get(key="2604.00009")
    CollectionEntry.objects.create(collection=mine, paper=paper, place=1)
    for address in ("/map?in=mine", "/trends?in=mine"):
        assert Client().get(address).status_code == 404
    assert len(map_of(parse("in=mine"), owner).points) == 1


def test_trends_are_the_share_of_a_weeks_papers(papers) -> None:
    put_in(entry(summary=DIFFUSION), entry(summary="Of ants."), day=DAY - timedelta(days=7))
    found = {trend.tag.slug: trend for trend in trends(parse("period=all"))}
    *_, before, last = found["diffusion"].weeks
    assert (last.papers, last.tagged) == (6, 3)
    assert (before.first, before.papers, before.tagged) == (date(2026, 4, 13), 2, 1)
    assert found["diffusion"].highest == 0.5


def test_a_paper_that_two_digests_named_counts_once_and_a_dropped_one_not() -> None:
    put_in(entry(id="2604.00001", summary=DIFFUSION), entry(id="2604.00002"))
    put_in(entry(id="2604.00001", summary=DIFFUSION), source="other")
    Paper.objects.filter(key="2604.00002").update(dropped_at=timezone.now())
    (trend,) = [one for one in trends(parse("period=all")) if one.tag.slug == "diffusion"]
    assert (trend.weeks[-1].papers, trend.weeks[-1].tagged) == (1, 1)


def test_trends_of_a_list_are_shares_of_that_list(papers) -> None:
    put_in(entry(summary=f"{DIFFUSION} {QUANTIZED}"))
    found = {trend.tag.slug: trend for trend in trends(parse("tag=quantization"))}
    assert "quantization" not in found
    assert (found["diffusion"].weeks[-1].papers, found["diffusion"].weeks[-1].tagged) == (3, 1)


def test_each_picture_has_its_table(papers) -> None:
    shown = page("/trends")
    pictures = shown.all("svg", class_="bars")
    assert len(pictures) == len(shown.all("table"))
    row = shown.all("table")[0].all("tr")[-1]
    assert row.texts("td")[0] == "6"
    assert "nothing to draw" in page("/trends?author=nobody").text


def test_a_tags_page_shows_its_weeks(papers) -> None:
    spark = page("/t/diffusion").one("div", class_="spark")
    assert "Of all papers 50% last week" in spark.text
    assert spark.one("table").all("tr")[-1].texts("td") == ["6", "3", "50%"]


def test_lists_lead_to_their_pictures(papers) -> None:
    rail = page("/date/2026-04-24?tag=diffusion").one("aside", class_="rail")
    assert rail.link("A map") == "/map?tag=diffusion&period=day&date=2026-04-24"
    assert rail.link("Topics by the week") == "/trends?tag=diffusion"


@pytest.mark.parametrize(
    ("share", "said"), [(0, "0%"), (0.001, "under 1%"), (0.1, "10%"), (1, "100%")]
)
def test_a_share_is_said_in_whole_percent(share, said) -> None:
    assert percent(share) == said
