"""What one does by the API with one's own things: collections, marks, following, claims."""

import json
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client

from feeds import claiming
from feeds.models import Claim, Collection, Comment, Feed, FeedMember
from tests.api.holding import hold
from tests.factories import entry, put_in
from tests.people import somebody

pytestmark = pytest.mark.django_db
ONE = "papers/2604.00001"


class Script:
    """A program of a person, by a session: it asks in JSON and reads JSON."""

    def __init__(self, person: int) -> None:
        self.client = Client()
        self.client.force_login(get_user_model().objects.get(pk=person))

    def ask(self, method: str, path: str, key: str = "", **body: Any) -> Any:
        headers = {"Idempotency-Key": key} if key else {}
        sent = json.dumps(body) if body or method == "post" else None
        kind = {"data": sent, "content_type": "application/json"} if sent else {}
        return getattr(self.client, method)(f"/api/v1/{path}", headers=headers, **kind)


@pytest.fixture(autouse=True)
def _papers(db) -> None:
    cache.clear()
    put_in(*(entry(id=f"2604.0000{n}", authors=["Ada Lovelace"]) for n in (1, 2, 3)))


@pytest.fixture
def ada() -> Script:
    return Script(somebody("Ada"))


def test_a_collection_is_made_filled_ordered_and_deleted(ada) -> None:
    made = ada.ask("post", "collections", name="On bees", visibility="unlisted")
    hold(made, "post", "collections")
    slug = made.json()["slug"]
    for n in (1, 2, 3):
        put = ada.ask("put", f"collections/{slug}/papers/2604.0000{n}")
        hold(put, "put", "collections/{slug}/papers/{key}")
    ada.ask("put", f"collections/{slug}/papers/2604.00003", place=1, note="First.")
    listed = ada.ask("get", f"collections/{slug}/papers")
    hold(listed, "get", "collections/{slug}/papers")
    rows = [(one["place"], one["paper"]["key"], one["note"]) for one in listed.json()["entries"]]
    assert rows == [(1, "2604.00003", "First."), (2, "2604.00001", None), (3, "2604.00002", None)]
    ada.ask("delete", f"collections/{slug}/papers/2604.00001")
    assert len(ada.ask("get", f"collections/{slug}/papers").json()["entries"]) == 2
    changed = ada.ask("patch", f"collections/{slug}", description="Buzz.").json()
    assert (changed["name"], changed["description"]) == ("On bees", "Buzz.")
    assert ada.ask("get", "collections").json()["collections"] == [changed]
    assert ada.ask("delete", f"collections/{slug}").json() == {"deleted": slug}
    assert not Collection.objects.exists()


def test_a_private_collection_is_not_there_for_others(ada) -> None:
    slug = ada.ask("post", "collections", name="Mine").json()["slug"]
    for path in (f"collections/{slug}", f"collections/{slug}/papers"):
        assert Script(somebody()).ask("get", path).status_code == 404
        assert Client().get(f"/api/v1/{path}").status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": " "}, "name"),
        ({"name": "\x00"}, "name"),
        ({"name": "\ud800"}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"name": 1}, "name"),
        ({"name": "x", "description": "x" * 1001}, "description"),
        ({"name": "x", "visibility": "open"}, "visibility"),
    ],
)
def test_a_bad_field_is_refused_with_its_name(ada, body, field) -> None:
    answer = ada.ask("post", "collections", **body)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert [one["field"] for one in answer.json()["errors"]] == [field]
    assert not Collection.objects.exists()


def test_what_is_full_is_a_conflict(ada, monkeypatch) -> None:
    monkeypatch.setattr("feeds.collecting.MOST_COLLECTIONS", 1)
    ada.ask("post", "collections", name="One")
    refused = ada.ask("post", "collections", name="Two")
    assert (refused.status_code, "Delete one first" in refused.json()["detail"]) == (409, True)


def test_marks_are_given_and_taken_back(ada) -> None:
    for mark in ("saved", "read", "hidden"):
        answer = ada.ask("put", f"{ONE}/marks/{mark}")
        assert answer.json()[mark] is True
        hold(answer, "put", "papers/{key}/marks/{mark}")
    assert [one["key"] for one in ada.ask("get", "hidden").json()["papers"]] == ["2604.00001"]
    for mark in ("saved", "read", "hidden"):
        assert ada.ask("delete", f"{ONE}/marks/{mark}").json()[mark] is False
    assert ada.ask("put", f"{ONE}/marks/loved").status_code == 404


def test_one_follows_hides_and_does_so_no_more(ada) -> None:
    followed = ada.ask("post", "following", query="author=Ada+Lovelace&period=week")
    hold(followed, "post", "following")
    (row,) = followed.json()["following"]
    assert (row["kind"], row["query"]) == ("author", "author=Ada+Lovelace")
    assert len(ada.ask("get", "papers?in=following").json()["papers"]) == 3
    left = ada.ask("delete", "following?query=author%3DAda%2BLovelace")
    assert left.json()["following"] == []
    for query, status in (("", 409), ("tag=%21", 400), ("tag=nothing", 409)):
        assert ada.ask("post", "following", query=query).status_code == status
    assert ada.ask("put", "tags/nothing/hidden").status_code == 404


