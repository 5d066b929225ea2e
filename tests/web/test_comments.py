"""Comments on pages: with scripts, without, and signed out."""

import pytest
import time_machine
from django.test import Client

from feeds.commenting import report, say
from feeds.models import Comment, Mute, Paper, PaperStats, PenName, Report
from tests.factories import entry, put_in
from tests.people import NOW, somebody
from tests.test_comment_words import HOSTILE
from tests.web.document import Element, read
from tests.web.test_safety import _is_harmless

pytestmark = pytest.mark.django_db
PAGE = "/papers/2604.00123"
SAY = f"{PAGE}/comments"
BY_HTMX = {"headers": {"HX-Request": "true"}}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def paper(db) -> int:
    put_in(entry("A paper", id="2604.00123"))
    return Paper.objects.get().pk


def signed_in(django_user_model, reader: int, **given) -> Client:
    browser = Client(**given)
    browser.force_login(django_user_model.objects.get(pk=reader))
    return browser


@pytest.fixture
def ada(django_user_model) -> Client:
    return signed_in(django_user_model, somebody("Ada One"))


@pytest.fixture
def moderator(django_user_model) -> Client:
    return signed_in(django_user_model, somebody("Mo Two", is_moderator=True))


def comments(page: Element) -> Element:
    return page.one("section", id="comments")


def said(paper: int, text: str = "Well done.", by: int | None = None) -> int:
    return say(paper, text, by=by or somebody(), now=NOW)


def test_a_comment_is_said_and_leads_to_itself(ada) -> None:
    answer = ada.post(SAY, {"text": "*Well* done."})
    number = Comment.objects.get().pk
    assert answer["Location"] == f"{PAGE}#c{number}"
    one = comments(read(ada.get(PAGE))).one("li", id=f"c{number}")
    assert one.one("div", class_="saying").text == "Well done."
    assert one.one("a", class_="name-of").text == "Ada One"
    assert [each.text for each in one.one("p", class_="can").all("a")] == [
        "Answer Ada One", "Change your comment", "Delete your comment",
    ]  # fmt: skip


def test_the_first_comment_asks_for_a_name(client, django_user_model) -> None:
    browser = signed_in(django_user_model, somebody(name=None))
    form = read(browser.get(PAGE)).one("form", id="say")
    assert form.one("input", name="name")["maxlength"] == "60"
    refused = browser.post(SAY, {"text": "Well done.", "name": "a@example.org"})
    assert refused.status_code == 400
    form = read(refused).one("form", id="say")
    assert "no mail address" in form.one("p", role="alert").text
    assert form.one("textarea").text == "Well done."
    assert browser.post(SAY, {"text": "Well done.", "name": "Cy Three"}).status_code == 302
    assert PenName.objects.get().name == "Cy Three"
    assert not read(browser.get(PAGE)).one("form", id="say").all("input", name="name")


def test_with_scripts_the_comments_alone_come_back_with_the_new_one_in_focus(ada) -> None:
    part = read(ada.post(SAY, {"text": "Well done."}, **BY_HTMX))
    assert not part.all("html")
    number = Comment.objects.get().pk
    assert [one["id"] for one in part.all("li") if "autofocus" in one.attributes] == [f"c{number}"]
    assert part.one("p", id="comments-said").text == "It is said."
    assert part.one("p", id="comments-said")["hx-swap-oob"] == "innerHTML"
    assert part.one("form", id="say").one("textarea").text == ""


def test_with_scripts_a_refusal_takes_the_forms_place_with_what_was_typed(ada) -> None:
    answer = ada.post(SAY, {"text": " "}, **BY_HTMX)
    assert (answer.status_code, answer["HX-Retarget"]) == (200, "#say")
    field = read(answer).one("form", id="say").one("textarea")
    assert field["aria-invalid"] == "true"
    assert "autofocus" in field.attributes
    assert not Comment.objects.exists()


def test_an_answer_stands_below_what_it_answers(ada, paper) -> None:
    number = said(paper)
    page = read(ada.get(f"/comments/{number}/answer"))
    assert page.one("blockquote").text == "Well done."
    part = read(ada.get(f"/comments/{number}/answer", **BY_HTMX))
    assert part.children[0].tag == "form"
    assert "autofocus" in part.one("textarea").attributes
    ada.post(f"/comments/{number}/answer", {"text": "Indeed."})
    one = comments(read(ada.get(PAGE))).one("li", id=f"c{number}")
    assert one.one("ol").one("div", class_="saying").text == "Indeed."


def test_an_own_comment_is_changed(ada) -> None:
    ada.post(SAY, {"text": "Wel done."})
    number = Comment.objects.get().pk
    form = read(ada.get(f"/comments/{number}/edit")).one("form", id=f"edit-{number}")
    assert form.one("textarea").text == "Wel done."
    assert ada.post(f"/comments/{number}/edit", {"text": "Well done."}).status_code == 302
    assert "changed" in comments(read(ada.get(PAGE))).one("p", class_="who").text


