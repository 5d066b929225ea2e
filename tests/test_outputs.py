"""The same question gets the same papers in the same order at every output."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

import pytest
from django.core.management import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.previewing import NothingThere
from feeds import following
from feeds.models import Feed, Paper
from feeds.query import QueryError
from tests.factories import entry, put_in, put_in_many
from tests.outputs import (
    ASKS,
    EVERY,
    OUTPUTS,
    Output,
    Somebody,
    api,
    can_ask,
    hf,
    mail,
    somebody,
    webhook,
)

pytestmark = pytest.mark.django_db
WEEK = "period=week&date=2026-04-20"
QUERIES = [
    "",
    "period=all&sort=top",
    "date=2026-04-23",
    "period=month&date=2026-04&sort=new",
    f"tag=diffusion&{WEEK}",
    f"tag=-diffusion&{WEEK}&sort=top",
    f"author=ada+writer&{WEEK}",
    f"q=diffusion+OR+lamps&{WEEK}&sort=new",
    f"has=code&source=other&{WEEK}&sort=rising",
    f"feed=pictures&{WEEK}",
    "feed=pictures&author=ada+writer&date=2026-04-23",
    f"in=following&tag=-lamps&{WEEK}",
]
DIFFUSION = "A diffusion model for images."
ALL = {f"2604.0000{number}" for number in range(1, 7)}
ABOUT_DIFFUSION = {"2604.00003", "2604.00006"}


@pytest.fixture(autouse=True)
def _papers(db) -> None:
    put_in(entry(id="2604.00001", upvotes=3), entry("On lamps", id="2604.00002", upvotes=9))
    code = entry(id="2604.00005", githubRepo="https://github.com/ada/code", upvotes=5)
    put_in(
        entry(id="2604.00003", summary=DIFFUSION, upvotes=5),
        entry(id="2604.00004", authors=["Ada Writer"], upvotes=1),
        code,
        entry(id="2604.00006", summary=DIFFUSION, authors=["Ada Writer"]),
        day=date(2026, 4, 23),
    )
    put_in(code, day=date(2026, 4, 23), source="other")
    Feed.objects.create(
        slug="pictures", name="Pictures", query="tag=diffusion&sort=new", visibility="public"
    )


@pytest.fixture
def reader(db) -> Iterator[Somebody]:
    """Somebody who is known wherever an output is asked, and follows a tag and an author."""
    known = somebody()
    following.follow("tag=diffusion", known.id, timezone.now())
    following.follow("author=ada+writer", known.id, timezone.now())
    token = ASKS.set(known)
    yield known
    ASKS.reset(token)


@pytest.mark.parametrize("query", QUERIES)
def test_every_output_shows_the_same_papers_in_the_same_order(query, reader) -> None:
    expected = api(query)
    assert expected
    asked = [output for output in EVERY if can_ask(output, query)]
    assert len(asked) >= 12
    assert {output.__name__: output(query) for output in asked} == {
        output.__name__: expected for output in asked
    }


@pytest.mark.parametrize("output", [hf, mail, webhook])
def test_outputs_with_words_of_their_own_can_ask_most_questions(output) -> None:
    assert len([query for query in QUERIES if can_ask(output, query)]) >= 7


def shown_at(outputs: list[Output], query: str) -> dict[str, set[str]]:
    return {output.__name__: set(output(query)) for output in outputs}


def at_each(outputs: list[Output], papers: set[str]) -> dict[str, set[str]]:
    return {output.__name__: papers for output in outputs}


def test_a_dropped_paper_is_at_no_output() -> None:
    Paper.objects.filter(key="2604.00003").update(dropped_at=timezone.now())
    assert shown_at(EVERY, WEEK) == at_each(EVERY, ALL - {"2604.00003"})


def test_a_tag_that_is_unwanted_is_at_no_output() -> None:
    assert shown_at(EVERY, f"tag=diffusion&{WEEK}") == at_each(EVERY, ABOUT_DIFFUSION)
    assert shown_at(EVERY, f"tag=-diffusion&{WEEK}") == at_each(EVERY, ALL - ABOUT_DIFFUSION)


def test_the_number_of_queries_does_not_grow_with_the_papers() -> None:
    def asked(papers: int) -> dict[str, int]:
        counts = {}
        for output in OUTPUTS:
            output("")
            with CaptureQueriesContext(connection) as queries:
                assert len(output("")) == papers
            counts[output.__name__] = len(queries)
        return counts

    few = asked(2)
    put_in_many(23)
    assert asked(25) == few


def test_what_one_follows_is_theirs_at_every_output(reader) -> None:
    theirs = ABOUT_DIFFUSION | {"2604.00004"}
    assert shown_at(EVERY, f"in=following&{WEEK}") == at_each(EVERY, theirs)
    without = shown_at(EVERY, f"in=following&tag=-diffusion&{WEEK}")
    assert without == at_each(EVERY, {"2604.00004"})


def test_what_others_follow_is_at_no_output(reader) -> None:
    ASKS.set(None)
    shown = {}
    for output in EVERY:
        with suppress(AssertionError, CommandError, QueryError, NothingThere):
            shown[output.__name__] = output(f"in=following&{WEEK}")
    assert not any(shown.values()), shown


def test_papers_of_a_tag_that_one_hides_are_at_no_output_of_theirs(reader) -> None:
    following.hide_tag("diffusion", reader.id, timezone.now())
    left = at_each(EVERY, ALL - ABOUT_DIFFUSION)
    assert shown_at(EVERY, WEEK) == left
    asked = shown_at(EVERY, f"tag=diffusion&{WEEK}")
    assert asked == at_each(EVERY, ABOUT_DIFFUSION)
