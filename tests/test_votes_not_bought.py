"""Votes cannot be bought: who may vote, whose vote is held, and what curators void."""

from datetime import timedelta

import pytest
from django.utils import timezone

from feeds import voting
from feeds.holding import count_held
from feeds.joining import join, undo
from feeds.limits import Limit
from feeds.models import Paper, PaperStats, Voiding, Vote
from feeds.query import SORTS, parse
from feeds.reading import papers_in
from feeds.voiding import CannotVoid, restore, void
from feeds.voting import Refused, TooOften, Voter, cast, unvote, vote
from tests.factories import entry, put_in, put_in_many
from tests.readers import reader

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def paper(db) -> Paper:
    put_in(entry("A paper", upvotes=4), entry("Another", upvotes=5))
    return Paper.objects.get(title="A paper")


def votes(paper: Paper) -> int:
    return PaperStats.objects.get(paper=paper).votes


def of_young(paper: Paper, number: int) -> list[int]:
    """Votes that count, of so many new accounts; their ids."""
    for one in range(number):
        vote(paper.id, reader(f"r{one}@example.org", days=0).id)
    return list(Vote.objects.values_list("id", flat=True))


def test_a_vote_needs_a_confirmed_address(paper) -> None:
    with pytest.raises(Refused, match="confirmed address"):
        cast(paper.id, Voter.of(reader(confirmed=False)), timezone.now())
    assert not Vote.objects.exists()


def test_the_vote_of_a_new_account_is_held_until_it_is_a_day_old(paper) -> None:
    user, now = reader(days=0.5), timezone.now()
    assert cast(paper.id, Voter.of(user), now) == 4
    assert papers_in(parse(""), viewer=user.id).papers[1].vote_held
    assert count_held(now + timedelta(hours=11)) == 0
    assert count_held(now + timedelta(hours=13)) == 1
    shown = papers_in(parse("sort=rising"), viewer=user.id).papers[0]
    assert (shown.title, shown.votes, shown.voted, shown.vote_held) == ("A paper", 5, True, False)
    assert count_held(now + 2 * DAY) == 0


def test_a_held_vote_is_taken_back_with_one_click(paper) -> None:
    user = reader(days=0)
    cast(paper.id, Voter.of(user), timezone.now())
    assert unvote(paper.id, user.id) == 4
    assert count_held(timezone.now() + 2 * DAY) == 0
    assert votes(paper) == 0


def test_the_vote_of_a_known_account_counts_at_once_and_so_does_that_of_staff(paper) -> None:
    now = timezone.now()
    assert cast(paper.id, Voter.of(reader()), now) == 5
    assert cast(paper.id, Voter(reader("b@example.org").id, now, True, trusted=True), now) == 6


def test_more_votes_than_anyone_reads_in_an_hour_are_held(monkeypatch) -> None:
    monkeypatch.setattr(voting, "AT_EASE", 3)
    put_in_many(5)
    voter = Voter.of(reader())
    for row in Paper.objects.all():
        cast(row.id, voter, timezone.now())
    held = Vote.objects.filter(held_until__isnull=False).count()
    assert (Vote.objects.counted().count(), held) == (3, 2)


def test_an_account_votes_so_often_at_most(paper, monkeypatch) -> None:
    monkeypatch.setattr(voting, "VOTING", Limit("vote", 2, 3600))
    voter = Voter.of(reader())
    for _ in range(2):
        cast(paper.id, voter, timezone.now())
    with pytest.raises(TooOften, match="Please wait"):
        cast(paper.id, voter, timezone.now())
    assert votes(paper) == 1


def test_the_held_vote_of_an_account_that_was_switched_off_never_counts(paper) -> None:
    user = reader(days=0)
    cast(paper.id, Voter.of(user), timezone.now())
    user.is_active = False
    user.save()
    assert count_held(timezone.now() + 2 * DAY) == 0


def test_voided_votes_count_at_no_output_and_in_no_order(paper, client) -> None:
    ids = of_young(paper, 6)
    assert papers_in(parse("")).papers[0].title == "A paper"
    before = {row.paper_id: row.rising for row in PaperStats.objects.all()}
    assert void(ids, by=None, why="One hand.", now=timezone.now()) == 6
    assert PaperStats.objects.get(paper=paper).rising < before[paper.id]
    for sort in ("hot", "top", "scaled"):
        assert papers_in(parse(f"sort={sort}")).papers[1].title == "A paper"
    assert set(SORTS) >= {"hot", "top", "scaled"}
    mine = papers_in(parse(""), viewer=Vote.objects.first().user_id).papers[1]
    assert (mine.votes, mine.voted) == (4, False)
    assert client.get(f"/api/v1/papers/{paper.key}").json()["votes"] == 4


def test_a_voided_vote_is_neither_given_again_nor_taken_back(paper) -> None:
    ids = of_young(paper, 1)
    user = Vote.objects.get().user_id
    void(ids, by=None, why="One hand.", now=timezone.now())
    assert unvote(paper.id, user) == 4
    with pytest.raises(Refused, match="Curators decided"):
        vote(paper.id, user)
    assert (votes(paper), Vote.objects.count()) == (0, 1)


def test_voided_votes_are_restored_as_they_were(paper) -> None:
    ids, now = of_young(paper, 3), timezone.now()
    Vote.objects.filter(pk=ids[0]).update(held_until=now + DAY)
    void(ids, by=None, why="One hand.", now=now)
    voiding = Voiding.objects.get()
    assert restore(voiding.id, by=None, why="A reading group.", now=now) == 3
    assert votes(paper) == Vote.objects.counted().count() == 2
    with pytest.raises(CannotVoid, match="already"):
        restore(voiding.id, by=None, why="Again.", now=now)


@pytest.mark.parametrize("why", ["", "  ", "\0"])
def test_nothing_is_voided_without_a_reason(paper, why) -> None:
    with pytest.raises(CannotVoid, match="Say why"):
        void(of_young(paper, 2), by=None, why=why, now=timezone.now())
    assert votes(paper) == 2


def test_a_voiding_of_votes_that_are_gone_leaves_nothing_behind(paper) -> None:
    with pytest.raises(CannotVoid, match="None of these"):
        void([99], by=None, why="One hand.", now=timezone.now())
    assert not Voiding.objects.exists()


def test_a_voided_vote_stays_voided_through_a_joining_and_its_undoing(paper) -> None:
    void(of_young(paper, 2), by=None, why="One hand.", now=timezone.now())
    other = Paper.objects.get(title="Another")
    joining = join(other.id, paper.id, by=None, why="", now=timezone.now())
    assert votes(other) == 0
    undo(joining.id, by=None, now=timezone.now())
    assert (votes(paper), Vote.objects.filter(paper=paper).count()) == (0, 2)
