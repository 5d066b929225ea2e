"""Feeds: named questions with curators, readers, and editions that stay what they were."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError
from django.test import Client

from accounts.models import User
from feeds.closing import close_ended, correct, publish
from feeds.editions import Chosen, compose
from feeds.exports.base import exports
from feeds.models import Edition, Feed, FeedMember, Paper, Placing
from feeds.named import feed_named, feed_view
from feeds.query import FeedQuery, parse
from feeds.reading import facets, papers_in
from tests.factories import DAY, entry, put_in
from tests.test_outputs import OUTPUTS
from tests.web.document import read

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 4, 26, 12, tzinfo=UTC)
DIFFUSION = "A diffusion model for images."
PATHS = ["/", "/api/v1/papers", "/api/v1/facets", "/feed.rss", "/feed.atom", "/feed.json"]
PATHS += [f"/papers.{name}" for name in exports.names()]


@pytest.fixture(autouse=True)
def _papers(db) -> None:
    put_in(
        entry(id="2604.00001", summary=DIFFUSION, upvotes=3),
        entry(id="2604.00002", upvotes=9),
        entry(id="2604.00003", summary=DIFFUSION, upvotes=5),
    )
    put_in(
        entry(id="2604.00004", summary=DIFFUSION, upvotes=1),
        entry(id="2604.00005", summary=DIFFUSION, upvotes=2),
        day=DAY - timedelta(days=1),
    )


def make(slug: str = "images", **fields: object) -> Feed:
    return Feed.objects.create(
        **{"slug": slug, "name": "Images", "query": "tag=diffusion"} | fields
    )


def place(feed: Feed, key: str, day: date = DAY, **fields: object) -> None:
    paper = Paper.objects.get(key=key)
    Placing.objects.update_or_create(feed=feed, paper=paper, defaults={"date": day, **fields})


def keys(query: str, viewer: int | None = None) -> list[str]:
    return [paper.key for paper in papers_in(parse(query), viewer=viewer).papers]


def user(name: str = "ada") -> User:
    return User.objects.create_user(f"{name}@example.org")


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_feed_is_the_same_at_every_output(output: Callable[[str], list[str]]) -> None:
    place(make(), "2604.00002", pin=0)
    assert output("feed=images") == ["2604.00002", "2604.00003", "2604.00001"]
    assert output("feed=images&period=all&sort=new")[-1] == "2604.00005"


@pytest.mark.parametrize("output", OUTPUTS)
def test_no_output_shows_a_private_feed_to_an_outsider(output: Callable[[str], list[str]]) -> None:
    make(visibility="private")
    for query in ("feed=images", "feed=images&period=all", "feed=images&date=2026-04-24"):
        try:
            shown = output(query)
        except (AssertionError, CommandError) as refused:  # it answers that there is no such feed
            assert "There is no feed called images" in str(refused)
        else:
            assert shown == []


@pytest.mark.parametrize("path", PATHS)
def test_a_private_feed_is_nowhere_for_an_outsider(path: str, client: Client) -> None:
    make(visibility="private")
    outsider = user()
    for _ in range(2):
        unknown, private = (client.get(f"{path}?feed={slug}") for slug in ("nothing", "images"))
        assert private.status_code == 404
        assert b"2604.0000" not in private.content
        assert _plain(private.content) == _plain(unknown.content)
        client.force_login(outsider)


def _plain(page: bytes) -> bytes:
    """The page without what is different each time, and without the name that was asked for."""
    return re.sub(rb'value="\w{64}"|nonce="[^"]*"', b"", page).replace(b"nothing", b"images")


def test_a_private_feed_is_read_by_its_members(client: Client) -> None:
    feed = make(visibility="private")
    ada = user()
    FeedMember.objects.create(feed=feed, user=ada)
    client.force_login(ada)
    assert client.get("/f/images").status_code == 200
    listed = json.loads(client.get("/api/v1/feeds").content)["feeds"]
    assert [one["slug"] for one in listed] == ["images"]
    assert json.loads(Client().get("/api/v1/feeds").content)["feeds"] == []
    answer = client.get("/api/v1/papers?feed=images")
    assert answer["Cache-Control"] == "private, no-cache"


def test_an_unlisted_feed_is_read_by_its_address_alone(client: Client) -> None:
    make(visibility="unlisted")
    assert client.get("/f/images").status_code == 200
    assert b"/f/images" not in client.get("/feeds").content
    assert json.loads(client.get("/api/v1/feeds").content)["feeds"] == []
    assert len(keys("feed=images")) == 2


def test_what_curators_drop_is_in_no_edition_and_what_they_place_is() -> None:
    feed = make()
    place(feed, "2604.00003", verdict="dropped")
    place(feed, "2604.00002")
    assert set(keys("feed=images")) == {"2604.00001", "2604.00002"}
    assert "2604.00003" not in keys("feed=images&period=all")
    assert "2604.00003" in keys("")


def test_pins_stand_first_in_their_order_and_say_so() -> None:
    feed = make()
    place(feed, "2604.00001", pin=1)
    place(feed, "2604.00002", pin=0)
    page = papers_in(parse("feed=images"))
    assert [paper.key for paper in page.papers] == ["2604.00002", "2604.00001", "2604.00003"]
    assert [bool(paper.note) for paper in page.papers] == [True, True, False]


def test_a_thin_day_is_filled_up_from_the_days_before_and_says_so() -> None:
    make(minimum=3)
    page = papers_in(parse("feed=images"))
    assert [paper.key for paper in page.papers] == ["2604.00003", "2604.00001", "2604.00005"]
    assert page.papers[2].note == "From 23 April: this day brought few papers."


def test_a_weekend_is_never_empty() -> None:
    make(minimum=2)
    for day in ("2026-04-25", "2026-04-26"):
        page = papers_in(parse(f"feed=images&date={day}"))
        assert [paper.key for paper in page.papers] == ["2604.00003", "2604.00001"]
        assert {paper.note for paper in page.papers} == {
            "From 24 April: this day brought few papers."
        }


def test_a_feed_says_who_made_it_and_the_research_community(client: Client) -> None:
    make(byline="Ada", description="All that makes images.")
    page = read(client.get("/f/images"))
    assert "by Ada and the research community" in page.text
    assert "All that makes images." in page.text
    assert json.loads(client.get("/api/v1/feeds/images").content)["byline"] == "Ada"


def test_each_edition_has_a_note_of_its_own() -> None:
    view = feed_view(make())
    publish(view, DAY, NOON, note="Friday.")
    publish(view, DAY - timedelta(days=1), NOON, note="Thursday.")
    notes = [papers_in(parse(f"feed=images&date=2026-04-{day}")).note for day in (24, 23)]
    assert notes == ["Friday.", "Thursday."]


def test_what_curators_place_stands_there_however_many_others_fit() -> None:
    feed = make(most=2)
    place(feed, "2604.00002")
    place(feed, "2604.00001")
    assert keys("feed=images") == ["2604.00002", "2604.00001"]
    Feed.objects.update(coverage=True)
    assert set(keys("feed=images")) == {"2604.00002", "2604.00001"}


def test_an_edition_is_as_long_as_the_feed_says() -> None:
    make(most=1)
    assert keys("feed=images") == ["2604.00003"]


def test_a_feed_stands_in_its_own_order_unless_another_is_asked_for() -> None:
    make(query="tag=diffusion&sort=new")
    newest = keys("feed=images&period=all")
    assert newest == keys("tag=diffusion&sort=new")
    assert keys("feed=images&period=all&sort=top") == keys("tag=diffusion&sort=top")


def test_pages_of_an_edition_follow_each_other() -> None:
    place(make(), "2604.00002", pin=0)
    first = papers_in(parse("feed=images"), limit=2)
    second = papers_in(first.query, cursor=first.cursor, limit=2)
    assert [paper.rank for paper in first.papers + second.papers] == [1, 2, 3]
    assert [paper.key for paper in second.papers] == ["2604.00001"]
    assert second.cursor == ""


def test_a_feed_is_narrowed_like_any_list() -> None:
    place(make(), "2604.00002", pin=0)
    assert keys("feed=images&tag=-diffusion&period=day") == ["2604.00002"]
    counts = {facet.tag.name: facet.count for facet in facets(parse("feed=images"))}
    assert max(counts.values()) == 2


def test_an_edition_has_an_address_of_its_own_and_neighbours(client: Client) -> None:
    make(name="All images")
    page = client.get("/f/images/2026-04-24").content.decode()
    assert "All images" in page
    assert "/f/images/2026-04-23" in page
    assert client.get("/f/images/2026-04").status_code == 200
    assert client.get("/f/images/2026-W17").status_code == 200
    assert client.get("/f/images/2026-13").status_code == 400


def test_an_edition_that_is_over_does_not_change() -> None:
    feed = make()
    assert close_ended(NOON) == 2
    place(feed, "2604.00003", verdict="dropped")
    put_in(entry(id="2604.00006", summary=DIFFUSION, upvotes=90))
    assert keys("feed=images&date=2026-04-24") == ["2604.00003", "2604.00001"]
    assert close_ended(NOON) == 0


def test_an_edition_ends_half_a_day_after_its_day() -> None:
    make()
    assert close_ended(datetime(2026, 4, 25, 11, tzinfo=UTC)) == 1
    assert list(Edition.objects.values_list("date", flat=True)) == [DAY - timedelta(days=1)]


def test_a_correction_says_so(client: Client) -> None:
    feed = make()
    close_ended(NOON)
    row = Edition.objects.get(date=DAY)
    rest = tuple(row.papers[1:])
    correct(row.pk, Chosen(rest), "A paper was withdrawn and taken off.", None)
    assert keys("feed=images&date=2026-04-24") == ["2604.00001"]
    assert feed.slug in client.get("/f/images/2026-04-24").content.decode()
    assert b"A paper was withdrawn and taken off." in client.get("/f/images/2026-04-24").content


def test_a_paper_that_is_dropped_for_all_leaves_closed_editions_too() -> None:
    make()
    close_ended(NOON)
    Paper.objects.filter(key="2604.00003").update(dropped_at=NOON)
    assert keys("feed=images&date=2026-04-24") == ["2604.00001"]


def test_a_reviewed_feed_shows_what_was_placed_once_it_is_published(client: Client) -> None:
    feed = make(reviewed=True)
    place(feed, "2604.00002")
    assert keys("feed=images") == []
    view = feed_view(feed)
    assert len(compose(view, FeedQuery().on("day", DAY)).papers) == 1
    publish(view, DAY, NOON, note="A quiet day.")
    assert keys("feed=images") == ["2604.00002"]
    assert keys("feed=images&period=week") == ["2604.00002"]
    assert keys("feed=images&period=all") == ["2604.00002"]
    assert b"A quiet day." in client.get("/f/images").content


def test_breadth_chooses_papers_that_do_not_say_the_same() -> None:
    put_in(
        *(
            entry(id=f"2604.0010{n}", summary=DIFFUSION, upvotes=90 - n, ai_keywords=["diffusion"])
            for n in range(3)
        ),
        entry(id="2604.00110", title="A robot arm learns", upvotes=2, ai_keywords=["robotics"]),
        day=date(2026, 4, 25),
    )
    make(query="", most=2, coverage=True)
    assert "2604.00110" in keys("feed=images&date=2026-04-25")
    Feed.objects.update(coverage=False)
    assert "2604.00110" not in keys("feed=images&date=2026-04-25")


def test_a_role_in_a_feed_is_known() -> None:
    feed, ada = make(), user()
    FeedMember.objects.create(feed=feed, user=ada, role="curator")
    assert feed_named("images", ada.pk).role == "curator"
    assert feed_named("images", None).role == ""
