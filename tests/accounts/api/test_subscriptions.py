"""What one orders by the API: to oneself alone, changed, paused, ended, looked at before."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from accounts import own_orders, suppressing
from accounts.models import Delivery, Subscription
from feeds import collecting
from feeds.collecting import Words
from feeds.limits import Limit
from tests.accounts.api.conftest import ADDRESS, confirmed
from tests.api.holding import hold
from tests.api.test_acting import Script
from tests.factories import DAY
from tests.people import somebody

pytestmark = pytest.mark.django_db
PATH = "subscriptions"
ONE = "subscriptions/{uid}"


def order(script, **given):
    answer = script.ask("post", PATH, **({"query": "q=lamps"} | given))
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_one_is_ordered_read_changed_paused_and_ended(ada) -> None:
    made = ada.ask(
        "post", PATH, query="q=lamps&period=week", cadence="weekly", hour=0,
        timezone="Europe/Paris", most=7, breadth=True, language="de",
    )  # fmt: skip
    hold(made, "post", PATH)
    told = made.json()
    assert (told["query"], told["email"], told["running"]) == ("q=lamps", ADDRESS, True)
    assert (told["hour"], told["most"], told["breadth"], told["skip_seen"]) == (0, 7, True, True)
    assert (told["language"], Subscription.objects.get().language) == ("de", "de")
    here = f"{PATH}/{told['id']}"
    changed = ada.ask("patch", here, query="q=bees&sort=new", skip_seen=False)
    hold(changed, "patch", ONE)
    expected = told | {"query": "q=bees&sort=new", "skip_seen": False}
    differ = {name for name in told if changed.json()[name] != told[name]}
    assert differ == {"query", "skip_seen", "what", "url"}
    assert changed.json()["query"] == expected["query"]
    paused = ada.ask("patch", here, paused_until="2090-01-01").json()
    assert paused["paused_until"] == "2090-01-01"
    assert paused["next_at"].startswith("2090-01-0")
    assert ada.ask("patch", here, paused_until=None).json()["paused_until"] is None
    listed = ada.ask("get", PATH)
    hold(listed, "get", PATH)
    assert [one["id"] for one in listed.json()["subscriptions"]] == [told["id"]]
    ended = ada.ask("post", f"{here}/end")
    hold(ended, "post", f"{ONE}/end")
    assert (ended.json()["running"], ended.json()["next_at"]) == (False, None)
    assert ada.ask("patch", here, most=3).status_code == 409
    assert order(ada, query="q=bees&sort=new", cadence="weekly")["id"] != told["id"]


def test_it_comes_in_the_language_that_is_named(ada) -> None:
    told = order(ada, query="", language="de", most=2)
    assert told["language"] == "de"
    shown = ada.ask("get", f"{PATH}/{told['id']}/preview").json()
    assert "Warum hier:" in shown["text"]
    assert ada.ask("patch", f"{PATH}/{told['id']}", language="tlh").status_code == 400
    assert ada.ask("patch", f"{PATH}/{told['id']}", language="en").json()["language"] == "en"
    assert order(ada, query="q=bees")["language"] == "en"


def test_it_is_sent_as_an_order_by_the_page_is(ada) -> None:
    told = order(ada)
    row = Subscription.objects.active(timezone.now()).get()
    assert (str(row.uid), row.cadence, row.channel) == (told["id"], "weekdays", "email")


def test_an_order_that_waits_for_its_yes_runs_by_the_word_of_its_confirmed_owner(ada) -> None:
    Subscription.objects.create(email=ADDRESS, query="q=lamps", cadence="daily")
    assert order(ada, cadence="daily")["running"] is True
    assert ada.ask("post", PATH, query="q=lamps", cadence="daily").status_code == 409


@pytest.mark.parametrize("email", ["other@example.org", "eve@example.org", "not an address"])
def test_nobody_orders_for_an_address_that_they_did_not_confirm(ada, person, email) -> None:
    EmailAddress.objects.create(user_id=person, email="other@example.org", verified=False)
    confirmed(somebody(), "eve@example.org")
    refused = ada.ask("post", PATH, query="", email=email)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (409, "email")
    assert not Subscription.objects.exists()


def test_mail_that_was_stopped_is_not_ordered(ada) -> None:
    suppressing.suppress(ADDRESS, "admin", "Asked by phone.", timezone.now())
    assert "is stopped" in ada.ask("post", PATH, query="").json()["detail"]


def test_what_another_orders_is_not_there(ada) -> None:
    told = order(ada)
    eve, nobody = Script(somebody()), Client()
    paths = [f"{PATH}/{told['id']}{end}" for end in ("", "/preview", "/deliveries")]
    for path in paths:
        assert eve.ask("get", path).status_code == 404
        assert nobody.get(f"/api/v1/{path}").status_code == 401
    assert eve.ask("post", f"{paths[0]}/end").status_code == 404
    assert eve.ask("patch", paths[0], most=1).status_code == 404
    assert eve.ask("get", PATH).json()["subscriptions"] == []
    assert Subscription.objects.running().count() == 1


@pytest.mark.parametrize(
    ("given", "status", "field"),
    [
        ({"query": None}, 400, "query"),
        ({"query": "sort=best"}, 400, "sort"),
        ({"query": "q=(lamps"}, 400, "q"),
        ({"query": "in=following2"}, 404, None),
        ({"query": "feed=none"}, 404, None),
        ({"cadence": "hourly"}, 400, "cadence"),
        ({"hour": 24}, 400, "hour"),
        ({"hour": "8"}, 400, "hour"),
        ({"most": True}, 400, "most"),
        ({"gap": 61}, 400, "gap"),
        ({"breadth": "yes"}, 400, "breadth"),
        ({"timezone": "Mars/Olympus"}, 409, "timezone"),
        ({"channel": "pigeon"}, 400, "channel"),
        ({"language": "tlh"}, 400, "language"),
        ({"channel": "ntfy", "target": "no topic!"}, 409, "target"),
        ({"paused_until": "tomorrow"}, 400, "paused_until"),
        ({"paused_until": "2026-02-30"}, 400, "paused_until"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(ada, given, status, field) -> None:
    answer = ada.ask("post", PATH, **({"query": ""} | given))
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    named = [error["field"] for error in answer.json().get("errors", [])]
    assert named == ([field] if field else [])
    assert not Subscription.objects.exists()


def test_a_private_list_is_ordered_by_who_may_read_it(ada, person) -> None:
    slug = collecting.make(Words("Mine", visibility="private"), person)
    assert order(ada, query=f"in={slug}")["query"] == f"in={slug}"
    eve = somebody()
    confirmed(eve, "eve@example.org")
    assert Script(eve).ask("post", PATH, query=f"in={slug}").status_code == 404


def test_the_same_key_orders_once(ada) -> None:
    first = ada.ask("post", PATH, key="k", query="q=lamps")
    again = ada.ask("post", PATH, key="k", query="q=lamps")
    assert (first.content, Subscription.objects.count()) == (again.content, 1)
    assert ada.ask("post", PATH, key="k", query="q=bees").status_code == 422


def test_orders_are_limited_and_say_so(ada, monkeypatch) -> None:
    monkeypatch.setattr(own_orders, "ORDERING", Limit("order-few", 1, 3600))
    order(ada)
    refused = ada.ask("post", PATH, query="q=bees")
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    monkeypatch.setattr(own_orders, "ORDERING", Limit("order-many", 9, 3600))
    monkeypatch.setattr(own_orders, "MOST", 1)
    assert "End one first" in ada.ask("post", PATH, query="q=bees").json()["detail"]


def test_a_preview_is_the_mail_that_would_come(ada) -> None:
    here = f"{PATH}/{order(ada, query='')['id']}"
    shown = ada.ask("get", f"{here}/preview")
    hold(shown, "get", f"{ONE}/preview")
    told = shown.json()
    assert (told["papers"], "On lamps" in told["text"], "On bees" in told["html"]) == (
        2, True, True,
    )  # fmt: skip
    ada.ask("patch", here, language="de")
    assert ada.ask("get", f"{here}/preview").json()["subject"] != told["subject"]
    nothing = f"{PATH}/{order(ada, query='q=nothing+such')['id']}/preview"
    assert "ever listed" in ada.ask("get", nothing).json()["detail"]


def test_the_log_tells_what_came_and_what_did_not(ada, monkeypatch) -> None:
    monkeypatch.setattr(own_orders, "DELIVERIES", 1)
    here = f"{PATH}/{order(ada)['id']}"
    row = Subscription.objects.get()
    given = {"subscription": row, "period": DAY, "asked": f"date={DAY}"}
    Delivery.objects.create(**given, state="sent", edition=DAY, papers=[1, 2])
    late = {"state": "waiting", "error": "451 <ada@example.org> not now"}
    Delivery.objects.create(**given, number=1, **late)
    answer = ada.ask("get", f"{here}/deliveries")
    hold(answer, "get", f"{ONE}/deliveries")
    (last,) = answer.json()["deliveries"]
    assert (last["state"], last["error"], last["url"]) == ("waiting", "451 … not now", None)
    before = answer.json()["next_before"]
    (first,) = ada.ask("get", f"{here}/deliveries?before={before}").json()["deliveries"]
    assert (first["state"], first["papers"], first["next_try_at"]) == ("sent", 2, None)
    assert Client().get(first["url"].partition("8000")[2]).status_code == 200
    assert ada.ask("get", f"{here}/deliveries?before=x").status_code == 400
