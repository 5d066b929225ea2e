"""What moderators may do, what everyone may see of it, and who may do what."""

import pytest

from feeds.commenting import (
    NotAllowed,
    Refused,
    TooLate,
    Unknown,
    answer,
    delete,
    edit,
    report,
    say,
)
from feeds.desk.reports import removed, waiting
from feeds.models import Comment, ModerationAct, Paper, Report
from feeds.moderating import ACTS, moderate
from feeds.said_by import acts
from tests.factories import entry, put_in
from tests.people import NOW, somebody

pytestmark = pytest.mark.django_db
WORDS = "Rude words"


@pytest.fixture
def moderator(db) -> int:
    return somebody(is_moderator=True)


@pytest.fixture
def comment(db) -> int:
    put_in(entry("A paper"))
    return say(Paper.objects.get().pk, WORDS, by=somebody(), now=NOW)


def test_the_log_tells_what_why_and_by_which_role_and_no_words(comment, moderator) -> None:
    moderate(comment, "remove", by=moderator, why="It insults the authors", now=NOW)
    (line,), more = acts()
    assert (line.what, line.role, line.why) == ("removed", "a moderator", "It insults the authors")
    assert line.work
    assert (line.work.title, line.comment, more) == ("A paper", comment, None)
    assert WORDS not in repr(line)


def test_the_log_names_no_paper_that_is_not_shown(comment, moderator) -> None:
    moderate(comment, "hold", by=moderator, why="To be looked at", now=NOW)
    Paper.objects.update(dropped_at=NOW)
    assert acts()[0][0].work is None


def test_an_act_settles_what_was_reported(comment, moderator) -> None:
    report(comment, "Rude", by=somebody(), now=NOW)
    assert [[one.why for one in line.reports] for line in waiting()[0]] == [["Rude"]]
    moderate(comment, "leave", by=moderator, why="", now=NOW)
    assert waiting() == ([], False)
    assert Comment.objects.get().state == "shown"
    assert ModerationAct.objects.get().why == "Looked at, and found in order."


def test_what_is_deleted_need_not_be_looked_at(comment) -> None:
    report(comment, "Rude", by=somebody(), now=NOW)
    delete(comment, by=Comment.objects.get().user_id, now=NOW)
    assert waiting() == ([], False)
    assert Report.objects.get().settled_at == NOW


def test_what_is_removed_can_be_found_and_restored(comment, moderator) -> None:
    moderate(comment, "hold", by=moderator, why="Hm", now=NOW)
    assert [line.is_held for line in waiting()[0]] == [True]
    moderate(comment, "remove", by=moderator, why="Rude", now=NOW)
    assert waiting() == ([], False)
    assert [line.html for line in removed()] == [f"<p>{WORDS}</p>"]
    moderate(comment, "restore", by=moderator, why="We were wrong", now=NOW)
    row = Comment.objects.get()
    assert (row.state, row.reason, row.text) == ("shown", "", WORDS)
    assert [line.what for line in acts()[0]] == ["restored", "removed", "held"]


@pytest.mark.parametrize("act", ["hold", "remove"])
def test_nothing_is_taken_away_without_a_reason(comment, moderator, act) -> None:
    with pytest.raises(Refused):
        moderate(comment, act, by=moderator, why="  ", now=NOW)
    assert Comment.objects.get().state == "shown"
    assert not ModerationAct.objects.exists()


def test_the_second_of_two_moderators_is_told(comment, moderator) -> None:
    moderate(comment, "remove", by=moderator, why="Rude", now=NOW)
    for act in ("remove", "hold", "leave"):
        with pytest.raises(TooLate):
            moderate(comment, act, by=moderator, why="Rude", now=NOW)
    assert ModerationAct.objects.count() == 1


def test_an_act_that_there_is_not_is_refused(comment, moderator) -> None:
    with pytest.raises(Refused):
        moderate(comment, "burn", by=moderator, why="Rude", now=NOW)
    with pytest.raises(Unknown):
        moderate(comment + 1, "remove", by=moderator, why="Rude", now=NOW)


# Who may do what with a comment that everybody sees; "" is done, else what is raised.
DOES = {
    "answer": lambda comment, by: answer(comment, "Indeed.", by=by, now=NOW),
    "edit": lambda comment, by: edit(comment, "Better.", by=by, now=NOW),
    "delete": lambda comment, by: delete(comment, by=by, now=NOW),
    "report": lambda comment, by: report(comment, "Rude", by=by, now=NOW),
} | {
    act: lambda comment, by, act=act: moderate(comment, act, by=by, why="Rude", now=NOW)
    for act in ACTS
}
MAY = {
    "author": {"answer", "edit", "delete"},
    "other": {"answer", "report"},
    "moderator": {"answer", "report", "hold", "remove", "leave"},
}
CANNOT_BE = {"restore": TooLate}  # of what is shown


@pytest.mark.parametrize("act", DOES)
@pytest.mark.parametrize("who", MAY)
def test_who_may_do_what(comment, moderator, who, act) -> None:
    people = {
        "author": Comment.objects.get().user_id,
        "other": somebody(),
        "moderator": moderator,
    }
    if act in MAY[who]:
        DOES[act](comment, people[who])
    elif who == "moderator" and act in CANNOT_BE:
        with pytest.raises(CANNOT_BE[act]):
            DOES[act](comment, people[who])
    else:
        with pytest.raises(Refused) as refused:
            DOES[act](comment, people[who])
        assert act == "report" or isinstance(refused.value, NotAllowed)


@pytest.mark.parametrize("act", ACTS)
def test_neither_a_curator_nor_a_closed_account_moderates(comment, act) -> None:
    for fields in ({"is_staff": True}, {"is_moderator": True, "is_active": False}):
        with pytest.raises(NotAllowed):
            moderate(comment, act, by=somebody(**fields), why="Rude", now=NOW)