def test_an_own_comment_is_deleted_after_asking_once_more(ada, paper) -> None:
    ada.post(SAY, {"text": "Well done."})
    number = Comment.objects.get().pk
    assert "Well done." in read(ada.get(f"/comments/{number}/delete")).one("main").text
    assert Comment.objects.get().text
    ada.post(f"/comments/{number}/delete")
    assert Comment.objects.get().text == ""
    assert "Nobody has said anything" in comments(read(ada.get(PAGE))).text


def test_a_comment_that_is_too_much_says_when_to_go_on_and_keeps_the_words(ada) -> None:
    for number in range(6):
        ada.post(SAY, {"text": f"Number {number}"})
    refused = ada.post(SAY, {"text": "Number 6"})
    assert (refused.status_code, refused["Retry-After"]) == (429, "600")
    form = read(refused).one("form", id="say")
    assert "Please wait 10 minutes" in form.one("p", role="alert").text
    assert form.one("textarea").text == "Number 6"


def test_an_answer_to_what_is_gone_by_now_keeps_the_words(ada, paper) -> None:
    number = said(paper)
    Comment.objects.update(state="removed", reason="Rude")
    for more in ({}, BY_HTMX):
        refused = ada.post(f"/comments/{number}/answer", {"text": "Many words"}, **more)
        form = read(refused).one("form", id=f"answer-{number}")
        assert "not there any more" in form.one("p", role="alert").text
        assert form.one("textarea").text == "Many words"


def test_held_words_are_seen_by_their_author_who_is_told(django_user_model, client) -> None:
    browser = signed_in(django_user_model, somebody(date_joined=NOW))
    page = read(browser.post(SAY, {"text": "See https://e.example/"}, follow=True))
    assert "once a moderator has looked at it" in page.one("div", class_="messages").text
    assert "Not shown to others yet." in comments(page).text
    assert "e.example" not in client.get(PAGE).content.decode()


def test_a_report_goes_to_the_desk_and_an_act_into_the_log(ada, moderator, client, paper) -> None:
    number = said(paper, "Rude words")
    assert ada.post(f"/comments/{number}/report", {"why": ""}).status_code == 400
    ada.post(f"/comments/{number}/report", {"why": "It insults"})
    assert Report.objects.get().why == "It insults"
    desk = read(moderator.get("/desk/reports")).one("main")
    assert "Rude words" in desk.text
    assert "It insults" in desk.text
    refused = moderator.post(f"/desk/reports/{number}", {"act": "remove", "why": ""})
    assert refused.status_code == 409
    moderator.post(f"/desk/reports/{number}", {"act": "remove", "why": "Rude"})
    log = read(client.get("/moderation")).one("main").text
    assert "Removed by a moderator: Rude" in log
    assert "A comment on A paper" in log
    for page in ("/moderation", PAGE):
        assert "Rude words" not in client.get(page).content.decode()
    assert "Removed by a moderator: Rude" in comments(read(client.get(PAGE))).text
    assert "Rude words" in moderator.get("/desk/reports").content.decode()
    moderator.post(f"/desk/reports/{number}", {"act": "restore", "why": "We were wrong"})
    assert "Rude words" in client.get(PAGE).content.decode()


def test_a_person_is_muted_and_heard_again(ada, paper) -> None:
    said(paper, "Loud words", by=somebody("Loud One"))
    said(paper, "I ask @loud-one")
    assert read(ada.get(PAGE)).link("@loud-one") == "/comments/by/loud-one"
    ada.post("/comments/by/loud-one", {"action": "mute"})
    assert "Loud words" not in ada.get(PAGE).content.decode()
    assert "Loud words" in ada.get("/comments/by/loud-one").content.decode()
    ada.post("/comments/by/loud-one", {"action": "unmute"})
    assert "Loud words" in ada.get(PAGE).content.decode()
    assert not Mute.objects.exists()


def test_an_address_of_a_comment_leads_to_it(client, paper) -> None:
    number = said(paper)
    assert client.get(f"/comments/{number}")["Location"] == f"{PAGE}#c{number}"
    for there_is_none in (f"/comments/{number + 1}", f"/comments/{10**30}", "/comments/by/x%00y"):
        assert client.get(there_is_none).status_code == 404


def test_signed_out_one_reads_and_is_led_to_sign_in(client, paper) -> None:
    said(paper)
    section = comments(read(client.get(PAGE)))
    assert "Well done." in section.text
    assert not section.all("form")
    wanted = "/account/login/?next=/papers/2604.00123%23comments"
    assert section.link("Sign in to comment") == wanted


def test_signed_out_what_was_typed_is_not_lost(client) -> None:
    answer = client.post(SAY, {"text": "Many words <b>"})
    assert answer.status_code == 403
    page = read(answer)
    assert page.one("textarea").text == "Many words <b>"
    assert page.link("sign in to comment").startswith("/account/login/?next=%2Fpapers%2F")
    assert not Comment.objects.exists()


