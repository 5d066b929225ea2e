"""Addresses with a key, for feed readers that cannot sign in: what they open, and to whom."""

import logging
from datetime import timedelta
from typing import Any

import feedparser
import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts import personal, reader_keys
from accounts.models import ReaderKey
from accounts.redacting import KeysLeftOut
from accounts.web import by_key
from feeds import collecting, following, marking
from feeds.collecting import Words
from feeds.limits import Limit
from feeds.models import Feed, FeedMember, Paper
from tests.factories import entry, put_in
from tests.people import somebody
from tests.web.document import read

pytestmark = pytest.mark.django_db
PAGE = "/account/feed-reader"
FEEDS = ("feed.rss", "feed.atom", "feed.json")
FILES = ("papers.bib", "papers.ris", "papers.csl.json", "papers.csv", "papers.md")


@pytest.fixture
def ada(db) -> int:
    cache.clear()
    put_in(entry("On lamps", id="2604.00001"), entry("On bees", id="2604.00002"))
    return somebody("Ada")


@pytest.fixture
def secret(ada) -> str:
    return reader_keys.make(ada, "My reader", timezone.now())


def signed_in(person: int) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(pk=person))
    return client


def asked(path: str, secret: str, **headers: str) -> Any:
    joint = "&" if "?" in path else "?"
    return Client(headers=headers).get(f"/mine/{path}{joint}key={secret}")


def private_lists(ada: int) -> list[str]:
    """What only Ada may read, each with the paper on lamps alone in it."""
    slug = collecting.make(Words("Mine", visibility="private"), ada)
    collecting.add(slug, Paper.objects.get(key="2604.00001").pk, ada)
    feed = Feed.objects.create(
        slug="inner", name="Inner", visibility="private", query="q=lamps", most=10
    )
    FeedMember.objects.create(feed=feed, user_id=ada, role="reader")
    following.follow("q=lamps", ada, timezone.now())
    return [f"in={slug}", "feed=inner", "in=following"]


@pytest.mark.parametrize("path", [*FEEDS, *FILES])
def test_a_key_opens_what_only_its_person_may_read(ada, secret, path) -> None:
    for terms in private_lists(ada):
        assert Client().get(f"/{path}?{terms}").status_code == 404
        answer = asked(f"{path}?{terms}", secret)
        assert answer.status_code == 200, terms
        text = answer.content.decode()
        assert ("lamps" in text, "bees" in text) == (True, False), terms


def test_a_key_opens_the_order_of_its_persons_taste(ada, secret) -> None:
    address = "feed.rss?sort=for_you&period=all"
    assert Client().get(f"/{address}").status_code == 401
    assert feedparser.parse(asked(address, secret).content).feed.title.endswith("For you papers")


def test_what_its_person_hid_is_not_there(ada, secret) -> None:
    marking.hide(Paper.objects.get(key="2604.00002").pk, ada, timezone.now())
    titles = [one.title for one in feedparser.parse(asked("feed.atom", secret).content).entries]
    assert titles == ["On lamps"]


def test_the_next_page_is_asked_with_the_same_key(ada, secret) -> None:
    feed = feedparser.parse(asked("feed.rss?limit=1&period=all", secret).content).feed
    links = {link.rel: link.href for link in feed.links}
    assert links["next"].startswith("http://127.0.0.1:8000/mine/feed.rss?")
    assert f"key={secret}" in links["next"]
    assert f"key={secret}" in links["self"]
    assert "key=" not in feed.link
    rest = Client().get(links["next"].partition("8000")[2])
    assert len(feedparser.parse(rest.content).entries) == 1
    listed = asked("papers.bib?limit=1&period=all", secret)
    assert "/mine/papers.bib?period=all" in listed["Link"]


def test_a_feed_is_the_same_one_by_another_key(ada, secret) -> None:
    other = reader_keys.make(ada, "Another", timezone.now())
    read_by = [feedparser.parse(asked("feed.atom", key).content) for key in (secret, other)]
    assert read_by[0].feed.id == read_by[1].feed.id
    assert [one.id for one in read_by[0].entries] == [one.id for one in read_by[1].entries]


@pytest.mark.parametrize("path", ["feed.rss", "papers.csv", "lists.opml"])
def test_no_cache_on_the_way_keeps_an_answer(ada, secret, path) -> None:
    answer = asked(path, secret)
    assert (answer["Cache-Control"], answer["CDN-Cache-Control"]) == (
        "private, no-cache", "no-store",
    )  # fmt: skip
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]
    assert "Access-Control-Allow-Origin" not in answer
    again = asked(path, secret, **{"If-None-Match": answer["ETag"]})
    assert (again.status_code, again["Cache-Control"]) == (304, "private, no-cache")


def test_a_key_opens_nothing_else(ada, secret) -> None:
    private_lists(ada)
    for client, path in (
        (Client(headers={"Authorization": f"Bearer {secret}"}), "/api/v1/papers?in=following"),
        (Client(), f"/api/v1/papers?in=following&key={secret}"),
        (Client(), f"/?in=following&key={secret}"),
        (Client(), f"/feed.rss?in=following&key={secret}"),
    ):
        answer = client.get(path)
        assert answer.status_code in (401, 404), path
        assert "On lamps" not in answer.content.decode()
    assert Client().post(f"/mine/feed.rss?key={secret}").status_code == 405


