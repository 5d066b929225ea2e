"""A feed of constants of its own: ranked by them at every output, in words that add up."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from feeds import tuning
from feeds.acts import Desk
from feeds.closing import close_ended
from feeds.desk.edition import edition as at_desk
from feeds.models import Edition, Feed, Paper, PaperStats, Placing
from feeds.named import feed_view
from feeds.query import SORTS, parse
from feeds.rankers.base import BOUNDS, DEFAULTS, Constants
from feeds.reading import papers_in
from feeds.rescoring import write_due
from feeds.scoring import rescore
from tests.factories import DAY, entry, put_in, put_in_many
from tests.test_outputs import OUTPUTS
from tests.web.document import read

pytestmark = pytest.mark.django_db
# An old paper of many votes, and a new one of few: which is first is for the constants to say.
OLD, NEW = "2604.00001", "2604.00002"
ITS_OWN = {"hot_hours": 1000, "hot_votes": 2, "rising_power": 0.1, "scaled_part": 1}
MONTH = "feed=images&date=2026-04"


@pytest.fixture
def feed(db) -> Feed:
    put_in(entry(id=OLD, upvotes=40), day=DAY - timedelta(days=9))
    put_in(entry(id=NEW, upvotes=8))
    write_due(datetime(2026, 4, 24, 20, tzinfo=UTC))
    return Feed.objects.create(slug="images", name="Images", constants=ITS_OWN)


def keys(query: str) -> list[str]:
    return [paper.key for paper in papers_in(parse(query)).papers]


def test_a_feeds_constants_order_its_editions_and_no_others(feed: Feed) -> None:
    assert keys(MONTH) == [OLD, NEW]
    Feed.objects.create(slug="other", name="Other")
    assert keys("feed=other&date=2026-04") == keys("date=2026-04") == [NEW, OLD]


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_tuned_feed_stands_alike_at_every_output(feed: Feed, output) -> None:
    assert output(MONTH) == [OLD, NEW]


@pytest.mark.parametrize("sort", SORTS)
def test_the_parts_sum_to_the_score_that_ranks_in_the_feeds_constants(
    feed: Feed, client: Client, sort: str
) -> None:
    told = client.get(f"/api/v1/papers?{MONTH}&sort={sort}").json()
    papers = told["papers"]
    assert len(papers) == 2
    stored = PaperStats.objects.in_bulk()
    for one in papers:
        score = one["score"]
        assert score["value"] == pytest.approx(sum(part["value"] for part in score["parts"]))
        row = stored[Paper.objects.get(key=one["key"]).pk]
        assert (score["value"] == getattr(row, sort)) == (sort in ("new", "top"))
    values = [one["score"]["value"] for one in papers]
    assert values == sorted(values, reverse=True)
    assert told["feed"]["constants"]["hot_hours"] == 1000


def test_the_page_tells_the_feeds_numbers(feed: Feed, client: Client) -> None:
    page = read(client.get("/f/images/2026-04"))
    assert "votes plus 2, as log10" in page.text
    assert "time, by 1000 h" in page.text
    assert page.all("caption")[0].text == "Trending, by this feed’s numbers"
    assert "one that came 1000 hours later. These numbers are the feed’s own." in page.text


def test_over_all_days_the_sites_numbers_hold_and_it_says_so(feed: Feed, client: Client) -> None:
    assert keys("feed=images&period=all") == [NEW, OLD]
    page = read(client.get("/f/images?period=all"))
    assert "votes plus 5, as log10" in page.text
    assert "Over all days the site’s numbers hold, not the feed’s own." in page.text


def test_a_closed_edition_keeps_its_order_and_the_numbers_that_made_it(feed: Feed) -> None:
    close_ended(datetime(2026, 5, 2, tzinfo=UTC))
    Feed.objects.update(constants={})
    page = papers_in(parse(MONTH))
    assert [paper.key for paper in page.papers] == [OLD, NEW]
    assert page.constants == Constants.read(ITS_OWN)
    assert page.papers[0].score.parts[0].label == "votes plus 2, as log10"
    assert Edition.objects.filter(period="month").get().constants == ITS_OWN


def test_pages_of_a_tuned_edition_follow_each_other_while_votes_come_in(feed: Feed) -> None:
    put_in_many(7)
    every = keys(MONTH)
    page = papers_in(parse(MONTH), limit=4)
    seen = [paper.key for paper in page.papers]
    # The last of them all becomes the first: who reads on misses none of the others.
    PaperStats.objects.filter(paper__key=every[-1]).update(votes=5000)
    assert keys(MONTH)[0] == every[-1]
    while page.cursor:
        page = papers_in(parse(MONTH), cursor=page.cursor, limit=2)
        seen += [paper.key for paper in page.papers]
    assert seen == every[:-1]


def test_a_tuned_feed_looks_no_deeper_than_a_bound(feed: Feed, monkeypatch) -> None:
    put_in_many(5, upvotes=9)
    assert keys(MONTH)[0] == OLD
    monkeypatch.setattr(tuning, "DEPTH", 6)
    assert OLD not in keys(MONTH)
    assert len(keys(MONTH)) == 6


def test_breadth_pins_and_filling_go_by_the_feeds_constants(feed: Feed) -> None:
    Feed.objects.update(coverage=True, minimum=2)
    assert keys("feed=images&date=2026-04-24") == [NEW, OLD]
    Placing.objects.create(feed=feed, paper=Paper.objects.get(key=NEW), date=DAY, pin=0)
    assert keys("feed=images&date=2026-04-24") == [NEW, OLD]
    assert keys(MONTH) == [OLD, NEW]


@pytest.mark.parametrize(
    "told",
    [
        {"hot_hours": 0},
        {"hot_hours": "60"},
        {"hot_hours": float("nan")},
        {"gone": 1},
        {"top": None},
    ],
)
def test_constants_that_cannot_be_are_the_sites(told: dict[str, object]) -> None:
    assert Constants.read(told) == DEFAULTS


def test_only_what_is_not_the_sites_is_kept() -> None:
    own = replace(DEFAULTS, hot_hours=24.0)
    assert own.told() == {"hot_hours": 24.0}
    assert Constants.read(own.told()) == own
    assert set(BOUNDS) == set(Constants.__dataclass_fields__)


# ---- The desk ----


def test_what_waits_at_the_desk_stands_in_the_feeds_order(feed: Feed) -> None:
    Feed.objects.update(reviewed=True)
    april = Desk(feed_view(Feed.objects.get()), DAY.replace(day=1), 1, "month")
    assert [paper.key for paper in at_desk(april).incoming] == [OLD, NEW]


ORDER = "/desk/feeds/images/order"


@pytest.fixture
def curator(feed: Feed, client: Client, django_user_model) -> Client:
    client.force_login(django_user_model.objects.create_user("c@example.org", is_staff=True))
    return client


def test_what_would_change_is_shown_before_it_is_kept(curator: Client, feed: Feed) -> None:
    put_in(entry("Votes since"), entry("Votes that it came with", upvotes=20))
    stats = PaperStats.objects.get(paper__title="Votes since")
    stats.votes = 6
    rescore(stats)
    stats.save()
    Feed.objects.update(constants={}, most=2, query="sort=rising")
    page = read(curator.post(ORDER, {"action": "try", "rising_came_with": "1"})).one("main")
    moved = page.all("ol", class_="moved")[0].all("li")
    words = ["Up 1, now 2", "Comes in", "Leaves, now 1"]
    assert [one.one("small").text for one in moved] == words
    assert moved[0].one("p").text == "Votes that it came with"
    assert "3 papers would move. Nothing is kept yet." in page.text
    assert page.one("input", id="id_rising_came_with")["value"] == "1"
    feed.refresh_from_db()
    assert feed.constants == {}


def test_a_closed_edition_is_shown_as_an_example(curator: Client, feed: Feed) -> None:
    close_ended(datetime(2026, 4, 25, 12, tzinfo=UTC))
    page = read(curator.post(ORDER, {"action": "try", "hot_hours": "24"})).one("main")
    assert page.texts("h2") == [
        "Friday, 24 April 2026, as it would stand",
        "20 to 26 April 2026, as it would stand",
    ]
    assert page.text.count("This edition is closed and stays as it is") == 1


def test_numbers_are_kept_and_given_up(curator: Client, feed: Feed) -> None:
    given = {"hot_hours": "24", "hot_votes": "", "rising_power": "1.2", "scaled_part": "0.5"}
    page = read(curator.post(ORDER, given | {"action": "keep"}, follow=True))
    assert "Editions that are closed stay as they were" in page.text
    feed.refresh_from_db()
    assert feed.constants == {"hot_hours": 24.0, "scaled_part": 0.5}
    form = read(curator.get(ORDER)).one("main")
    assert form.one("input", id="id_hot_hours")["value"] == "24"
    assert "The site’s: 60." in form.one("p", id="id_hot_hours_helptext").text
    curator.post(ORDER, {"action": "reset"})
    feed.refresh_from_db()
    assert feed.constants == {}
    assert "the site’s numbers" in read(curator.get("/desk/feeds/images/settings")).text


@pytest.mark.parametrize(
    ("text", "words"),
    [("0", "at least 1"), ("9999", "at most 2000"), ("many", "no number"), ("nan", "no number")],
)
def test_a_number_that_cannot_be_is_explained_in_place(
    curator: Client, feed: Feed, text: str, words: str
) -> None:
    answer = curator.post(ORDER, {"action": "keep", "hot_hours": text})
    assert answer.status_code == 400
    page = read(answer).one("main")
    assert words in page.one("p", id="id_hot_hours_error").text
    assert page.one("input", id="id_hot_hours")["value"] == text
    feed.refresh_from_db()
    assert feed.constants == ITS_OWN


def test_the_api_tells_of_each_feed_by_what_it_is_ranked(feed: Feed, client: Client) -> None:
    told = json.loads(client.get("/api/v1/feeds/images").content)["constants"]
    assert Constants.read(told) == Constants.read(ITS_OWN)
