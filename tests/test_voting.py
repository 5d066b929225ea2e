"""A reader's vote: once, at once, and taken back."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from feeds.models import Paper, PaperStats, Vote
from feeds.query import parse
from feeds.reading import papers_in
from feeds.voting import unvote, vote
from tests.factories import entry, put_in


@pytest.fixture
def reader(django_user_model):
    return django_user_model.objects.create_user("reader@example.org")


@pytest.mark.django_db
def test_a_vote_moves_a_paper_up(reader) -> None:
    put_in(entry("First", upvotes=9), entry("Second", upvotes=9))
    before = [one.title for one in papers_in(parse("")).papers]
    vote(Paper.objects.get(title="Second").id, reader.id)
    after = [one.title for one in papers_in(parse("")).papers]
    assert (before, after) == (["First", "Second"], ["Second", "First"])


@pytest.mark.django_db
def test_a_vote_counts_once_and_can_be_taken_back(reader) -> None:
    put_in(entry(upvotes=4))
    paper = Paper.objects.get()
    assert [vote(paper.id, reader.id), vote(paper.id, reader.id)] == [5, 5]
    assert papers_in(parse(""), viewer=reader.id).papers[0].voted
    assert [unvote(paper.id, reader.id), unvote(paper.id, reader.id)] == [4, 4]
    assert not papers_in(parse(""), viewer=reader.id).papers[0].voted


@pytest.mark.django_db
def test_a_vote_survives_that_the_digest_is_read_again(reader) -> None:
    one = entry("A paper", id="2604.00011", upvotes=4)
    put_in(one)
    vote(Paper.objects.get().id, reader.id)
    put_in(one | {"paper": one["paper"] | {"upvotes": 7}})
    assert papers_in(parse("")).papers[0].votes == 8


@pytest.mark.django_db(transaction=True)
def test_votes_at_the_same_moment_are_all_counted(django_user_model) -> None:
    put_in(entry())
    paper = Paper.objects.get()
    made = [django_user_model(email=f"r{number}@example.org") for number in range(400)]
    readers = [one.id for one in django_user_model.objects.bulk_create(made)]

    def cast(reader_id: int) -> None:
        try:
            vote(paper.id, reader_id)
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as threads:
        list(threads.map(cast, readers))
    assert PaperStats.objects.get().votes == Vote.objects.count() == 400
