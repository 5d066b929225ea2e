"""Who follows a paper's tags and authors moves it up, by less than one vote does."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from feeds import following
from feeds.models import Paper, PaperStats, Tag
from feeds.rescoring import write_all
from feeds.tag_keeping import merge_tags
from tests.factories import DAY, entry, put_in
from tests.people import somebody

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 24, 12, tzinfo=UTC)
LONG = NOW - timedelta(days=2)
TEXT = "A diffusion model."


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def _tags(db) -> None:
    put_in(entry(id="2604.00001", summary=TEXT), day=DAY - timedelta(days=1))


def counts() -> list[int | None]:
    return list(PaperStats.objects.order_by("paper_id").values_list("followers", flat=True))


def test_followers_are_counted_once_each_when_a_paper_is_listed() -> None:
    people = [somebody("") for _ in range(3)]
    following.follow("tag=diffusion", people[0], LONG)
    following.follow("author=ada+author", people[0], LONG)
    following.follow("author=Ada+Author", people[1], LONG)
    following.follow("q=diffusion", people[2], LONG)
    put_in(entry(summary=TEXT, authors=["Áda Author", "Ben Writer"]), entry(authors=["Eve"]))
    assert counts() == [0, 2, 0]


def test_a_follow_counts_when_it_is_a_day_old(clock) -> None:
    following.follow("tag=diffusion", somebody(""), NOW - timedelta(hours=23))
    put_in(entry(summary=TEXT))
    clock.shift(timedelta(hours=2))
    put_in(entry(summary=TEXT), day=DAY + timedelta(days=1))
    assert counts() == [0, 0, 1]


def test_a_tag_is_followed_under_each_of_its_names() -> None:
    Tag.objects.create(slug="painting", name="Painting")
    following.follow("tag=diffusion", somebody(""), LONG)
    following.follow("tag=painting", somebody(""), LONG)
    merge_tags("diffusion", "painting")
    put_in(entry(summary=TEXT))
    assert counts() == [0, 2]


def test_a_paper_of_before_gets_its_count_once(clock) -> None:
    following.follow("tag=diffusion", somebody(""), LONG)
    PaperStats.objects.update(followers=None)
    list(write_all(timezone.now()))
    assert counts() == [1]
    following.follow("tag=diffusion", somebody(""), LONG)
    list(write_all(timezone.now()))
    assert counts() == [1]


def test_why_here_names_it_and_the_parts_sum_to_what_ranked(client) -> None:
    following.follow("tag=diffusion", somebody(""), LONG)
    put_in(entry(id="2604.00002", summary=TEXT, upvotes=3), entry(id="2604.00003", upvotes=3))
    assert [one["key"] for one in client.get("/api/v1/papers").json()["papers"]] == [
        "2604.00002", "2604.00003",
    ]  # fmt: skip
    for sort in ("hot", "scaled"):
        told = client.get(f"/api/v1/papers?sort={sort}&date={DAY}").json()["papers"]
        (one,) = [paper for paper in told if paper["key"] == "2604.00002"]
        labels = [part["label"] for part in one["score"]["parts"]]
        assert "readers who follow its tags or authors" in labels
        stored = getattr(Paper.objects.get(key="2604.00002").stats, sort)
        assert sum(part["value"] for part in one["score"]["parts"]) == pytest.approx(stored)
    page = client.get("/papers/2604.00002").content.decode()
    assert "readers who follow its tags or authors" in page
