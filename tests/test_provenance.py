"""For each field of a paper: which digest told it, when, and in which format."""

from datetime import timedelta

import pytest

from feeds.models import Digest, Paper
from feeds.provenance import FIELDS, provenance
from tests.factories import DAY, entry, put_in

pytestmark = pytest.mark.django_db
TITLE = "Sparse attention for all"


def test_each_field_names_the_digest_that_told_it() -> None:
    put_in(
        entry(TITLE, id=None, authors=[], githubRepo="https://github.com/example/code"),
        source="page",
    )
    put_in(
        entry(TITLE, id="2604.00007", authors=["Ada One"], summary="Sparse."),
        source="daily",
        day=DAY + timedelta(days=1),
    )
    words = {word.name: word for word in provenance(Paper.objects.get().id)}
    assert {name: word.source for name, word in words.items()} == {
        "title": "Daily",
        "authors": "Daily",
        "abstract": "Daily",
        "published_at": "Daily",
        "arxiv_id": "Daily",
        "code_url": "Page",
    }
    assert words["code_url"].sentence == (
        "code: Page, 24 April 2026, read as daily papers JSON, by its title"
    )
    assert (words["title"].date, words["title"].by_id) == (DAY + timedelta(days=1), True)


def test_what_is_told_are_fields_that_have_a_name() -> None:
    put_in(entry(TITLE, githubRepo="https://github.com/example/code", githubStars=3))
    assert set(Paper.objects.get().told) <= set(FIELDS)


def test_an_unknown_paper_and_a_lost_digest_have_no_words() -> None:
    assert provenance(1) == ()
    put_in(entry(TITLE))
    Digest.objects.all().delete()
    assert provenance(Paper.objects.get().id) == ()
