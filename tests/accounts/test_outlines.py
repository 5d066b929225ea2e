"""Lists as OPML, out and in: a person's own, the site's, and what an upload makes one follow."""

from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts import reader_keys
from accounts.models import Subscription
from feeds import collecting, followed, following
from feeds.collecting import Words
from feeds.following_outline import question_at
from feeds.models import Feed, Tag
from feeds.syndication.opml import Group, Outline, render
from tests.accounts.api.conftest import confirmed
from tests.accounts.test_reader_keys import private_lists, signed_in
from tests.factories import entry, put_in
from tests.people import somebody
from tests.web.document import read

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
TAKE = "/account/feed-reader/take"


@pytest.fixture
def ada(db) -> int:
    cache.clear()
    put_in(entry("On lamps", id="2604.00001", authors=["Ada Lovelace"]))
    Tag.objects.create(slug="lamps", name="Lamps", kind="topic")
    Feed.objects.create(slug="images", name='Images & "lights" <b>', visibility="public")
    return somebody("Ada")


def lines(content: bytes) -> dict[str, str]:
    """The titles with the addresses, of a document that is OPML 2.0."""
    root = ElementTree.fromstring(content)
    assert (root.tag, root.get("version"), [one.tag for one in root]) == (
        "opml", "2.0", ["head", "body"],
    )  # fmt: skip
    rows = list(root.iter("outline"))
    assert all(row.get("text") for row in rows)
    feeds = [row for row in rows if row.get("type") == "rss"]
    assert all(row.get("xmlUrl") and row.get("htmlUrl") for row in feeds)
    return {row.get("title", ""): row.get("xmlUrl", "") for row in feeds}


def upload(person: int, content: bytes) -> Any:
    file = SimpleUploadedFile("lists.opml", content, "text/x-opml")
    return signed_in(person).post(TAKE, {"file": file})


def outline(*addresses: str) -> bytes:
    rows = [Outline(f"Line {n}", address, "") for n, address in enumerate(addresses, start=1)]
    return render("Mine", [Group("All", rows)])


def test_the_sites_outline_names_its_public_feeds(ada) -> None:
    Feed.objects.create(slug="inner", name="Inner", visibility="private")
    answer = Client().get("/opml")
    found = lines(answer.content)
    assert found['Images & "lights" <b>'] == f"{SITE}/feed.rss?feed=images"
    assert "Inner" not in found
    assert len(found) == 2
    for address in found.values():
        assert Client().get(address.partition("8000")[2]).status_code == 200
    assert Client().get("/opml", headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_ones_own_outline_names_all_that_one_reads(ada) -> None:
    private_lists(ada)
    following.follow("author=Ada+Lovelace", ada, timezone.now())
    following.follow("tag=lamps", ada, timezone.now())
    collecting.make(Words("Shared", visibility="public"), ada)
    confirmed(ada, "ada@example.org")
    given = {"email": "ada@example.org", "confirmed_at": timezone.now()}
    Subscription.objects.create(query="q=bees", **given)
    Subscription.objects.create(query="sort=top", ended_at=timezone.now(), **given)
    secret = reader_keys.make(ada, "A reader", timezone.now())
    with_key = lines(Client().get(f"/mine/lists.opml?key={secret}").content)
    assert len(with_key) == 10
    for title, address in with_key.items():
        assert f"key={secret}" in address
        assert Client().get(address.partition("8000")[2]).status_code == 200, title
    without = signed_in(ada).get("/account/feed-reader/lists.opml")
    open_ones = lines(without.content)
    closed = {"What you follow", "For you", "Inner", "Mine"}
    assert set(with_key) - set(open_ones) == closed
    assert "key=" not in without.content.decode()
    assert "no-store" in without["Cache-Control"]


def test_what_is_of_this_site_is_followed_and_the_rest_says_why_not(ada) -> None:
    answer = upload(
        ada,
        outline(
            f"{SITE}/feed.rss?tag=lamps",
            f"{SITE}/feed.atom?author=Ada+Lovelace&sort=new",
            f"{SITE}/f/images",
            f"{SITE}/mine/feed.json?q=lamps&key=bsf_0123456789abcdefghij",
            "https://elsewhere.example/feed.xml",
            f"{SITE}/feed.rss",
            f"{SITE}/papers/2604.00001",
            f"{SITE}/feed.rss?tag=nothing",
            f"{SITE}/feed.rss?q=%28x",
            "javascript:alert(1)",
        ),
    )
    assert answer.status_code == 200
    found = [one.text for one in followed.followed_by(ada)]
    assert found == ["tag=lamps", "author=Ada+Lovelace", "feed=images&period=all", "q=lamps"]
    said = read(answer).text
    assert said.count("It is no list of this site.") == 3
    assert "That is every paper" in said
    assert "No tag is called nothing" in said
    assert "is not closed" in said


def test_what_goes_out_comes_back(ada) -> None:
    for text in ("tag=lamps", "author=Ada+Lovelace", "q=lamps&has=code", "source=upload"):
        following.follow(text, ada, timezone.now())
    secret, ben = reader_keys.make(ada, "A reader", timezone.now()), somebody("Ben")
    upload(ben, Client().get(f"/mine/lists.opml?key={secret}").content)
    mine, his = ({one.text for one in followed.followed_by(who)} for who in (ada, ben))
    assert mine <= his


BOMB = b'<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"plain words", "not well-formed"),
        (b"<opml><body><outline text='x'></body></opml>", "line 1: not well-formed"),
        (b"<rss><channel/></rss>", "begins with <opml>"),
        (b"<opml><body><outline text='x'/></body></opml>", "no address"),
        (BOMB + b'<opml><body><outline text="&b;" xmlUrl="x"/></body></opml>', "document type"),
        (b'<!DOCTYPE opml SYSTEM "file:///etc/passwd"><opml/>', "document type"),
        (b"<opml>" + b"<outline>" * 200 + b"</outline>" * 200 + b"</opml>", "levels deep"),
        (b"<opml>" + b" " * 50_000_000 + b"</opml>", "larger than 1 MB"),
        (b"<opml><body>" + b"<outline xmlUrl='x'/>" * 2001 + b"</body></opml>", "Split it"),
        (b"\x1f\x8b\x08\x00\x00", "not well-formed"),
    ],
    ids=lambda given: str(given)[:24],
)
def test_what_is_no_outline_is_refused_in_words(ada, content, says) -> None:
    answer = upload(ada, content)
    assert (answer.status_code, says in read(answer).text) == (400, True), read(answer).text
    assert followed.followed_by(ada) == []


def test_one_without_a_file_says_so(ada) -> None:
    answer = signed_in(ada).post(TAKE)
    assert (answer.status_code, "Choose a file" in read(answer).text) == (400, True)


@pytest.mark.parametrize(
    ("address", "asks"),
    [
        ("/feed.rss", ""),
        ("/f/daily/2026-04-24?tag=x", "feed=daily&tag=x"),
        ("/t/vision%2Dlanguage", "tag=vision-language"),
        ("/c/mine", "in=mine"),
        ("/following?has=code", "in=following&has=code"),
        ("/papers.bib?q=a+b&limit=3&cursor=x", "q=a+b"),
        ("/account/keys", None),
        ("//127.0.0.1:9000/feed.rss", None),
        ("http://[", None),
    ],
)
def test_an_address_tells_its_question(address, asks) -> None:
    assert question_at(address if "//" in address else f"{SITE}{address}") == asks
