"""Readers say that they are an author of a paper; nobody is one until curators agree."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from feeds import claiming, commenting, joining, reading
from feeds.claimed import claim_of, undecided
from feeds.claiming import CannotClaim, accept, claim, decline, undo, withdraw
from feeds.desk import claims
from feeds.discussion import discussion
from feeds.models import Claim, Paper
from feeds.people import person_named
from feeds.records import Writer
from tests.factories import entry, put_in
from tests.people import NOW, somebody

pytestmark = pytest.mark.django_db
ADA = "Ada Lovelace"


@pytest.fixture
def paper() -> int:
    put_in(entry("Engines", id="2604.00001", authors=[ADA, "Wei Wang"]))
    return Paper.objects.get(key="2604.00001").pk


@pytest.fixture
def ada(paper) -> int:
    return somebody("Countess")


@pytest.fixture
def curator(db) -> int:
    return somebody("Curator", is_staff=True)


@pytest.fixture
def accepted(ada, paper, curator) -> int:
    made = claim(paper, ADA, by=ada, now=NOW)
    accept(made, by=curator, now=NOW)
    return made


def writers(key: str = "2604.00001") -> tuple[Writer, ...]:
    found = reading.paper(key)
    assert found
    return found.writers


def said_by_author(paper: int) -> list[bool]:
    found = discussion(paper, viewer=None, now=NOW)
    return [comment.wrote_it for comment in found.in_order()]


def test_a_claim_alone_says_nothing_to_others(ada, paper) -> None:
    claim(paper, ADA, by=ada, now=NOW, why="My page at the university.")
    commenting.say(paper, "I wrote this.", by=ada, now=NOW)
    assert (writers(), said_by_author(paper)) == ((), [False])
    others = person_named("countess")
    assert others
    assert (others.written, others.undecided) == ((), ())
    own = person_named("countess", ada)
    assert own
    assert [one.stands for one in own.undecided] == ["waits for the curators"]


def test_an_accepted_claim_ties_the_paper_to_the_person(ada, paper, accepted) -> None:
    commenting.say(paper, "I wrote this.", by=ada, now=NOW)
    commenting.say(paper, "I read it.", by=somebody(), now=NOW)
    assert writers() == (Writer(ADA, "Countess", "/people/countess"),)
    assert said_by_author(paper) == [True, False]
    page = person_named("countess")
    assert page
    assert [one.title for one in page.written] == ["Engines"]


def test_a_declined_claim_says_why_to_its_maker_alone(ada, paper, curator) -> None:
    made = claim(paper, ADA, by=ada, now=NOW)
    with pytest.raises(CannotClaim, match="reason"):
        decline(made, by=curator, now=NOW, why=" \n")
    decline(made, by=curator, now=NOW, why="Nothing ties you\nto it.")
    mine = claim_of(ada, paper)
    assert mine
    assert (mine.state, mine.said) == ("declined", "Nothing ties you to it.")
    assert claim_of(somebody(), paper) is None
    assert claim(paper, ADA, by=ada, now=NOW) != made


@pytest.mark.parametrize("decision", ["accept", "decline"])
def test_a_decision_is_taken_back(ada, paper, curator, decision) -> None:
    made = claim(paper, ADA, by=ada, now=NOW)
    if decision == "accept":
        accept(made, by=curator, now=NOW)
    else:
        decline(made, by=curator, now=NOW, why="No.")
    undo(made)
    assert writers() == ()
    assert [line.claim.id for line in claims.queue()[0]] == [made]
    assert claims.decided() == []


def test_one_author_is_one_person(ada, paper, curator, accepted) -> None:
    other = claim(paper, ADA, by=somebody("Rival"), now=NOW)
    assert [line.rivals for line in claims.queue()[0]] == [("Countess",)]
    with pytest.raises(CannotClaim, match="Somebody else"):
        accept(other, by=curator, now=NOW)
    undo(accepted)
    accept(other, by=curator, now=NOW)
    assert [one.name for one in writers()] == ["Rival"]


def test_a_name_that_left_the_paper_is_nobodys(ada, paper, curator) -> None:
    made = claim(paper, ADA, by=ada, now=NOW)
    Paper.objects.filter(pk=paper).update(authors=["Wei Wang"])
    with pytest.raises(CannotClaim, match="no longer a name"):
        accept(made, by=curator, now=NOW)


def test_a_person_is_one_author_of_a_paper(ada, paper) -> None:
    made = claim(paper, ADA, by=ada, now=NOW)
    assert claim(paper, ADA, by=ada, now=NOW) == made
    with pytest.raises(CannotClaim, match="Withdraw"):
        claim(paper, "Wei Wang", by=ada, now=NOW)
    withdraw(paper, by=ada)
    assert claim(paper, "Wei Wang", by=ada, now=NOW)
    assert Claim.objects.filter(state__in=Claim.STANDING).count() == 1


def test_an_accepted_claim_can_be_withdrawn(ada, paper, accepted) -> None:
    withdraw(paper, by=ada)
    assert writers() == ()
    with pytest.raises(CannotClaim):
        withdraw(paper, by=ada)


@pytest.mark.parametrize("author", ["", "Somebody Else", "ada lovelace", "Ada Lovelace\0"])
def test_only_a_name_on_the_paper_is_claimed(ada, paper, author) -> None:
    with pytest.raises(CannotClaim):
        claim(paper, author, by=ada, now=NOW)


def test_who_has_no_name_chooses_one_first(paper) -> None:
    with pytest.raises(CannotClaim, match="Choose the name"):
        claim(paper, ADA, by=somebody(None), now=NOW)


def test_a_day_has_its_limit(ada) -> None:
    put_in(*(entry(authors=[ADA]) for _ in range(claiming.MOST_A_DAY + 1)))
    papers = list(Paper.objects.filter(authors=[ADA]).values_list("pk", flat=True))
    for one in papers[:-1]:
        claim(one, ADA, by=ada, now=NOW)
        withdraw(one, by=ada)
    with pytest.raises(claiming.TooOften):
        claim(papers[-1], ADA, by=ada, now=NOW)
    assert claim(papers[-1], ADA, by=ada, now=NOW + timedelta(days=1, minutes=1))


def test_a_closed_account_is_no_author_to_others(
    ada, accepted, django_user_model: Callable
) -> None:
    django_user_model.objects.filter(pk=ada).update(is_active=False)
    assert writers() == ()


def test_a_claim_follows_its_paper_into_another_and_back(ada, paper, curator, accepted) -> None:
    put_in(entry("Engines, again", id="2604.00002", authors=[ADA]), source="other")
    kept = Paper.objects.get(key="2604.00002").pk
    joined = joining.join(kept, paper, why="The same.", by=curator, now=NOW)
    assert [one.name for one in writers("2604.00002")] == ["Countess"]
    commenting.say(kept, "I wrote this.", by=ada, now=NOW)
    assert said_by_author(kept) == [True]
    with pytest.raises(CannotClaim, match="Somebody else"):
        accept(claim(kept, ADA, by=somebody(), now=NOW), by=curator, now=NOW)
    joining.undo(joined.pk, by=curator, now=NOW)
    assert (writers("2604.00002"), [one.name for one in writers()]) == ((), ["Countess"])


def test_what_was_decided_is_not_decided_again(ada, paper, curator, accepted) -> None:
    for again in (
        lambda: accept(accepted, by=curator, now=NOW),
        lambda: decline(accepted, by=curator, now=NOW, why="No."),
        lambda: accept(10**9, by=curator, now=NOW),
    ):
        with pytest.raises(CannotClaim, match="faster"):
            again()
    assert undecided(ada) == []
