"""Webhooks by the API: made with a secret that is told once, changed, tried, looked into."""

from typing import Any

import orjson
import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import Webhook
from accounts.webhooks import looking, sending, signing
from feeds.models import Feed
from tests.accounts.webhooks.conftest import beat, receiver  # noqa: F401 (a fixture)
from tests.api.holding import hold
from tests.api.test_acting import Script
from tests.factories import entry, put_in
from tests.people import somebody

pytestmark = pytest.mark.django_db
PATH = "webhooks"


@pytest.fixture
def make(ada, receiver):  # noqa: F811
    def making(**given: Any) -> Any:
        body = {"name": "A program", "url": receiver.url, "events": ["paper.added"]} | given
        answer = ada.ask("post", PATH, **body)
        assert answer.status_code == 200, answer.content
        return answer.json()

    return making


def test_one_is_made_changed_switched_and_deleted(ada, receiver, make) -> None:  # noqa: F811
    body = {"name": "A program", "url": receiver.url, "events": ["paper.added"], "query": "q=bees"}
    answer = ada.ask("post", PATH, **body)
    hold(answer, "post", PATH)
    made, hook = answer.json(), Webhook.objects.get()
    assert made["secret"] == signing.secret(hook)
    here = f"{PATH}/{made['id']}"
    read = ada.ask("get", here)
    hold(read, "get", f"{PATH}/{{number}}")
    assert read.json() == {name: made[name] for name in made if name != "secret"}
    changed = ada.ask("patch", here, name="Another", events=["paper.trending"], shape="slack")
    hold(changed, "patch", f"{PATH}/{{number}}")
    assert (changed.json()["name"], changed.json()["query"]) == ("Another", "q=bees")
    assert changed.json()["events"] == ["paper.trending"]
    assert ada.ask("patch", here, on=False).json()["on"] is False
    assert ada.ask("patch", here, on=True).json()["on"] is True
    hold(ada.ask("get", PATH), "get", PATH)
    assert ada.ask("delete", here).json() == {"deleted": made["id"]}
    assert not Webhook.objects.exists()


def test_a_repetition_makes_none_and_no_cache_holds_the_secret(ada, receiver) -> None:  # noqa: F811
    body = {"name": "A program", "url": receiver.url, "events": ["paper.added"]}
    first, second = (ada.ask("post", PATH, key="k", **body) for _ in range(2))
    assert first.content == second.content
    assert Webhook.objects.count() == 1
    store: Any = cache
    kept = [store._cache.get_client().get(key) for key in store._cache.get_client().keys("*once*")]
    assert kept
    assert not any(first.json()["secret"].encode() in bytes(value) for value in kept)


def test_a_new_secret_is_told_and_the_former_signs_on(ada, make) -> None:
    made = make()
    renewed = ada.ask("post", f"{PATH}/{made['id']}/secret")
    hold(renewed, "post", f"{PATH}/{{number}}/secret")
    assert renewed.json()["secret"] != made["secret"]
    assert renewed.json()["former_secret_until"]


def test_it_is_tried_looked_into_and_sent_again(ada, receiver, make) -> None:  # noqa: F811
    number = make()["id"]
    tried = ada.ask("post", f"{PATH}/{number}/test")
    hold(tried, "post", f"{PATH}/{{number}}/test")
    receiver.answers(500, b"not now")
    sending.send(number)
    log = ada.ask("get", f"{PATH}/{number}/events")
    hold(log, "get", f"{PATH}/{{number}}/events")
    (event,) = log.json()["events"]
    assert (event["id"], event["state"]) == (tried.json()["id"], "waiting")
    here = f"{PATH}/{number}/events/{event['id']}"
    whole = ada.ask("get", here)
    hold(whole, "get", f"{PATH}/{{number}}/events/{{uid}}")
    assert [(one["status"], one["answer"]) for one in whole.json()["log"]] == [(500, "not now")]
    assert orjson.loads(whole.json()["body"])["type"] == "webhook.test"
    assert ada.ask("post", f"{here}/again").status_code == 409
    Webhook.objects.get().events.update(state="failed")
    hold(ada.ask("post", f"{here}/again"), "post", f"{PATH}/{{number}}/events/{{uid}}/again")
    receiver.answers()
    sending.send(number)
    assert len(set(receiver.ids)) == 1
    ada.ask("patch", f"{PATH}/{number}", on=False)
    assert "Switch it on first" in ada.ask("post", f"{PATH}/{number}/test").json()["detail"]


def test_one_that_asks_for_something_else_is_told_of_what_comes_from_then_on(
    ada,
    receiver,  # noqa: F811
    make,
) -> None:
    number = make(query="q=nothing")["id"]
    ada.ask("patch", f"{PATH}/{number}", query="q=lamps")
    beat()
    assert receiver.got == []
    put_in(entry("More lamps", id="2604.00009"), entry("On lamps", id="2604.00001"))
    beat()
    assert [b"More lamps" in body for _, body in receiver.got] == [True]


def test_one_whose_list_is_gone_is_switched_off_all_the_same(ada, make) -> None:
    feed = Feed.objects.create(slug="images", name="Images", visibility="public")
    number = make(query="feed=images")["id"]
    feed.delete()
    assert ada.ask("patch", f"{PATH}/{number}", on=False).json()["on"] is False
    assert ada.ask("patch", f"{PATH}/{number}", name="X").status_code == 409


def test_what_another_has_is_not_there(make) -> None:
    number, eve = make()["id"], Script(somebody())
    for method, path in (
        ("get", ""), ("patch", ""), ("delete", ""), ("post", "/secret"), ("post", "/test"),
        ("get", "/events"), ("get", "/events/x"), ("post", "/events/x/again"),
    ):  # fmt: skip
        assert eve.ask(method, f"{PATH}/{number}{path}").status_code == 404
    assert Client().get(f"/api/v1/{PATH}/{number}").status_code == 401
    assert eve.ask("get", PATH).json() == {"webhooks": []}
    assert Webhook.objects.get().former_until is None


@pytest.mark.parametrize(
    ("given", "status", "field"),
    [
        ({"name": " "}, 409, "name"),
        ({"name": 1}, 400, "name"),
        ({"url": "https://10.0.0.1/"}, 409, "url"),
        ({"url": "http://93.184.215.14/"}, 409, "url"),
        ({"events": []}, 400, "events"),
        ({"events": "paper.added"}, 400, "events"),
        ({"events": ["paper.eaten"]}, 400, "events"),
        ({"events": [{}]}, 400, "events"),
        ({"shape": "teams"}, 400, "shape"),
        ({"query": "date=2026-04-24"}, 409, "query"),
        ({"query": "q=(x"}, 400, "q"),
        ({"events": ["edition.published"]}, 409, "query"),
        ({"on": "no"}, 400, "on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(ada, make, given, status, field) -> None:
    number = make()["id"]
    before = Webhook.objects.values().get()
    answer = ada.ask("patch", f"{PATH}/{number}", **given)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert Webhook.objects.values().get() == before


def test_what_has_to_be_given_is_named(ada) -> None:
    answer = ada.ask("post", PATH, name="A program")
    assert [error["field"] for error in answer.json()["errors"]] == ["url", "events"]
    assert looking.Webhook.objects.count() == 0
