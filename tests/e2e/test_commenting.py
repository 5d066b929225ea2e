"""Comments in a browser: by keyboard, without scripts, and for everyone."""

import re

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from feeds.commenting import answer, report, say
from feeds.models import Comment, Paper, PaperStats
from tests.e2e.conftest import NewPage
from tests.e2e.looking import faults
from tests.factories import entry, put_in
from tests.people import NOW, somebody
from tests.test_comment_words import HOSTILE

pytestmark = pytest.mark.django_db(transaction=True)
PAPER = "/papers/2604.00123"
WORDS = (
    "I read it **twice**. The bound in section 3, $\\sum_{i=1}^n x_i^2 \\le \\epsilon$, holds for "
    "convex losses only:\n\n> for every loss\n\n- see the appendix\n- and @ben-two's note\n\n"
    "```\nfor x in xs:\n    print(x)\n```"
)


@pytest.fixture(autouse=True)
def paper(site: str, transactional_db: None) -> int:
    text = "A diffusion model, looked at from all sides. " * 12
    put_in(entry("A paper with comments", id="2604.00123", summary=text))
    return Paper.objects.get().pk


def sign_in(page: Page, site: str, django_user_model, reader: int) -> None:
    client = Client()
    client.force_login(django_user_model.objects.get(pk=reader))
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])


def talk(paper: int) -> int:
    """A discussion with all that can be in it; one of the writers."""
    ada, ben, mo = somebody("Ada One"), somebody("Ben Two"), somebody("Mo Three", is_moderator=True)
    top = say(paper, WORDS, by=ada, now=NOW)
    below = top
    for number, reader in enumerate((ben, ada, ben, ada, mo)):
        below = answer(
            below,
            f"Number {number}, at some length, so that it wraps on a phone.",
            by=reader,
            now=NOW,
        )
    gone = say(paper, "To be removed", by=ben, now=NOW)
    Comment.objects.filter(pk=gone).update(state="removed", reason="It insults the authors.")
    say(paper, "See https://e.example/" + "averylongpath" * 12, by=ada, now=NOW)
    say(paper, "Held, with [a link](https://e.example/).", by=somebody("Cy Four"), now=NOW)
    report(top, "It is wrong about section 3", by=ben, now=NOW)
    PaperStats.objects.update(comments=24)
    return ada


def test_comments_are_for_everyone(new_page: NewPage, site: str, paper, django_user_model) -> None:
    ada = talk(paper)
    page = new_page()
    page.goto(PAPER)
    assert not faults(page, "comments")
    sign_in(page, site, django_user_model, ada)
    page.goto(PAPER)
    page.get_by_role("link", name="Answer Ben Two").first.click()
    expect(page.get_by_label("Your answer to Ben Two")).to_be_focused()
    assert not faults(page, "comments-signed-in")


def test_the_moderators_pages_are_too(new_page: NewPage, site: str, paper, django_user_model):
    talk(paper)
    page = new_page()
    sign_in(page, site, django_user_model, somebody(is_moderator=True))
    page.goto("/desk/reports")
    assert not faults(page, "desk-reports")
    page.get_by_role("textbox", name="Why, in the public log").first.fill("It is in order")
    page.get_by_role("button", name="Leave it as it is").first.click()
    expect(page.get_by_text("It stays as it is.")).to_be_visible()


def test_one_comments_and_answers_by_keyboard(new_page: NewPage, site, paper, django_user_model):
    page = new_page()
    sign_in(page, site, django_user_model, somebody(name=None))
    page.goto(PAPER)
    page.get_by_label("Your name, as others see it").fill("Ada One")
    page.get_by_label("Your comment").fill("Well *done*.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    first = page.locator("li.comment").first
    expect(first).to_be_focused()
    expect(first.locator("em")).to_have_text("done")
    expect(page.get_by_role("status").filter(has_text="It is said.")).to_have_count(1)
    page.get_by_role("link", name="Answer Ada One").press("Enter")
    field = page.get_by_label("Your answer to Ada One")
    expect(field).to_be_focused()
    page.keyboard.type("   ")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text(
        "There is nothing in it yet. Write something first."
    )
    expect(field).to_be_focused()
    field.fill("And it holds.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("li.comment li.comment")).to_be_focused()
    assert Comment.objects.count() == 2


def test_without_scripts_one_comments_too(new_page: NewPage, site, paper, django_user_model):
    page = new_page(java_script_enabled=False)
    sign_in(page, site, django_user_model, somebody("Ada One"))
    page.goto(PAPER)
    page.get_by_label("Your comment").fill("Well done.")
    page.get_by_role("button", name="Comment", exact=True).click()
    page.get_by_role("link", name="Answer Ada One").click()
    page.get_by_label("Your answer to Ada One").fill("Indeed.")
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(page.locator("li.comment li.comment")).to_contain_text("Indeed.")
    expect(page).to_have_url(re.compile(f"{PAPER}#c{Comment.objects.latest('id').pk}$"))


def test_one_who_was_signed_out_keeps_the_words(new_page: NewPage, site, django_user_model):
    page = new_page()
    sign_in(page, site, django_user_model, somebody("Ada One"))
    page.goto(PAPER)
    page.get_by_label("Your comment").fill("Many words")
    session = next(one for one in page.context.cookies() if one["name"] == "sessionid")
    page.context.clear_cookies(name=session["name"])
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.get_by_label("What you wrote")).to_have_value("Many words")


def test_hostile_words_never_run(new_page: NewPage, paper) -> None:
    for words in HOSTILE:
        say(paper, words, by=somebody(is_moderator=True), now=NOW)
    page = new_page()
    page.goto(PAPER)
    for number in range(1, -(-len(HOSTILE) // 20)):
        page.get_by_role("link", name="More comments").click()
        left = min(20, len(HOSTILE) - 20 * number)
        expect(page.locator("li.comment")).to_have_count(left)
    expect(page.get_by_role("link", name="More comments")).to_have_count(0)