def test_comments_of_digests_are_told_apart_from_ours(client, paper) -> None:
    said(paper)
    PaperStats.objects.update(comments=24)
    section = comments(read(client.get(PAGE)))
    assert "24 comments more in the digest’s source." in section.text
    one = read(client.get("/")).one("li", class_="paper")
    assert one.link("1 comment") == f"{PAGE}#comments"
    assert one.one("span", class_="said").text == "24 comments in its source"


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_never_run(client, moderator, paper, words, django_user_model) -> None:
    number = said(paper, words, by=somebody(is_moderator=True))
    report(number, words[:300], by=somebody(), now=NOW)
    moderator.post(f"/desk/reports/{number}", {"act": "hold", "why": words[:300]})
    for page in ("/desk/reports", f"/desk/reports/{number}", PAGE, "/moderation"):
        _is_harmless(read(moderator.get(page)))
    moderator.post(f"/desk/reports/{number}", {"act": "restore"})
    for page in (PAGE, f"/comments/by/{PenName.objects.first().slug}"):
        _is_harmless(read(client.get(page)))


def test_hostile_names_stay_words(client, django_user_model, paper) -> None:
    for name in HOSTILE:
        browser = signed_in(django_user_model, somebody(name=None))
        browser.post(SAY, {"text": "Well done.", "name": name[:60]})
    _is_harmless(read(client.get(PAGE)))


# What each gets for each act: on a comment of the author's that all see.
ACTS = {
    "see": ("get", PAGE, {}),
    "say": ("post", SAY, {"text": "Also."}),
    "answer": ("post", "/comments/{}/answer", {"text": "Indeed."}),
    "edit": ("post", "/comments/{}/edit", {"text": "Better."}),
    "delete": ("post", "/comments/{}/delete", {}),
    "report": ("post", "/comments/{}/report", {"why": "Rude"}),
    "mute": ("post", "/comments/by/author-one", {"action": "mute"}),
    "see the desk": ("get", "/desk/reports", {}),
    "see one": ("get", "/desk/reports/{}", {}),
    "hold": ("post", "/desk/reports/{}", {"act": "hold", "why": "Rude"}),
    "remove": ("post", "/desk/reports/{}", {"act": "remove", "why": "Rude"}),
    "leave": ("post", "/desk/reports/{}", {"act": "leave"}),
    "see the log": ("get", "/moderation", {}),
}
DONE, SIGN_IN, NOT_THERE, NOT_YOURS, NO_SENSE = "done", "sign in", 404, 403, 400
MAY = {
    # act: anonymous, author, other reader, moderator
    "see": (DONE, DONE, DONE, DONE),
    "say": (NOT_YOURS, DONE, DONE, DONE),
    "answer": (NOT_YOURS, DONE, DONE, DONE),
    "edit": (NOT_YOURS, DONE, NOT_YOURS, NOT_YOURS),
    "delete": (SIGN_IN, DONE, NOT_YOURS, NOT_YOURS),
    "report": (SIGN_IN, NO_SENSE, DONE, DONE),
    "mute": (SIGN_IN, "refused", DONE, DONE),
    "see the desk": (SIGN_IN, NOT_THERE, NOT_THERE, DONE),
    "see one": (SIGN_IN, NOT_THERE, NOT_THERE, DONE),
    "hold": (SIGN_IN, NOT_THERE, NOT_THERE, DONE),
    "remove": (SIGN_IN, NOT_THERE, NOT_THERE, DONE),
    "leave": (SIGN_IN, NOT_THERE, NOT_THERE, DONE),
    "see the log": (DONE, DONE, DONE, DONE),
}
WHO = ("anonymous", "author", "other", "moderator")


def kept() -> list:
    comments = Comment.objects.order_by("id").values_list("id", "text", "state", "deleted_at")
    return [*comments, Report.objects.count(), Mute.objects.count()]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", WHO)
def test_who_may_do_what(django_user_model, paper, who, act) -> None:
    author = somebody("Author One")
    number = said(paper, by=author)
    people = {"author": author, "other": somebody(), "moderator": somebody(is_moderator=True)}
    browser = signed_in(django_user_model, people[who]) if who in people else Client()
    method, address, fields = ACTS[act]
    wanted, before = MAY[act][WHO.index(who)], kept()
    answer = getattr(browser, method)(address.format(number), fields)
    if wanted == DONE:
        assert answer.status_code in (200, 302)
        assert method == "get" or act == "leave" or kept() != before
        return
    assert kept() == before
    if wanted in (SIGN_IN, "refused"):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/login/") is (wanted == SIGN_IN)
    else:
        assert answer.status_code == wanted


def test_a_form_of_another_site_says_nothing(django_user_model) -> None:
    strict = signed_in(django_user_model, somebody(), enforce_csrf_checks=True)
    assert strict.post(SAY, {"text": "Well done."}).status_code == 403
    token = read(strict.get(PAGE)).one("form", id="say").one("input", name="csrfmiddlewaretoken")
    fields = {"text": "Well done.", "csrfmiddlewaretoken": token["value"]}
    assert strict.post(SAY, fields).status_code == 302
    assert Comment.objects.count() == 1
