"""Feeds at the desk: making one, its settings, members and end, and what a day's page shows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from feeds.models import Edition, Feed, FeedMember, Paper, Placing
from feeds.pen_names import take_name
from tests.factories import DAY, entry, put_in, put_in_many
from tests.web.document import Element, read

pytestmark = pytest.mark.django_db
GIVEN = {
    "name": "Efficient inference",
    "slug": "",
    "query": "?tag=Pruning&tag=-medical&sort=new",
    "most": "20",
    "minimum": "3",
    "visibility": "unlisted",
    "reviewed": "on",
}
DESK = f"/desk/feeds/images/{DAY}"


@pytest.fixture
def feed(db) -> Feed:
    put_in(entry(id="2604.00001", upvotes=3), entry(id="2604.00002", upvotes=1))
    return Feed.objects.create(slug="images", name="Images", reviewed=True)


def pk(key: str) -> int:
    return Paper.objects.get(key=key).pk


def main(answer) -> Element:
    return read(answer).one("main")


def test_a_feed_is_made_and_curated_by_who_made_it(curator: Client) -> None:
    page = main(curator.post("/desk/feeds/new", GIVEN, follow=True))
    made = Feed.objects.get()
    assert (made.slug, made.query) == (
        "efficient-inference",
        "tag=pruning&tag=-medical&sort=new",
    )
    assert (made.most, made.minimum, made.reviewed, made.coverage) == (20, 3, True, False)
    assert FeedMember.objects.get().role == "curator"
    assert "c…@example.org (you)" in page.text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tags=pruning", "There is no term called tags."),
        ("sort=best", "it takes hot, "),
        ("tag=a&date=2026-04-24", "leave date= out"),
        ("feed=other", "leave feed= out"),
        ("in=ada", "leave in= out"),
        ("pruning", "Write terms as name=value"),
        ("tag=%00", "no text"),
    ],
)
def test_a_question_that_cannot_be_read_is_explained_in_place(
    curator: Client, text: str, words: str
) -> None:
    answer = curator.post("/desk/feeds/new", GIVEN | {"query": text})
    assert answer.status_code == 400
    page = main(answer)
    assert words in page.one("p", id="id_query_error").text
    assert page.one("input", id="id_query")["value"] == text.replace("\0", "")
    assert page.one("input", id="id_name")["value"] == GIVEN["name"]
    assert not Feed.objects.exists()


def test_an_address_is_taken_for_its_question(curator: Client) -> None:
    given = GIVEN | {"query": "https://papers.example.org/?q=what%3F&tag=a#top"}
    curator.post("/desk/feeds/new", given)
    assert Feed.objects.get().query == "tag=a&q=what%3F"


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"slug": "images"}, "slug"),
        ({"slug": "new"}, "slug"),
        ({"name": "…"}, "slug"),
        ({"minimum": "30"}, "minimum"),
        ({"most": "0"}, "most"),
        ({"most": "many"}, "most"),
        ({"visibility": "secret"}, "visibility"),
        ({"name": ""}, "name"),
    ],
)
def test_what_cannot_be_is_explained_in_place(
    curator: Client, feed: Feed, fields: dict[str, str], where: str
) -> None:
    answer = curator.post("/desk/feeds/new", GIVEN | fields)
    assert answer.status_code == 400
    assert main(answer).one("p", id=f"id_{where}_error").text
    assert Feed.objects.count() == 1


def test_settings_are_changed_and_the_address_moves(curator: Client, feed: Feed) -> None:
    given = GIVEN | {"slug": "pictures"}
    answer = curator.post("/desk/feeds/images/settings", given)
    assert answer["Location"] == "/desk/feeds/pictures/settings"
    feed.refresh_from_db()
    assert (feed.name, feed.visibility) == ("Efficient inference", "unlisted")
    page = main(curator.get(answer["Location"]))
    assert page.one("input", id="id_query")["value"] == feed.query
    assert "checked" in page.one("input", id="id_reviewed").attributes


def test_settings_of_another_feeds_address_are_not_taken(curator: Client, feed: Feed) -> None:
    Feed.objects.create(slug="other", name="Other")
    answer = curator.post("/desk/feeds/images/settings", GIVEN | {"slug": "other"})
    assert answer.status_code == 400
    assert "Another feed has this address" in main(answer).text


def test_members_are_added_by_their_address_and_removed(
    curator: Client, feed: Feed, django_user_model
) -> None:
    ben = django_user_model.objects.create_user("ben@example.org")
    there = "/desk/feeds/images/members"
    curator.post(there, {"address": "Ben@Example.org", "role": "reader"})
    curator.post(there, {"address": "ben@example.org", "role": "curator"})
    member = FeedMember.objects.get()
    assert (member.user, member.role) == (ben, "curator")
    shown = main(curator.get("/desk/feeds/images/settings")).text
    assert "b…@example.org" in shown
    assert "ben@example.org" not in shown
    take_name(ben.pk, "Ben Reads")
    assert "Ben Reads" in main(curator.get("/desk/feeds/images/settings")).text
    unknown = curator.post(there, {"address": "who@example.org", "role": "reader"})
    assert unknown.status_code == 400
    assert "Nobody has signed in with this address" in main(unknown).text
    curator.post(there, {"remove": member.pk})
    assert not FeedMember.objects.exists()
    assert curator.post(there, {"remove": member.pk}).status_code == 404
    assert curator.post(there, {"remove": "x"}).status_code == 404


def test_members_of_another_feed_are_left_alone(
    curator: Client, feed: Feed, django_user_model
) -> None:
    other = Feed.objects.create(slug="other", name="Other")
    ben = django_user_model.objects.create_user("ben@example.org")
    member = FeedMember.objects.create(feed=other, user=ben)
    assert curator.post("/desk/feeds/images/members", {"remove": member.pk}).status_code == 404
    assert FeedMember.objects.exists()


def test_a_feed_is_deleted_by_its_name(curator: Client, feed: Feed) -> None:
    answer = curator.post("/desk/feeds/images/delete", {"name": "Image"})
    assert answer.status_code == 400
    assert "Nothing was deleted" in main(answer).text
    curator.post("/desk/feeds/images/delete", {"name": "Images"})
    assert not Feed.objects.exists()
    assert Paper.objects.count() == 2


def test_a_desk_without_a_day_is_that_of_the_latest_digest(curator: Client, feed: Feed) -> None:
    put_in(entry(), day=DAY - timedelta(days=9))
    assert curator.get("/desk/feeds/images")["Location"] == DESK


@pytest.mark.parametrize("date", ["2026-02-30", "2026-13-01", "0001-01-01", "2126-01-01", "today"])
def test_a_day_that_is_none_has_no_desk(curator: Client, feed: Feed, date: str) -> None:
    assert curator.get(f"/desk/feeds/images/{date}").status_code == 404


def test_what_no_button_sends_is_not_there(curator: Client, feed: Feed) -> None:
    for given in ({}, {"place": "x"}, {"place": ""}, {"untag": "1"}, {"pin": "9" * 30}, {"at": 1}):
        answer = curator.post(DESK, given)
        assert answer.status_code == 404 or "untag" in given


def test_what_cannot_be_done_is_said(curator: Client, feed: Feed) -> None:
    for given, words in (
        ({"place": "chosen"}, "Tick the papers first."),
        ({"other": "2604.99999"}, "No paper is known as “2604.99999”."),
        ({"tag": pk("2604.00001"), "name": " - "}, "Write a tag’s name"),
        ({"place": 10**9}, "A paper is not shown any more."),
        ({"undo": 1}, "There is nothing of yours to undo"),
        ({"publish": 1}, "There is nothing in this edition yet."),
        ({"note": 1, "text": "x" * 2001}, "Shorten it."),
        ({"unpin": pk("2604.00001")}, "It was so before."),
    ):
        page = read(curator.post(DESK, given, follow=True))
        assert words in page.one("div", class_="messages").text
    assert not Placing.objects.exists()


def test_a_part_of_the_page_is_answered_to_a_script(curator: Client, feed: Feed) -> None:
    script = {"HX-Request": "true"}
    answer = curator.post(DESK, {"place": pk("2604.00001")}, headers=script)
    part = read(answer)
    assert part.one("p", id="said").text == "Placed. Undo with u."
    assert not part.all("h1")
    assert len(part.one("section", class_="incoming").all("h3")) == 1
    assert part.one("section", class_="edition").texts("h3") == [
        Paper.objects.get(key="2604.00001").title_text
    ]
    gone = Client().post(DESK, {"place": 1}, headers=script)
    assert gone["HX-Redirect"] == f"/account/login/?next={DESK}"


def test_an_edition_that_is_closed_takes_corrections_alone(curator: Client, feed: Feed) -> None:
    curator.post(DESK, {"place": pk("2604.00001")})
    curator.post(DESK, {"publish": 1})
    page = main(curator.get(DESK))
    names = {button.get("name") for button in page.all("button")}
    assert names == {"correct"}
    given = {"correct": 1, "adds": pk("2604.00002"), "takes": pk("2604.00001"), "text": ""}
    curator.post(DESK, given | {"why": "They were mixed up."})
    page = main(curator.get(DESK))
    assert "Correction: They were mixed up." in page.text
    assert Edition.objects.get().papers == [pk("2604.00002")]


def test_a_correction_that_is_refused_loses_nothing(curator: Client, feed: Feed) -> None:
    curator.post(DESK, {"place": pk("2604.00001")})
    curator.post(DESK, {"publish": 1})
    given = {"correct": 1, "takes": pk("2604.00001"), "text": "A note.", "another": "2604.00002"}
    answer = curator.post(DESK, given | {"why": "x" * 301})
    assert answer.status_code == 409
    page = main(answer)
    assert "checked" in page.one("input", name="takes").attributes
    assert page.one("textarea", id="note").text == "A note."
    assert page.one("input", id="another")["value"] == "2604.00002"
    assert page.one("input", id="why")["value"] == "x" * 301


def test_words_of_strangers_stay_words(curator: Client, feed: Feed) -> None:
    evil = "<script>alert(1)</script>"
    Feed.objects.update(name=evil, description=evil)
    put_in(entry(evil, id="2604.00003", summary=evil, authors=[evil]))
    curator.post(DESK, {"note": 1, "text": evil})
    curator.post(DESK, {"tag": pk("2604.00003"), "name": evil})
    for page in (DESK, "/desk/feeds", "/desk/feeds/images/settings", "/desk/feeds/images/delete"):
        assert b"<script>alert" not in curator.get(page).content


def test_the_number_of_queries_does_not_grow_with_the_papers(curator: Client, feed: Feed) -> None:
    curator.post(DESK, {"pin": pk("2604.00001")})
    with CaptureQueriesContext(connection) as few:
        curator.get(DESK)
    put_in_many(30)
    curator.post(DESK, {"pin": pk("2604.00002")})
    with CaptureQueriesContext(connection) as many:
        curator.get(DESK)
    assert len(many) == len(few)
