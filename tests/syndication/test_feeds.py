"""Feeds as a feed reader sees them."""

import json

import feedparser
import pytest

from tests.factories import entry, put_in

pytestmark = pytest.mark.django_db
XML = ["/feed.rss", "/feed.atom"]
ALL = [*XML, "/feed.json"]
HOSTILE = 'Tags & "quotes" ]]> <script>alert(1)</script> \u0000\ufffe'


@pytest.fixture(autouse=True)
def _papers(db) -> None:
    put_in(entry(HOSTILE.replace("\u0000", ""), id="2604.00001", authors=["A & B <c>"]))
    put_in(entry(id="2604.00002"), entry(id="2604.00003"))


@pytest.mark.parametrize("path", XML)
def test_a_hostile_title_stays_text(client, path) -> None:
    feed = feedparser.parse(client.get(path).content)
    assert not feed.bozo
    assert len(feed.entries) == 3
    assert all(item.published_parsed for item in feed.entries)
    assert b"<script" not in client.get(path).content


def test_the_json_feed_is_of_version_1_1(client) -> None:
    feed = json.loads(client.get("/feed.json").content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert all({"id", "url", "content_html", "date_published"} <= set(i) for i in feed["items"])
    assert "<script" not in "".join(item["content_html"] for item in feed["items"])


@pytest.mark.parametrize("path", ALL)
def test_an_unchanged_feed_is_not_sent_again(client, path) -> None:
    first = client.get(path)
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert first["Last-Modified"]
    assert client.head(path).status_code == 200


@pytest.mark.parametrize("path", ALL)
def test_a_bad_term_is_refused_in_words(client, path) -> None:
    answer = client.get(f"{path}?date=soon")
    assert answer.status_code == 400
    assert answer.content.decode().startswith("date is 'soon'")


@pytest.mark.parametrize("path", XML)
def test_a_feed_names_its_next_page(client, path) -> None:
    feed = feedparser.parse(client.get(f"{path}?limit=2").content).feed
    following = [link.href for link in feed.links if link.rel == "next"]
    rest = feedparser.parse(client.get(following[0].partition("8000")[2]).content)
    assert len(rest.entries) == 1
    assert not [link for link in rest.feed.links if link.rel == "next"]
