"""What another Broadsheet reads in our feeds: the same papers."""

from datetime import date

import pytest

from feeds.parsers.base import parse
from feeds.records import PaperRecord, RawDigest
from tests.factories import entry, put_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "parser"), [("/feed.rss", "rss"), ("/feed.atom", "rss"), ("/feed.json", "json_feed")]
)
def test_a_feed_of_ours_gives_the_papers_back(client, path: str, parser: str) -> None:
    told = {
        "title": "Lamps & tanks: if a < b",
        "summary": "We light lamps at length, and look.\n\nThen we look again & again.",
        "ai_summary": "Lamps burn long.",
        "authors": ["Ada Author", "Ben Writer"],
        "githubRepo": "https://github.com/example/lamps",
        "projectPage": "https://lamps.example/page",
    }
    put_in(entry(id="2604.00001", **told), entry(id=None, doi="10.1234/lamp.7"))
    digest = parse(RawDigest(client.get(path).content, date(2026, 4, 25)))
    assert digest.parser == parser
    found = [one for one in digest.entries if isinstance(one, PaperRecord)]
    [paper] = [one for one in found if one.arxiv_id == "2604.00001"]
    assert paper.title == told["title"]
    assert paper.abstract == told["summary"]
    assert paper.summary == told["ai_summary"]
    assert paper.authors == ("Ada Author", "Ben Writer")
    assert paper.code_url == told["githubRepo"]
    assert paper.project_url == told["projectPage"]
    assert [one.doi for one in found if not one.arxiv_id] == ["10.1234/lamp.7"]
