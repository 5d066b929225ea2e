"""Every public edition has a permanent address, a place in the archive, and an item in its RSS."""

from datetime import UTC, date, datetime, timedelta

import feedparser
import pytest
import time_machine

from feeds.models import Feed
from tests.factories import DAY, entry, put_in
from tests.web.document import read

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 4, 25, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False):
        yield


def days(client, path: str = "/archive") -> list[str]:
    return read(client.get(path)).one("main").texts("h2")


def put_in_days(count: int) -> None:
    for number in range(count):
        put_in(entry(f"Paper {number}"), day=DAY - timedelta(days=number))


def test_it_lists_each_day_with_an_edition_and_what_led_it(client) -> None:
    put_in(entry("A study of bees", upvotes=9), entry("A study of ants"))
    put_in(entry("Long ago"), day=date(2024, 2, 1))
    page = read(client.get("/archive")).one("main")
    assert page.texts("h2") == ["Friday, 24 April 2026", "Thursday, 1 February 2024"]
    first = page.one("ol", class_="editions").all("li")[0]
    assert first.one("ul").texts("li") == ["A study of bees", "A study of ants"]
    assert page.link("Friday, 24 April 2026") == "/date/2026-04-24"


def test_older_ones_follow_page_by_page_and_each_stands_once(client) -> None:
    put_in_days(30)
    seen, path = [], "/archive"
    while path:
        page = read(client.get(path)).one("main")
        seen += page.texts("h2")
        older = [one["href"] for one in page.all("a", rel="next")]
        path = older[0] if older else ""
    assert len(seen) == len(set(seen)) == 30


def test_a_feed_has_its_own_and_a_private_one_is_its_members_alone(
    client, django_user_model
) -> None:
    put_in(entry("A study of bees"), entry("Ants"))
    Feed.objects.create(slug="bees", name="Bees", query="q=bees&period=all")
    closed = Feed.objects.create(slug="closed", name="Closed", visibility="private")
    assert "Bees" in read(client.get("/archive")).one("main").text
    page = read(client.get("/f/bees/archive")).one("main")
    assert page.link("Friday, 24 April 2026") == "/f/bees/2026-04-24"
    assert "Ants" not in page.text
    for path in ("/f/closed/archive", "/f/closed/archive.atom", "/f/none/archive.rss"):
        assert client.get(path).status_code == 404
    member = django_user_model.objects.create_user("m@example.org")
    closed.members.create(user=member)
    client.force_login(member)
    assert days(client, "/f/closed/archive") == ["Friday, 24 April 2026"]
    assert client.get("/f/closed/archive.rss").status_code == 404


@pytest.mark.parametrize("ending", ["rss", "atom"])
def test_a_feed_has_an_item_for_each_edition_whose_day_is_over(client, ending: str) -> None:
    put_in(entry("Bees & <ants>"))
    put_in(entry("Still open"), day=NOON.date())
    answer = client.get(f"/archive.{ending}")
    assert answer["Content-Type"].startswith(f"application/{ending}+xml")
    (item,) = feedparser.parse(answer.content).entries
    assert item.title == "Friday, 24 April 2026"
    assert item.link == item.id == "http://127.0.0.1:8000/date/2026-04-24"
    assert "Bees &amp; &lt;ants&gt;" in item.description
    known = {"If-None-Match": answer["ETag"]}
    assert client.get(f"/archive.{ending}", headers=known).status_code == 304


def test_json_feed_has_the_same_and_the_page_names_all_three(client) -> None:
    put_in(entry("Bees & <ants>"))
    answer = client.get("/archive.json")
    assert answer["Content-Type"].startswith("application/feed+json")
    (item,) = answer.json()["items"]
    assert (item["title"], item["id"]) == (
        "Friday, 24 April 2026", "http://127.0.0.1:8000/date/2026-04-24",
    )  # fmt: skip
    assert item["content_html"] == "<ol><li>Bees &amp; &lt;ants&gt;</li></ol>"
    page = read(client.get("/archive"))
    for label, ending in (("RSS", "rss"), ("Atom", "atom"), ("JSON Feed", "json")):
        assert page.one("main").link(label) == f"/archive.{ending}"


def test_an_archive_of_nothing_says_so_and_a_wrong_day_is_not_there(client) -> None:
    assert "There is none yet." in read(client.get("/archive")).one("main").text
    assert client.get("/archive?before=soon").status_code == 404
