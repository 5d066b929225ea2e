"""What readers may do with comments, and how often."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from feeds.comment_words import LONGEST
from feeds.commenting import (
    EDIT_FOR,
    NotAllowed,
    Refused,
    TooLate,
    TooOften,
    Unknown,
    answer,
    delete,
    edit,
    mute,
    report,
    say,
)
from feeds.joining import join, undo
from feeds.models import Comment, ModerationAct, Mute, Paper, PaperStats, PenName, Report
from feeds.moderating import moderate
from feeds.pen_names import NoName, pen_name, take_name
from feeds.scoring import signals_of
from tests.factories import entry, put_in
from tests.papers import state
from tests.people import NOW, somebody

pytestmark = pytest.mark.django_db
LINK = "Look at https://e.example/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def paper(db) -> int:
    put_in(entry("A paper"))
    return Paper.objects.get().pk


def said(paper: int, text: str = "Well done.", **given) -> int:
    return say(paper, text, **({"by": somebody(), "now": timezone.now()} | given))


def answered(comment: int, text: str = "Indeed.", **given) -> int:
    return answer(comment, text, **({"by": somebody(), "now": timezone.now()} | given))


def counted() -> int:
    return PaperStats.objects.get().own_comments


def known(**fields) -> int:
    """A reader some of whose comments are shown."""
    reader = somebody(**fields)
    put_in(entry("Another paper"))
    other = Paper.objects.latest("id").pk
    for number in range(3):
        said(other, f"Number {number}", by=reader)
    return reader


def test_a_comment_is_counted_beside_those_of_digests(paper) -> None:
    first = said(paper)
    answered(first)
    stats = PaperStats.objects.get()
    assert (stats.own_comments, stats.comments) == (2, 0)
    delete(first, by=Comment.objects.get(pk=first).user_id, now=NOW)
    assert counted() == 1


def test_rankers_see_the_comments_of_readers_and_of_digests_together(paper) -> None:
    PaperStats.objects.update(comments=7)
    said(paper)
    assert signals_of(PaperStats.objects.get()).comments == 8


def test_an_answer_of_an_answer_is_of_the_same_thread(paper) -> None:
    first = said(paper)
    second = answered(first)
    third = Comment.objects.get(pk=answered(second))
    assert (third.parent_id, third.thread_id, third.paper_id) == (second, first, paper)


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "x" * (LONGEST + 1)])
def test_what_says_nothing_or_too_much_is_refused_with_a_reason(paper, text) -> None:
    with pytest.raises(Refused):
        said(paper, text)
    assert counted() == 0


def test_what_is_sent_twice_is_said_once(paper, clock) -> None:
    reader = somebody()
    assert said(paper, by=reader) == said(paper, by=reader)
    clock.shift(timedelta(minutes=3))
    said(paper, by=reader)
    assert counted() == 2


def test_an_own_comment_is_changed_for_a_quarter_of_an_hour(paper, clock) -> None:
    reader = somebody()
    comment = said(paper, by=reader)
    clock.shift(EDIT_FOR - timedelta(seconds=1))
    edit(comment, "*Better.*", by=reader, now=timezone.now())
    row = Comment.objects.get()
    assert (row.text, row.html) == ("*Better.*", "<p><em>Better.</em></p>")
    assert row.edited_at == timezone.now()
    clock.shift(timedelta(seconds=1))
    with pytest.raises(TooLate):
        edit(comment, "Too late", by=reader, now=timezone.now())


def test_an_answered_comment_is_changed_no_more(paper) -> None:
    reader = somebody()
    comment = said(paper, by=reader)
    answered(comment)
    with pytest.raises(TooLate):
        edit(comment, "Something else", by=reader, now=NOW)


def test_of_a_deleted_comment_the_words_go_and_the_thread_stays(paper, clock) -> None:
    reader = somebody()
    comment = said(paper, by=reader)
    answered(comment)
    clock.shift(timedelta(days=100))
    delete(comment, by=reader, now=timezone.now())
    row = Comment.objects.get(pk=comment)
    assert (row.text, row.html) == ("", "")
    assert counted() == 1
    with pytest.raises(Unknown):
        answered(comment)
    with pytest.raises(TooLate):
        edit(comment, "Back again", by=reader, now=timezone.now())


def test_nobody_changes_or_deletes_what_another_said(paper) -> None:
    comment = said(paper)
    other = somebody(is_moderator=True)
    with pytest.raises(NotAllowed):
        edit(comment, "I said so", by=other, now=NOW)
    with pytest.raises(NotAllowed):
        delete(comment, by=other, now=NOW)
    assert Comment.objects.get().text == "Well done."


def test_six_comments_in_ten_minutes_are_enough(paper, clock) -> None:
    reader = somebody()
    for number in range(6):
        said(paper, f"Number {number}", by=reader)
    with pytest.raises(TooOften) as refused:
        said(paper, "Number 6", by=reader)
    assert 0 < refused.value.seconds <= 600
    assert counted() == 6
    said(paper, "Somebody else")
    clock.shift(timedelta(minutes=10))
    said(paper, "Number 6", by=reader)


def test_what_is_refused_does_not_count(paper) -> None:
    reader = somebody()
    for _ in range(10):
        with pytest.raises(Refused):
            said(paper, "", by=reader)
    said(paper, by=reader)


@pytest.mark.parametrize(("joined", "comments"), [(timedelta(days=1), 3), (timedelta(days=400), 0)])
def test_a_new_accounts_links_are_held_and_the_log_says_so(paper, joined, comments) -> None:
    fields = {"date_joined": NOW - joined}
    reader = known(**fields) if comments else somebody(**fields)
    comment = Comment.objects.get(pk=said(paper, LINK, by=reader))
    assert comment.state == "held"
    assert PaperStats.objects.get(paper=paper).own_comments == 0
    act = ModerationAct.objects.get()
    assert (act.comment, act.kind, act.role, act.why) == (comment, "hold", "rule", comment.reason)


def test_a_new_accounts_words_without_links_are_shown(paper) -> None:
    said(paper, "Fine", by=somebody(date_joined=NOW))
    assert counted() == 1


def test_a_link_that_is_added_later_is_held_too(paper) -> None:
    reader = somebody(date_joined=NOW)
    comment = said(paper, "Fine", by=reader)
    edit(comment, LINK, by=reader, now=NOW)
    assert Comment.objects.get().state == "held"
    assert counted() == 0


def test_links_of_a_known_reader_and_of_staff_are_shown(paper) -> None:
    for reader in (known(), somebody(is_moderator=True)):
        assert Comment.objects.get(pk=said(paper, LINK, by=reader)).state == "shown"


def test_what_is_held_cannot_be_answered_or_reported(paper) -> None:
    comment = said(paper, LINK)
    for act in (lambda: answered(comment), lambda: report(comment, "Spam", by=somebody(), now=NOW)):
        with pytest.raises(Unknown):
            act()


def test_a_reader_reports_a_comment_once_and_not_their_own(paper) -> None:
    writer, reader = somebody(), somebody()
    comment = said(paper, by=writer)
    report(comment, "  Rude \n words ", by=reader, now=NOW)
    report(comment, "Again", by=reader, now=NOW)
    assert [one.why for one in Report.objects.all()] == ["Rude words"]
    with pytest.raises(Refused):
        report(comment, "Mine", by=writer, now=NOW)
    with pytest.raises(Refused):
        report(comment, " ", by=somebody(), now=NOW)


def test_reports_are_limited_too(paper) -> None:
    reader = somebody()
    comments = [said(paper, f"Number {number}") for number in range(21)]
    for comment in comments[:20]:
        report(comment, "Spam", by=reader, now=NOW)
    with pytest.raises(TooOften):
        report(comments[20], "Spam", by=reader, now=NOW)


def test_nobody_mutes_themselves_or_nobody() -> None:
    reader = somebody("Ada One")
    with pytest.raises(Refused):
        mute("ada-one", by=reader)
    with pytest.raises(Unknown):
        mute("nobody", by=reader)
    assert not Mute.objects.exists()


def test_one_cannot_comment_without_a_name(paper) -> None:
    with pytest.raises(NotAllowed):
        said(paper, by=somebody(name=None))


@pytest.mark.parametrize(
    "name",
    [
        "", "a", "1234", "ada@example.org", "Admin", "  moderator ", "Ad\u0430", "x" * 61,
        "!!", "ada one", "ADA-ONE", "\uff21da One",
    ],
)  # fmt: skip
def test_a_name_is_nobodys_else_no_address_and_no_disguise(name) -> None:
    somebody("Ada One")
    reader = somebody(name=None)
    with pytest.raises(NoName):
        take_name(reader, name)
    assert pen_name(reader) == ""


def test_a_name_is_kept_once_it_is_chosen() -> None:
    reader = somebody("Zoë Two")
    assert take_name(reader, "Somebody Else") == "Zoë Two"
    assert PenName.objects.get().slug == "zoë-two"


def test_there_is_nothing_to_do_on_a_paper_that_is_not_shown(paper) -> None:
    writer = somebody()
    comment = said(paper, by=writer)
    Paper.objects.update(dropped_at=NOW)
    for act in (
        lambda: answered(comment),
        lambda: edit(comment, "x", by=writer, now=NOW),
        lambda: report(comment, "Spam", by=somebody(), now=NOW),
    ):
        with pytest.raises(Unknown):
            act()


def test_comments_follow_the_paper_that_is_read_and_go_back(paper, clock) -> None:
    put_in(entry("The same paper", id="2604.00009"), source="other")
    other = Paper.objects.latest("id").pk
    first, second = said(paper), said(other)
    clock.shift(timedelta(minutes=1))
    before = state()
    joining = join(paper, other, by=None, why="", now=timezone.now())
    assert PaperStats.objects.get(paper=paper).own_comments == 2
    assert Comment.objects.get(pk=answered(second)).paper_id == other
    assert PaperStats.objects.get(paper=paper).own_comments == 3
    delete(Comment.objects.latest("id").pk, by=Comment.objects.latest("id").user_id, now=NOW)
    undo(joining.pk, by=None, now=timezone.now())
    assert state() == before
    assert Comment.objects.get(pk=first).paper_id == paper


def test_a_comment_that_is_restored_counts_again(paper) -> None:
    moderator, comment = somebody(is_moderator=True), said(paper)
    moderate(comment, "remove", by=moderator, why="Rude", now=NOW)
    assert counted() == 0
    moderate(comment, "restore", by=moderator, why="", now=NOW)
    assert counted() == 1


@pytest.mark.django_db(transaction=True)
def test_comments_at_the_same_moment_are_all_counted() -> None:
    put_in(entry())
    paper = Paper.objects.get().pk
    readers = [somebody() for _ in range(12)]

    def speak(reader: int) -> None:
        try:
            said(paper, by=reader)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(speak, readers))
    assert counted() == Comment.objects.count() == 12
