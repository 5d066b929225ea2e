"""A Broadsheet that follows another one, served for real: by its API, and by a feed of it."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command

from drills.served import served
from feeds.models import Digest, Feed, Listing, Paper, Placing
from feeds.voting import vote
from tests.copies import copied, other_redis
from tests.factories import DAY, entry, put_in
from tests.people import somebody
from tests.sources.conftest import NOW, Run, minutes

pytestmark = pytest.mark.django_db(transaction=True)
ABSTRACT = "We ask where attention is sparse, for $n \\to \\infty$, & find <it>."


@pytest.fixture
def other(transactional_db, tmp_path: Path, settings) -> Iterator[str]:
    """The address of another site with three papers and a feed; ours has none."""
    put_in(
        entry("Sparse attention", id="2604.00001", summary=ABSTRACT, upvotes=3),
        entry("Dense attention", id="2604.00002", authors=["Émile Zøla"], upvotes=9),
        entry("A paper with a DOI", id=None, doi="10.5555/12345678", upvotes=5),
    )
    first = Paper.objects.get(arxiv_id="2604.00001")
    for _ in range(4):
        vote(first.pk, somebody())
    feed = Feed.objects.create(slug="best", name="Best", query="sort=top", minimum=0)
    Placing.objects.create(feed=feed, paper=first, date=DAY, pin=0)
    with copied() as database:
        call_command("flush", interactive=False, verbosity=0)
        environment = {"DATABASE_URL": database, "REDIS_URL": other_redis()}
        with served(tmp_path / "web.log", **environment) as address:
            settings.FETCH_ALLOWED = [urlsplit(address).netloc]
            yield address


def order() -> list[str]:
    rows = Listing.objects.order_by("source", "position")
    return list(rows.values_list("paper__title", flat=True))


def test_it_is_followed_by_its_api_and_by_any_of_its_feeds(makes, runs: Run, other: str) -> None:
    daily = makes("hf_daily", base=other, since="2026-04-24")
    assert (runs(daily).error, Paper.objects.count()) == ("", 3)
    sparse = Paper.objects.select_related("stats").get(arxiv_id="2604.00001")
    assert (sparse.title, sparse.abstract) == ("Sparse attention", ABSTRACT)
    assert sparse.stats.reported_votes == 7
    assert Paper.objects.get(arxiv_id="2604.00002").authors == ["Émile Zøla"]
    assert {str(day) for day in Digest.objects.values_list("date", flat=True)} == {"2026-04-24"}
    shown = order()

    again = runs(daily, NOW + minutes(60))
    assert (again.error, again.new, order()) == ("", 0, shown)

    feed = makes("rss", "best", url=f"{other}/feed.rss?feed=best&date=2026-04-24")
    brought = runs(feed)
    assert (brought.error, brought.rejected) == ("", 0)
    assert Paper.objects.filter(dropped_at=None).count() == 3
    of_feed = Listing.objects.filter(source=feed).order_by("position")
    assert of_feed.first().paper == sparse
    assert sparse.abstract == Paper.objects.get(pk=sparse.pk).abstract
    assert runs(feed, NOW + minutes(60)).documents == 0
    assert of_feed.count() == 3
