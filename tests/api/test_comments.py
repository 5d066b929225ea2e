"""Comments by the API: who may do what, and what refusals say."""

import pytest
import time_machine
from django.test import Client

from feeds.commenting import say
from feeds.models import Comment, Paper, Report
from tests.api.test_api import _hold
from tests.factories import entry, put_in
from tests.people import NOW, somebody

pytestmark = pytest.mark.django_db
LIST = "/api/v1/papers/2604.00123/comments"
ONE = "/api/v1/comments/{}"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def paper(db) -> int:
    put_in(entry("A paper", id="2604.00123"), entry("Another paper", id="2604.00124"))
    return Paper.objects.get(key="2604.00123").pk


@pytest.fixture
def as_reader(django_user_model):
    def sign_in(reader: int, **given) -> Client:
        browser = Client(**given)
        browser.force_login(django_user_model.objects.get(pk=reader))
        return browser

    return sign_in


def send(browser: Client, method: str, address: str, **body):
    return getattr(browser, method)(address, body, content_type="application/json")


def said(paper: int, text: str = "Well done.", by: int | None = None) -> int:
    return say(paper, text, by=by or somebody(), now=NOW)


def test_a_comment_is_said_answered_and_read(as_reader, client) -> None:
    ada = as_reader(somebody("Ada One"))
    first = send(ada, "post", LIST, text="*Well* done.").json()
    assert (first["html"], first["text"]) == ("<p><em>Well</em> done.</p>", "*Well* done.")
    assert first["author"]["slug"] == "ada-one"
    assert first["can"] == {"answer": True, "edit": True, "delete": True, "report": False}
    second = send(ada, "post", LIST, text="Indeed.", parent=first["id"]).json()
    answer = client.get(LIST).json()
    told = [(one["id"], one["parent"], one["stands"]) for one in answer["comments"]]
    assert told == [(first["id"], None, "shown"), (second["id"], first["id"], "shown")]
    assert answer["next_cursor"] is None
    assert "can" not in answer["comments"][0]
    assert client.get("/api/v1/papers/2604.00123").json()["comments"] == 2


def test_a_comment_is_changed_deleted_and_reported(as_reader, paper) -> None:
    reader = somebody()
    number = said(paper, by=reader)
    mine, other = as_reader(reader), as_reader(somebody())
    assert send(mine, "patch", ONE.format(number), text="Better.").json()["text"] == "Better."
    report = send(other, "post", f"{ONE.format(number)}/report", why="Rude")
    assert report.json() == {"reported": True}
    assert Report.objects.get().why == "Rude"
    gone = mine.delete(ONE.format(number)).json()
    assert (gone["stands"], gone["text"], gone["html"], gone["author"]) == (
        "deleted", None, None, None,
    )  # fmt: skip


def test_the_first_comment_takes_a_name(as_reader) -> None:
    browser = as_reader(somebody(name=None))
    refused = send(browser, "post", LIST, text="Well done.")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (409, "name")
    made = send(browser, "post", LIST, text="Well done.", name="Cy Three").json()
    assert made["author"]["name"] == "Cy Three"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "text"),
        ({"text": 1}, "text"),
        ({"text": "x" * 6001}, "text"),
        ({"text": "x", "parent": "1"}, "parent"),
        ({"text": "x", "parent": True}, "parent"),
        ({"text": "x", "parent": 10**30}, "parent"),
    ],
)
def test_a_bad_field_is_refused_with_its_name(as_reader, body, field) -> None:
    answer = send(as_reader(somebody()), "post", LIST, **body)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert [one["field"] for one in answer.json()["errors"]] == [field]
    assert not Comment.objects.exists()


def test_words_that_say_nothing_are_not_taken(as_reader) -> None:
    answer = send(as_reader(somebody()), "post", LIST, text="> ")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (409, "text")


