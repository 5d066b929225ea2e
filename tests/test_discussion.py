"""What a reader sees of what is said of a paper."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from feeds import discussion as reading
from feeds.commenting import EDIT_FOR, answer, delete, mute, say, unmute
from feeds.discussion import DEEPEST, NOBODY, address_of, discussion, one_comment
from feeds.joining import join, undo
from feeds.models import Comment, Paper
from feeds.moderating import moderate
from feeds.said_by import person
from tests.factories import entry, put_in
from tests.people import NOW, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(db) -> int:
    put_in(entry("A paper", id="2604.00123"))
    return Paper.objects.get().pk


def row(paper: int, text: str = "Well done.", parent: int | None = None, **fields) -> int:
    """A comment as it is kept, whatever the limits."""
    above = Comment.objects.get(pk=parent) if parent else None
    given = {"user_id": somebody(), "created_at": NOW, "html": f"<p>{text}</p>"} | fields
    thread = (above.thread_id or above.pk) if above else None
    return Comment.objects.create(
        paper_id=paper, text=text, parent=above, thread_id=thread, **given
    ).pk


def seen(paper: int, viewer: int | None = None, **given):
    return discussion(paper, **({"viewer": viewer, "now": NOW} | given))


def shape(comments):
    return [(one.id, shape(one.answers)) for one in comments]


def lines(paper: int, viewer: int | None = None) -> list[tuple[str, str]]:
    return [(one.stands, one.html) for one in seen(paper, viewer).in_order()]


def test_answers_stand_under_what_they_answer_in_order(paper) -> None:
    one, two = row(paper), row(paper)
    three = row(paper, parent=one)
    four, five = row(paper, parent=three), row(paper, parent=one)
    assert shape(seen(paper).threads) == [(one, [(three, [(four, [])]), (five, [])]), (two, [])]
    assert [one.id for one in seen(paper).in_order()] == [one, three, four, five, two]


def test_what_is_deeper_than_shown_stands_beside_and_says_whom_it_answers(paper) -> None:
    last, reader = row(paper), somebody("Ada One")
    for _ in range(DEEPEST + 3):
        last = row(paper, parent=last, user_id=reader)
    below = seen(paper).threads
    for _ in range(DEEPEST):
        (top,) = below
        below = top.answers
    assert [(one.to, one.answers) for one in below] == [("", ())] + 3 * [("Ada One", ())]


def test_a_chain_of_any_length_is_read(paper) -> None:
    last = row(paper)
    reader = somebody()
    for _ in range(60):
        last = row(paper, parent=last, user_id=reader)
    assert len(list(seen(paper).in_order())) == 61


def test_threads_come_in_pages_and_each_comment_has_an_address(paper, monkeypatch) -> None:
    monkeypatch.setattr(reading, "PAGE", 2)
    tops = [row(paper) for _ in range(5)]
    last = row(paper, parent=tops[4])
    found, start = [], None
    while True:
        page = seen(paper, start=start)
        found.append([one.id for one in page.threads])
        if (start := page.next) is None:
            break
    assert found == [tops[:2], tops[2:4], tops[4:]]
    assert address_of(tops[1]) == f"/papers/2604.00123#c{tops[1]}"
    assert address_of(last) == f"/papers/2604.00123?comments={tops[4]}#c{last}"
    assert address_of(last + 1) is None


def test_not_all_answers_are_shown_where_there_are_too_many(paper, monkeypatch) -> None:
    monkeypatch.setattr(reading, "MOST_ANSWERS", 2)
    top = row(paper)
    answers = [row(paper, parent=top) for _ in range(3)]
    page = seen(paper)
    assert [one.id for one in page.in_order()] == [top, *answers[:2]]
    assert page.cut


def test_what_is_deleted_leaves_a_place_only_where_it_was_answered(paper) -> None:
    reader = somebody()
    alone, top = row(paper, user_id=reader), row(paper, user_id=reader)
    row(paper, "Indeed.", parent=top)
    for comment in (alone, top):
        delete(comment, by=reader, now=NOW)
    assert lines(paper) == [("deleted", ""), ("shown", "<p>Indeed.</p>")]
    assert next(seen(paper).in_order()).author == ""


def test_the_words_of_what_is_removed_are_shown_to_nobody_and_the_reason_to_all(paper) -> None:
    reader, moderator = somebody(), somebody(is_moderator=True)
    comment = row(paper, user_id=reader)
    moderate(comment, "remove", by=moderator, why="Rude", now=NOW)
    for viewer in (None, reader, moderator):
        (one,) = seen(paper, viewer).threads
        assert (one.stands, one.reason, one.html, one.text, one.author) == (
            "removed", "Rude", "", "", "",
        )  # fmt: skip


def test_what_is_held_is_seen_by_its_author_and_moderators(paper) -> None:
    reader, moderator = somebody(), somebody(is_moderator=True)
    comment = say(paper, "See https://e.example/", by=reader, now=NOW)
    for viewer in (reader, moderator):
        (one,) = seen(paper, viewer).threads
        assert (one.stands, one.text) == ("held", "See https://e.example/")
        assert one_comment(comment, viewer=viewer, now=NOW) is not None
    for viewer in (None, somebody()):
        assert seen(paper, viewer).threads == ()
        assert one_comment(comment, viewer=viewer, now=NOW) is None


def test_whom_one_mutes_one_does_not_see_and_others_do(paper) -> None:
    loud, reader = somebody("Loud One"), somebody()
    top = row(paper, user_id=loud)
    mute("loud-one", by=reader)
    assert lines(paper, reader) == []
    row(paper, "Indeed.", parent=top)
    assert lines(paper, reader) == [("muted", ""), ("shown", "<p>Indeed.</p>")]
    assert lines(paper) == [("shown", "<p>Well done.</p>"), ("shown", "<p>Indeed.</p>")]
    unmute("loud-one", by=reader)
    assert lines(paper, reader) == lines(paper)


def test_each_comment_says_what_its_reader_can_do(paper) -> None:
    reader = somebody()
    mine, other = row(paper, user_id=reader), row(paper)
    can = {
        one.id: (one.can_answer, one.can_edit, one.can_delete, one.can_report)
        for one in seen(paper, reader).threads
    }
    assert can == {mine: (True, True, True, False), other: (True, False, False, True)}
    assert not any(
        one.can_answer or one.can_edit or one.can_delete or one.can_report
        for one in seen(paper).threads
    )
    assert not seen(paper, reader, now=NOW + EDIT_FOR).threads[0].can_edit
    answer(mine, "Indeed.", by=somebody(), now=NOW)
    assert not seen(paper, reader).threads[0].can_edit


def test_a_comment_of_one_who_left_stays_without_a_name(paper, django_user_model) -> None:
    reader = somebody()
    row(paper, user_id=reader)
    django_user_model.objects.filter(pk=reader).delete()
    assert [one.author for one in seen(paper).threads] == [NOBODY]


def test_comments_of_a_joined_paper_are_read_with_the_other(paper) -> None:
    put_in(entry("The same paper", id="2604.00009"))
    other = Paper.objects.latest("id").pk
    first, second = row(paper), row(other)
    joining = join(paper, other, by=None, why="", now=timezone.now())
    assert [one.id for one in seen(paper).threads] == [first, second]
    assert address_of(second) == f"/papers/{Paper.objects.get(pk=paper).key}#c{second}"
    undo(joining.pk, by=None, now=timezone.now())
    assert [one.id for one in seen(paper).threads] == [first]
    assert [one.id for one in seen(other).threads] == [second]


def test_what_one_said_is_listed_the_last_first_on_papers_that_are_shown(paper) -> None:
    reader = somebody("Ada One")
    first, second = row(paper, user_id=reader), row(paper, user_id=reader)
    row(paper, user_id=reader, state="held")
    found = person("ada-one", viewer=None)
    assert found is not None
    assert [one.id for one in found.said] == [second, first]
    Paper.objects.update(dropped_at=NOW)
    found = person("ada-one", viewer=reader)
    assert found is not None
    assert (found.said, found.is_viewer) == ((), True)
    assert address_of(first) is None
    assert one_comment(first, viewer=reader, now=NOW) is None


def test_many_comments_cost_no_more_queries_than_few(paper) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            seen(paper, reader)
        return len(captured)

    reader = somebody()
    row(paper, parent=row(paper))
    few = cost()
    for _ in range(15):
        row(paper, parent=row(paper), created_at=NOW - timedelta(days=1))
    assert cost() == few <= 8