def test_a_claim_is_made_read_and_withdrawn(ada, monkeypatch) -> None:
    wrong = ada.ask("post", f"{ONE}/claim", author="Ben")
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (409, "author")
    made = ada.ask("post", f"{ONE}/claim", author="Ada Lovelace", why="Me.")
    assert (made.json()["paper"], made.json()["state"]) == ("2604.00001", "waiting")
    hold(made, "post", "papers/{key}/claim")
    assert ada.ask("get", "claims").json() == {"claims": [made.json()]}
    assert ada.ask("delete", f"{ONE}/claim").json() == {"withdrawn": True}
    assert ada.ask("delete", f"{ONE}/claim").status_code == 404
    monkeypatch.setattr(claiming, "MOST_A_DAY", 1)
    refused = ada.ask("post", f"{ONE}/claim", author="Ada Lovelace")
    assert (refused.status_code, "Retry-After" in refused) == (429, True)


def test_who_asks_is_told(ada) -> None:
    answer = ada.ask("get", "me")
    hold(answer, "get", "me")
    told = answer.json()
    assert (told["name"], told["roles"], told["curates"], told["key"]) == ("Ada", [], [], None)


@pytest.fixture
def curator(_papers) -> Script:
    person = somebody()
    feed = Feed.objects.create(slug="bees", name="Bees")
    FeedMember.objects.create(feed=feed, user_id=person, role="curator")
    return Script(person)


def test_a_curator_gives_a_tag_denies_it_and_takes_that_back(curator, ada) -> None:
    def tags() -> set[str]:
        return {tag["slug"] for tag in curator.ask("get", ONE).json()["tags"]}

    given = curator.ask("post", f"{ONE}/tags", name="Queen bees")
    hold(given, "post", "papers/{key}/tags")
    assert "queen-bees" in tags()
    assert curator.ask("post", f"{ONE}/tags", name="Queen bees").json()["undo"] is None
    denied = curator.ask("delete", f"{ONE}/tags/queen-bees").json()
    assert "queen-bees" not in tags()
    assert ada.ask("post", f"{ONE}/undo-tag", undo=denied["undo"]).status_code == 404
    wrong = curator.ask("post", "papers/2604.00002/undo-tag", undo=denied["undo"])
    assert wrong.status_code == 409
    curator.ask("post", f"{ONE}/undo-tag", undo=denied["undo"])
    assert "queen-bees" in tags()
    late = curator.ask("post", f"{ONE}/undo-tag", undo=denied["undo"])
    assert late.status_code == 409
    assert curator.ask("post", f"{ONE}/tags", name="§").json()["errors"][0]["field"] == "name"
    assert curator.ask("delete", f"{ONE}/tags/none").status_code == 404


def test_the_same_key_does_it_once(ada) -> None:
    said = [ada.ask("post", f"{ONE}/comments", "k1", text="Well done.") for _ in range(2)]
    assert [one.status_code for one in said] == [200, 200]
    assert said[0].content == said[1].content
    made = [ada.ask("post", "collections", "k2", name="Bees").json() for _ in range(2)]
    assert made[0] == made[1]
    assert (Comment.objects.count(), Collection.objects.count()) == (1, 1)
    other = Script(somebody()).ask("post", "collections", "k2", name="Bees").json()
    assert other["slug"] != made[0]["slug"]


def test_another_body_under_the_same_key_is_refused(ada) -> None:
    ada.ask("post", "collections", "k", name="Bees")
    for path, body in (("collections", {"name": "Ants"}), (f"{ONE}/claim", {"name": "Bees"})):
        refused = ada.ask("post", path, "k", **body)
        assert (refused.status_code, refused["Content-Type"]) == (422, "application/problem+json")
    assert Collection.objects.count() == 1
    assert ada.ask("post", "collections", "x" * 256, name="Ants").status_code == 400


def test_what_was_refused_may_be_tried_again_under_its_key(ada) -> None:
    assert ada.ask("post", f"{ONE}/claim", "k", author="Ben").status_code == 409
    assert ada.ask("post", f"{ONE}/claim", "k", author="Ada Lovelace").status_code == 200
    assert Claim.objects.count() == 1


def test_limits_are_told_with_what_is_left(ada) -> None:
    told = [ada.ask("post", f"{ONE}/comments", text=f"Word {n}.") for n in range(7)]
    assert told[0]["RateLimit-Policy"] == '"say-burst";q=6;w=600, "say-day";q=60;w=86400'
    assert [one["RateLimit"].split(";")[1] for one in told] == [
        "r=5", "r=4", "r=3", "r=2", "r=1", "r=0", "r=0",
    ]  # fmt: skip
    assert (told[6].status_code, "Retry-After" in told[6]) == (429, True)
    assert "RateLimit" not in ada.ask("get", f"{ONE}/comments")