def test_an_answer_stays_on_its_paper(as_reader, paper) -> None:
    other = Paper.objects.get(key="2604.00124").pk
    answer = send(as_reader(somebody()), "post", LIST, text="x", parent=said(other))
    assert (answer.status_code, Comment.objects.count()) == (409, 1)
    assert answer.json()["errors"][0]["field"] == "parent"


@pytest.mark.parametrize("cursor", ["x", "-1", "0", "9" * 30, "%00"])
def test_a_bad_cursor_is_refused(client, cursor) -> None:
    assert client.get(f"{LIST}?cursor={cursor}").status_code == 400


def test_too_many_comments_say_when_to_go_on(as_reader) -> None:
    browser = as_reader(somebody())
    for number in range(6):
        assert send(browser, "post", LIST, text=f"Number {number}").status_code == 200
    answer = send(browser, "post", LIST, text="Number 6")
    assert (answer.status_code, answer["Retry-After"]) == (429, "600")
    assert answer["Content-Type"] == "application/problem+json"
    assert "Please wait 10 minutes" in answer.json()["detail"]


def test_an_answered_comment_is_changed_no_more(as_reader, paper) -> None:
    reader = somebody()
    number = said(paper, by=reader)
    send(as_reader(somebody()), "post", LIST, text="Indeed.", parent=number)
    answer = send(as_reader(reader), "patch", ONE.format(number), text="Better.")
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    assert "It has been answered" in answer.json()["detail"]


ACTS = {
    "list": ("get", LIST, {}),
    "read": ("get", ONE, {}),
    "say": ("post", LIST, {"text": "Also."}),
    "edit": ("patch", ONE, {"text": "Better."}),
    "delete": ("delete", ONE, {}),
    "report": ("post", f"{ONE}/report", {"why": "Rude"}),
}
WHO = ("anonymous", "author", "other", "moderator")
STATUS = {
    "list": (200, 200, 200, 200),
    "read": (200, 200, 200, 200),
    "say": (401, 200, 200, 200),
    "edit": (401, 200, 403, 403),
    "delete": (401, 200, 403, 403),
    "report": (401, 403, 200, 200),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", WHO)
def test_who_may_do_what(as_reader, paper, who, act) -> None:
    author = somebody()
    number = said(paper, by=author)
    people = {"author": author, "other": somebody(), "moderator": somebody(is_moderator=True)}
    browser = as_reader(people[who]) if who in people else Client()
    method, address, body = ACTS[act]
    answer = send(browser, method, address.format(number), **body)
    assert answer.status_code == STATUS[act][WHO.index(who)]
    if answer.status_code >= 400:
        assert answer["Content-Type"] == "application/problem+json"
        assert Comment.objects.get().text == "Well done."


def test_what_is_held_is_not_there_for_others(as_reader, client, paper) -> None:
    writer = somebody()
    number = said(paper, "See https://e.example/", by=writer)
    assert client.get(ONE.format(number)).status_code == 404
    assert client.get(LIST).json()["comments"] == []
    assert as_reader(writer).get(ONE.format(number)).json()["stands"] == "held"
    for method in ("patch", "delete"):
        other = as_reader(somebody())
        assert send(other, method, ONE.format(number), text="x").status_code == 404


def test_what_changes_something_needs_a_token(as_reader) -> None:
    strict = as_reader(somebody(), enforce_csrf_checks=True)
    assert send(strict, "post", LIST, text="Well done.").status_code == 403
    assert not Comment.objects.exists()


def test_the_answers_have_the_members_that_are_described(as_reader, client, paper) -> None:
    number = said(paper)
    shapes = client.get("/api/v1/schema").json()["components"]["schemas"]
    known = {name.removesuffix("Shape"): one for name, one in shapes.items()}
    for browser in (client, as_reader(somebody())):
        _hold(browser.get(LIST).json(), known["CommentList"], shapes)
        _hold(browser.get(ONE.format(number)).json(), known["Comment"], shapes)
