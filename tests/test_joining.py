"""Two papers become one by a curator's word, and two again when it is taken back."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from feeds.joining import join, undo
from feeds.models import Joining, Paper
from feeds.query import parse
from feeds.reading import paper, papers_in
from feeds.voting import vote
from tests.factories import DAY, entry, put_in
from tests.papers import state

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 24, 12, tzinfo=UTC)
LATER = DAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW) as traveller:
        yield traveller


@pytest.fixture
def readers(django_user_model):
    make = django_user_model.objects.create_user
    return [make(f"reader{number}@example.org").id for number in range(4)]


def seed(**fields: Any) -> Paper:
    """A paper of which only the title is known, as a page of text tells of it."""
    title = fields.pop("title", "Sparse attention for all")
    given = {"id": None, "summary": "", "authors": [], "publishedAt": None} | fields
    put_in(entry(title, **given), source="page")
    return Paper.objects.latest("id")


def from_arxiv(day: date = DAY, **fields: Any) -> Paper:
    given = {"id": "2604.00007", "summary": "All attention is sparse.", "authors": ["Ada One"]}
    put_in(entry("Attention is sparse for all", **(given | fields)), source="arxiv", day=day)
    return Paper.objects.latest("id")


def joined(kept: Paper, absorbed: Paper, **given: Any) -> Joining:
    return join(kept.id, absorbed.id, **({"by": None, "why": "", "now": timezone.now()} | given))


def taken_back(joining: Joining) -> None:
    undo(joining.id, by=None, now=timezone.now())


def test_a_joined_paper_is_read_as_the_other() -> None:
    kept, absorbed = seed(), from_arxiv()
    joined(kept, absorbed)
    assert [one.id for one in papers_in(parse("period=all")).papers] == [kept.id]
    for name in ("2604.00007", "arXiv:2604.00007v2", kept.key):
        found = paper(name)
        assert found is not None
        assert (found.id, found.key) == (kept.id, "2604.00007")


def test_the_kept_paper_takes_what_it_did_not_know_and_what_was_told_better() -> None:
    kept, absorbed = seed(), from_arxiv()
    joined(kept, absorbed)
    found = paper("2604.00007")
    assert found is not None
    assert (found.title, found.abstract) == ("Attention is sparse for all", absorbed.abstract)
    assert {one.source_slug for one in found.listings} == {"page", "arxiv"}


def test_the_better_told_fields_of_the_kept_paper_stay() -> None:
    kept = from_arxiv()
    absorbed = seed(summary="A page's words.", githubRepo="https://github.com/example/code")
    joined(kept, absorbed)
    found = paper("2604.00007")
    assert found is not None
    assert (found.title, found.abstract) == (kept.title_text, kept.abstract)
    assert found.code_url == "https://github.com/example/code"


def test_a_reader_of_both_has_one_vote(readers) -> None:
    kept, absorbed = seed(upvotes=3), from_arxiv(upvotes=5)
    for reader in readers[:3]:
        vote(kept.id, reader)
    for reader in readers[1:]:
        vote(absorbed.id, reader)
    joined(kept, absorbed)
    found = paper("2604.00007", viewer=readers[3])
    assert found is not None
    assert (found.votes, found.voted) == (4 + 5, True)


def test_undone_both_are_what_they_were(readers) -> None:
    kept, absorbed = seed(upvotes=3), from_arxiv(upvotes=5)
    vote(kept.id, readers[0])
    vote(kept.id, readers[1])
    vote(absorbed.id, readers[1])
    vote(absorbed.id, readers[2])
    before = state()
    joining = joined(kept, absorbed)
    assert state() != before
    taken_back(joining)
    assert state() == before


def test_undone_long_after_without_reading_any_digest_again(readers, clock) -> None:
    kept, absorbed = seed(upvotes=3), from_arxiv(upvotes=5)
    clock.shift(timedelta(hours=1))
    before = state()
    joining = joined(kept, absorbed)
    clock.shift(timedelta(days=30))
    taken_back(joining)
    assert state() == before
