"""A feed is taken when it has changed, and asked for in the cheapest way."""

from feeds.models import Digest, Paper
from tests.factories import digest, entry
from tests.site import Site
from tests.sources.conftest import NOW, Run, minutes

FEED = "/feed"


def test_a_feed_that_says_it_has_not_changed_is_not_sent(makes, runs: Run, site: Site) -> None:
    site.gives(FEED, digest(entry()), ETag='"1"', Last_Modified="Fri, 24 Apr 2026 00:00:00 GMT")
    source = makes("rss", url=site.url(FEED))
    runs(source)
    site.gives(FEED, status=304)
    outcome = runs(source, NOW + minutes(60))
    assert (outcome.documents, outcome.error) == (0, "")
    asked = site.asked[-1][1]
    assert asked["If-None-Match"] == '"1"'
    assert asked["If-Modified-Since"] == "Fri, 24 Apr 2026 00:00:00 GMT"
    assert source.failures == 0


def test_the_same_feed_again_is_not_kept_again(makes, runs: Run, site: Site) -> None:
    site.gives(FEED, digest(entry()))
    source = makes("rss", url=site.url(FEED))
    assert runs(source).documents == 1
    assert runs(source, NOW + minutes(60)).documents == 0
    assert Digest.objects.count() == 1


def test_another_address_is_asked_from_the_beginning(makes, runs: Run, site: Site) -> None:
    site.gives(FEED, digest(entry()), ETag='"1"')
    source = makes("rss", url=site.url(FEED))
    runs(source)
    site.gives("/other", digest(entry(), entry()))
    source.settings = {"url": site.url("/other")}
    source.save()
    assert runs(source).new == 2
    assert "If-None-Match" not in site.asked[-1][1]


def test_a_feed_that_could_not_be_read_is_asked_for_whole_again(
    makes, runs: Run, site: Site
) -> None:
    site.gives(FEED, b"garbage", ETag='"1"')
    source = makes("rss", url=site.url(FEED))
    assert "no digest" in runs(source).error
    site.gives(FEED, digest(entry()), ETag='"1"')
    assert runs(source).new == 1
    assert "If-None-Match" not in site.asked[-1][1]


def test_arxivs_announcements_go_in(makes, runs: Run, site: Site, real_data) -> None:
    (recorded,) = (real_data / "arxiv_rss").glob("*.xml")
    content = recorded.read_bytes()
    site.gives(FEED, content)
    outcome = runs(makes("rss", url=site.url(FEED)))
    assert (outcome.error, outcome.rejected) == ("", 0)
    assert outcome.new == Paper.objects.count() == content.count(b"<entry>")
