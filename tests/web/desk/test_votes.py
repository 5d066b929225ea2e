"""Curators see votes that look bought, void them and restore them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from feeds.desk.votes import MANY, WITHIN, YoungVote, rings_among
from feeds.models import Paper, PaperStats, Vote
from feeds.voting import vote
from tests.factories import entry, put_in
from tests.readers import reader
from tests.web.document import read

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 24, tzinfo=UTC)


def young(*minutes: float, paper: int = 1) -> list[YoungVote]:
    return [
        YoungVote(place, paper, place, NOW + timedelta(minutes=at), timedelta(hours=3), False)
        for place, at in enumerate(minutes)
    ]


@pytest.fixture
def ring(db) -> Paper:
    put_in(entry("A paper", id="2604.00123", upvotes=4))
    paper = Paper.objects.get()
    for number in range(MANY):
        vote(paper.id, reader(f"r{number}@example.org", days=0.1).id)
    return paper


def test_a_run_is_many_votes_within_minutes() -> None:
    assert [len(one.votes) for one in rings_among(young(0, 1, 2, 3, 4))] == [5]
    assert not list(rings_among(young(0, 1, 2, 3)))
    assert not list(rings_among(young(0, 4, 8, 12, 16)))
    assert not list(rings_among([*young(0, 1, 2), *young(3, 4, paper=2)]))


def test_a_run_goes_on_as_long_as_its_votes_stand_close_and_ends_where_they_do_not() -> None:
    assert [len(one.votes) for one in rings_among(young(0, 2, 4, 6, 8, 10, 12, 40))] == [7]
    gap = WITHIN.total_seconds() / 60 + 5
    later = (gap + 4, gap + 5, gap + 6, gap + 7, gap + 8)
    assert [len(one.votes) for one in rings_among(young(0, 1, 2, 3, 4, *later))] == [5, 5]


def test_a_ring_is_shown_voided_with_a_reason_and_restored(curator, ring) -> None:
    page = read(curator.get("/desk/votes"))
    assert "A paper" in page.one("main").text
    assert "5 votes from" in page.one("main").text
    ids = page.one("input", name="votes")["value"]
    page = read(curator.post("/desk/votes/void", {"votes": ids, "why": "One hand."}, follow=True))
    assert "5 votes count no more." in page.text
    assert PaperStats.objects.get().votes == 0
    assert not page.all("input", name="votes")
    form = next(one for one in page.all("form") if one["action"].endswith("/restore"))
    address = form["action"]
    page = read(curator.post(address, {"why": "A reading group."}, follow=True))
    assert "5 votes count again." in page.text
    assert PaperStats.objects.get().votes == MANY
    assert "A reading group." in page.one("main").text


def test_without_a_reason_nothing_is_voided(curator, ring) -> None:
    ids = ",".join(str(pk) for pk in Vote.objects.values_list("pk", flat=True))
    page = read(curator.post("/desk/votes/void", {"votes": ids, "why": " "}, follow=True))
    assert "Say why" in page.text
    assert PaperStats.objects.get().votes == MANY


def test_votes_of_accounts_that_are_known_for_long_are_no_ring(curator, ring) -> None:
    for number in range(MANY):
        vote(ring.id, reader(f"old{number}@example.org", days=60).id)
    assert "5 votes from" in read(curator.get("/desk/votes")).one("main").text


def test_it_tells_where_the_same_accounts_stand_together(curator, ring) -> None:
    put_in(entry("B paper"))
    other = Paper.objects.get(title="B paper")
    for user in Vote.objects.values_list("user", flat=True):
        vote(other.id, user)
    assert "together at 1 other paper" in read(curator.get("/desk/votes")).one("main").text


@pytest.mark.parametrize("votes", ["", "x", "1,,2", "9" * 30])
def test_what_names_no_votes_is_not_there(curator, ring, votes) -> None:
    answer = curator.post("/desk/votes/void", {"votes": votes, "why": "One hand."})
    assert answer.status_code == 404


def test_an_old_ring_is_not_shown_for_ever(curator, ring) -> None:
    Vote.objects.update(created_at=timezone.now() - timedelta(days=15))
    assert "None in the last two weeks." in read(curator.get("/desk/votes")).one("main").text


def test_to_a_reader_the_page_is_not_there(client, ring) -> None:
    client.force_login(reader())
    assert client.get("/desk/votes").status_code == 404
    assert client.post("/desk/votes/void", {"votes": "1", "why": "x"}).status_code == 404
