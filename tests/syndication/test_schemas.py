"""Feeds of awkward papers fit the schemas of their formats, and parse as they were meant."""

import datetime as dt
from collections.abc import Callable

import feedparser
import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from feeds.models import Feed
from feeds.query import FeedQuery
from feeds.reading import Page
from feeds.records import PaperView, TagView
from feeds.syndication import atom, json_feed, opml, rss
from feeds.syndication.channel import Channel
from feeds.syndication.opml import Group, Outline
from tests.exports.papers import WHEN, paper
from tests.factories import entry, put_in
from tests.syndication.schemas import faults, faults_of_json_feed

SITE = "https://papers.example"
CHANNEL = Channel(
    "Papers & <more>", "Papers: “lamps”, not a < b", "All of them.\nA note.", SITE,
    f"{SITE}/?q=a&b", f"{SITE}/feed?q=a&limit=2", f"{SITE}/feed?q=a&cursor=x",
)  # fmt: skip
AWKWARD = {
    "math": paper(r"On $x^2 < \frac{1}{2}$ & more", r"We show $\sum_i a_i \le b$ and \alpha."),
    "entities": paper(
        "AT&amp;T &lt;b&gt; &nbsp; ]]> <!-- -->", "A &copy; ]]> <b>bold</b> & so on."
    ),
    "controls": paper(
        "A\x00 title\x0b with\x1f \ufffe controls\ufffd", "Text\x08 \ud800 broken\uffff."
    ),
    "rtl": paper(
        "\u202eدراسة عن المصابيح\u202c", "מחקר על מנורות \u2067x\u2069.", authors=("ليلى",)
    ),
    "no date, nobody": paper(
        "A study", "", authors=(), tags=(), published_at=None, arxiv_id="", doi="10.1234/x<y>&z"
    ),
    "very long": paper("Long " * 400, "A sentence of words. " * 5000, authors=("A B",) * 3000),
    "emoji": paper("𝔏𝔞𝔪𝔭 👩🏽‍🔬 study", "🜁" * 50, tags=(TagView("a-b", "A & <B>", "topic"),)),
    "before the epoch": paper("Old", changed_at=dt.datetime(1954, 1, 2, tzinfo=dt.UTC)),
    "links": paper(
        "Code", code_url="https://x.example/?a=1&b=<2>", project_url="https://y.example"
    ),
    "a gist": paper("With a gist", "Text.", summary="A & B < C $x_1$."),
}


def page(*papers: PaperView) -> Page:
    return Page(FeedQuery(), papers, cursor="x", previous=None, next=None, byline="")


def check(*papers: PaperView) -> None:
    """All three feeds of the papers fit, and are read without a slip."""
    shown = page(*papers)
    for name, render in (("rss", rss.render), ("atom", atom.render)):
        content = render(shown, CHANNEL)
        assert faults(content, name) == []
        read = feedparser.parse(content)
        assert not read.bozo, read.get("bozo_exception")
        assert len(read.entries) == len(papers)
        assert len({one.id for one in read.entries}) == len({one.key for one in papers})
    assert faults_of_json_feed(json_feed.render(shown, CHANNEL)) == []


@pytest.mark.parametrize("name", AWKWARD)
def test_an_awkward_paper_fits(name) -> None:
    check(AWKWARD[name])


def test_a_feed_without_papers_fits() -> None:
    check()


# All but halves of pairs, which the database does not keep.
_WILD = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)


@settings(max_examples=60, deadline=None)
@given(_WILD, _WILD, st.lists(_WILD, max_size=3), _WILD)
def test_whatever_a_paper_says_fits(title, abstract, authors, tag) -> None:
    check(paper(title, abstract, authors=tuple(authors), tags=(TagView("x", tag, "topic"),)))


@settings(max_examples=40, deadline=None)
@given(st.lists(_WILD, min_size=1, max_size=3))
def test_whatever_lists_are_called_their_outline_fits(names) -> None:
    rows = [Outline(name, f"{SITE}/feed.rss?a&b", f"{SITE}/") for name in names]
    assert faults(opml.render("Mine & yours", [Group("All", rows)]), "opml") == []


@pytest.mark.django_db
def test_what_the_site_gives_out_fits() -> None:
    put_in(entry("On $x < y$ & lamps", id="2604.00001"), entry(id=None, doi="10.1234/a.b"))
    Feed.objects.create(slug="images", name="Images & <more>", visibility="public")
    client = Client()
    for path in (
        "/feed.rss?limit=1",
        "/feed.rss?date=2020-01-01",
        "/archive.rss",
        "/f/images/archive.rss",
    ):
        assert faults(client.get(path).content, "rss") == [], path
    for path in (
        "/feed.atom?limit=1",
        "/feed.atom?q=nothing",
        "/feed.atom?feed=images",
        "/archive.atom",
        "/f/images/archive.atom",
    ):
        assert faults(client.get(path).content, "atom") == [], path
    for path in ("/feed.json?limit=1", "/feed.json?q=nothing", "/archive.json"):
        assert faults_of_json_feed(client.get(path).content) == [], path
    assert faults(client.get("/opml").content, "opml") == []


def _without(path: str) -> Callable[[bytes], bytes]:
    def taken(content: bytes) -> bytes:
        root = etree.fromstring(content)
        for found in root.findall(path):
            parent = found.getparent()
            assert parent is not None
            parent.remove(found)
        return etree.tostring(root)

    return taken


@pytest.mark.parametrize(
    ("name", "render", "spoil"),
    [
        ("atom", atom.render, _without("{*}entry/{*}updated")),
        ("atom", atom.render, _without("{*}title")),
        ("atom", atom.render, lambda content: content.replace(b"2026-04-23T10", b"23 April 10")),
        ("atom", atom.render, lambda content: content.replace(b"<entry>", b"<entry><x/>")),
        ("rss", rss.render, _without("channel/link")),
        ("rss", rss.render, lambda content: content.replace(b"Thu, 23 Apr", b"23/4/")),
        ("rss", rss.render, lambda content: content.replace(b'version="2.0"', b'version="3"')),
        ("rss", rss.render, lambda content: content.replace(b"<item>", b"<item><x/>")),
    ],
)
def test_the_schemas_find_what_does_not_fit(name, render, spoil) -> None:
    content = render(page(paper()), CHANNEL)
    assert faults(content, name) == []
    assert faults(spoil(content), name) != []
    assert WHEN.year == 2026


@pytest.mark.parametrize(
    ("sound", "spoiled"),
    [
        (b'"version"', b'"versions"'),
        (b'"date_published":"2026-04-23T', b'"date_published":"23 April '),
        (b'"title":"A study"', b'"title":""'),
        (b'"content_html"', b'"content"'),
    ],
)
def test_the_check_of_json_feeds_finds_what_does_not_fit(sound, spoiled) -> None:
    content = json_feed.render(page(paper()), CHANNEL)
    assert sound in content
    assert faults_of_json_feed(content.replace(sound, spoiled, 1)) != []
