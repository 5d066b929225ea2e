"""How the votes for a paper grew, as its page draws it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feeds import joining, reading, reported
from feeds.models import Digest, Paper, Vote, VoteReport
from feeds.records import PaperView
from feeds.voted_over_time import votes_over_time
from feeds.voting import vote
from tests.factories import entry, put_in
from tests.people import somebody

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 4, 24, 12, tzinfo=UTC)


def told(votes: int, day: int, key: str = "2604.00001") -> None:
    put_in(entry("A paper", id=key, upvotes=votes), day=date(2026, 4, day))


def votes_of(key: str = "2604.00001") -> list[tuple[int, int, int]]:
    """Day, our readers' votes and those reported."""
    found = votes_over_time(_view(key))
    return [(one.at.day, one.ours, one.reported) for one in found]


def _view(key: str = "2604.00001") -> PaperView:
    found = reading.paper(key)
    assert found
    return found


def voted(at: datetime, **fields) -> None:
    paper = Paper.objects.get(key="2604.00001").id
    reader = somebody(None)
    vote(paper, reader)
    Vote.objects.filter(user=reader).update(created_at=at, **fields)


def test_each_time_that_a_digest_reports_more_votes_is_kept() -> None:
    for votes, day in ((5, 20), (9, 21), (9, 22), (7, 23), (12, 24)):
        told(votes, day)
    assert votes_of() == [(20, 0, 5), (21, 0, 9), (24, 0, 12)]


@given(st.permutations([(5, 20), (9, 21), (9, 22), (7, 23), (12, 24)]))
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_kept_does_not_depend_on_the_order_of_coming(order) -> None:
    Paper.objects.all().delete()
    for votes, day in order:
        told(votes, day)
    kept = VoteReport.objects.order_by("at").values_list("at__day", "votes")
    assert list(kept) == [(20, 5), (21, 9), (24, 12)]


def test_readers_votes_stand_beside_those_reported_by_the_hour() -> None:
    told(5, 20)
    for minutes in (0, 10, 70):
        voted(NOON + timedelta(minutes=minutes))
    found = votes_over_time(_view())
    assert [(one.at.day, one.at.hour, one.votes) for one in found] == [
        (20, 23, 5),
        (24, 12, 7),
        (24, 13, 8),
    ]


def test_a_vote_that_does_not_count_is_not_drawn() -> None:
    told(5, 20)
    voted(NOON, held_until=NOON + timedelta(days=1))
    assert votes_of() == [(20, 0, 5)]


def test_numbers_are_of_when_a_digest_came_in_but_an_archives_of_its_day() -> None:
    day = date(2026, 4, 24)
    came = datetime(2026, 4, 26, 7, 40, tzinfo=UTC)
    assert reported.seen_at(Digest(date=day, fetched_at=came)) == came.replace(minute=0)
    later = came + timedelta(days=100)
    assert reported.seen_at(Digest(date=day, fetched_at=later)).day == 24


def test_what_was_listed_before_reports_were_kept_counts_by_its_days() -> None:
    told(5, 20)
    told(9, 22)
    VoteReport.objects.all().delete()
    told(15, 24)
    assert votes_of() == [(20, 0, 5), (22, 0, 9), (24, 0, 15)]


def test_a_joined_paper_keeps_what_was_reported_of_both() -> None:
    told(5, 20)
    put_in(entry("Another", id="2604.00002", upvotes=8), day=date(2026, 4, 22))
    kept, other = Paper.objects.order_by("key")
    done = joining.join(kept.id, other.id, by=None, why="same", now=NOON)
    assert votes_of() == [(20, 0, 5), (22, 0, 8)]
    joining.undo(done.id, by=None, now=NOON)
    assert votes_of() == [(20, 0, 5)]


def test_a_papers_reports_are_thinned_out_and_the_latest_stays(monkeypatch) -> None:
    monkeypatch.setattr(reported, "MOST", 4)
    for number in range(1, 9):
        told(number, number)
    kept = list(VoteReport.objects.order_by("at").values_list("votes", flat=True))
    assert len(kept) <= 4
    assert kept[-1] == 8
