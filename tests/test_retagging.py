"""What curators said is learnt from, and what they take back is forgotten."""

from datetime import UTC, datetime, timedelta

import pytest

from feeds import tasks
from feeds.models import Paper, PaperTag, Tag
from feeds.retagging import learn
from feeds.tag_decisions import deny_tag, give_tag, restore
from feeds.tag_keeping import change_tag, merge_tags, part_tag
from tests.factories import entry, put_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 24, 12, tzinfo=UTC)
TEXT = "A lantern leads a small model through long documents, step by step."


@pytest.fixture(autouse=True)
def _papers(db) -> None:
    put_in(
        entry("Lanterns", id="2604.00001", summary=TEXT),
        entry("Lanterns again", id="2604.00002", summary=TEXT),
        *(entry(summary=f"Of another subject, {word}.") for word in ("chess", "tea", "rain")),
    )


def paper(number: int) -> int:
    return Paper.objects.get(key=f"2604.0000{number}").pk


def learnt() -> set[tuple[int, str]]:
    rows = PaperTag.objects.filter(tagger="neighbour")
    return set(rows.values_list("paper", "tag__slug"))


def test_a_tag_reaches_like_papers_and_goes_when_the_word_is_taken_back() -> None:
    word = give_tag(paper(1), "Light", who="Ada")
    learn(NOW)
    assert learnt() == {(paper(2), "light")}
    restore(word)
    learn(NOW)
    assert learnt() == set()


def test_where_a_curator_said_no_it_does_not_come() -> None:
    give_tag(paper(1), "Light", who="Ada")
    deny_tag(paper(2), "light", by=None)
    learn(NOW)
    assert learnt() == set()


def test_a_new_text_of_the_paper_leaves_what_was_learnt_until_it_is_looked_at_again() -> None:
    give_tag(paper(1), "Light", who="Ada")
    learn(NOW)
    put_in(entry("Lanterns again", id="2604.00002", summary="Of grammars, mostly."))
    assert learnt() == {(paper(2), "light")}
    learn(NOW)
    assert learnt() == set()


def test_a_hidden_tag_is_not_learnt() -> None:
    give_tag(paper(1), "Light", who="Ada")
    change_tag("light", name="Light", description="", kind="curator", hidden=True)
    learn(NOW)
    assert learnt() == set()


def test_papers_of_long_ago_are_left_to_the_command() -> None:
    give_tag(paper(1), "Light", who="Ada")
    learn(NOW + timedelta(days=30))
    assert learnt() == set()


def test_where_no_curator_said_anything_nothing_is_done(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        learn(NOW)


def test_papers_of_a_tag_that_stands_for_itself_again_come_back_to_it() -> None:
    put_in(entry(id="2604.00003", summary="A diffusion model paints."))
    Tag.objects.create(slug="painting", name="Painting")
    merge_tags("diffusion", "painting")
    part_tag("diffusion")
    tasks.tag_again("painting")
    rows = PaperTag.objects.filter(paper=paper(3))
    assert set(rows.values_list("tag__slug", flat=True)) == {"diffusion"}