def test_one_of_another_opens_what_that_one_may_read(ada, secret) -> None:
    lists, eve = private_lists(ada), reader_keys.make(somebody(), "Eve", timezone.now())
    for terms in lists[:2]:
        assert asked(f"feed.rss?{terms}", eve).status_code == 404
    assert "lamps" not in asked("feed.rss?in=following", eve).content.decode()


def test_a_secret_is_long_random_and_kept_nowhere(ada) -> None:
    first, second = (reader_keys.make(ada, "A reader", timezone.now()) for _ in range(2))
    assert first != second
    assert (len(first) - len(reader_keys.BEGINS)) * 6 >= 160
    row = ReaderKey.objects.order_by("id").values().first()
    assert row
    assert first[reader_keys.SHOWN :] not in str(row)
    assert first.encode() not in bytes(row["digest"])
    told = personal.export(get_user_model().objects.get(pk=ada).email, timezone.now())
    assert first[reader_keys.SHOWN :] not in str(told)


def test_renewed_the_former_address_opens_nothing(ada, secret) -> None:
    page, client = read(signed_in(ada).get(PAGE)), signed_in(ada)
    assert secret[reader_keys.SHOWN :] not in page.text
    number = ReaderKey.objects.get().pk
    shown = client.post(PAGE, {"action": "renew", "key": number})
    assert "no-store" in shown["Cache-Control"]
    renewed = read(shown).one("code", id="address-all").text.partition("key=")[2]
    assert asked("feed.rss", secret).status_code == 404
    assert asked("feed.rss", renewed).status_code == 200
    client.post(PAGE, {"action": "revoke", "key": number})
    gone = asked("feed.rss", renewed)
    assert (gone.status_code, gone["Cache-Control"]) == (404, "private, no-cache")
    assert b"/account/feed-reader" in gone.content


def test_another_can_neither_renew_nor_revoke_it(ada, secret) -> None:
    number, eve = ReaderKey.objects.get().pk, signed_in(somebody())
    for action in ("renew", "revoke"):
        assert secret[:6] not in eve.post(PAGE, {"action": action, "key": number}).content.decode()
    assert asked("feed.rss", secret).status_code == 200


def test_a_closed_account_s_key_opens_nothing(ada, secret) -> None:
    get_user_model().objects.filter(pk=ada).update(is_active=False)
    assert asked("feed.rss", secret).status_code == 404


def test_the_page_shows_each_private_list_once_it_made_a_key(ada) -> None:
    private_lists(ada)
    shown = read(signed_in(ada).post(PAGE, {"action": "make", "name": "My  reader"}))
    for title in ("What you follow", "For you", "Inner", "Mine"):
        assert title in shown.text
    addresses = [code.text for code in shown.all("code") if "/mine/feed." in code.text]
    assert len(addresses) == 3 * 4
    for address in addresses:
        assert Client().get(address.partition("8000")[2]).status_code == 200
    refused = signed_in(ada).post(PAGE, {"action": "make", "name": " "})
    assert refused.status_code == 400


def test_they_are_not_without_number(ada, monkeypatch, secret) -> None:
    monkeypatch.setattr(reader_keys, "MOST", 1)
    refused = signed_in(ada).post(PAGE, {"action": "make", "name": "More"})
    assert "Revoke one first" in read(refused).text


def test_reading_is_limited_and_guessing_is_too(ada, secret, monkeypatch) -> None:
    monkeypatch.setattr(by_key, "READING", Limit("few-readings", 1, 3600))
    monkeypatch.setattr(by_key, "UNKNOWN", Limit("few-guesses", 1, 3600))
    for key in (secret, "bsf_guess"):
        first, second = asked("feed.rss", key).status_code, asked("feed.rss", key)
        assert (first, second.status_code) == (200 if key == secret else 404, 429)
        assert int(second["Retry-After"]) > 0


def test_when_it_was_last_used_is_noted(ada, secret) -> None:
    reader_keys.key_of(secret, timezone.now() - timedelta(hours=2))
    before = ReaderKey.objects.get().used_at
    asked("feed.rss", secret)
    after = ReaderKey.objects.get().used_at
    assert before
    assert after
    assert after - before > timedelta(hours=1)


@pytest.mark.parametrize("key", ["", "x", "bsf_", "bsf_é", "%00", "bsf_" + "x" * 9000])
def test_a_strange_key_is_none(ada, key) -> None:
    assert asked("feed.rss", key).status_code == 404


def test_no_log_holds_a_key(ada, secret, caplog) -> None:
    line = logging.LogRecord("x", 20, "x", 1, '"GET %s"', (f"/mine/feed.rss?key={secret}",), None)
    assert KeysLeftOut().filter(line)
    assert line.getMessage() == f'"GET /mine/feed.rss?key={secret[:12]}…"'
    with caplog.at_level("DEBUG"):
        asked("feed.rss?feed=nothing", secret)
        asked("feed.rss", secret[:-1] + "!")
    assert secret[reader_keys.SHOWN :] not in caplog.text
