"""On a paper's page curators say which tags it carries, and take their word back."""

from datetime import date

import pytest
from django.test import Client

from feeds.models import Feed, FeedMember, Paper, PaperTag, Tag, TagDenial
from feeds.tag_decisions import deny_tag
from feeds.tag_keeping import change_tag
from tests.factories import entry, put_in
from tests.web.document import Element, read

pytestmark = pytest.mark.django_db
PATH = "/papers/2604.00001"
TEXT = "A diffusion model, with quantization."


@pytest.fixture(autouse=True)
def paper(db) -> Paper:
    put_in(entry("On pictures", id="2604.00001", summary=TEXT))
    return Paper.objects.get()


@pytest.fixture
def ada(client, django_user_model):
    user = django_user_model.objects.create_user("ada@example.org", name="Ada")
    feed = Feed.objects.create(slug="daily", name="Daily")
    FeedMember.objects.create(feed=feed, user=user, role="curator")
    client.force_login(user)
    return user


def curate(client) -> Element:
    return read(client.get(PATH)).one("details", class_="curate")


def say(client, **given: str) -> Element:
    """The page after the words were sent as the page's forms send them."""
    return read(client.post("/desk/papers/2604.00001/tags", given, follow=True))


def topics(page: Element) -> list[str]:
    return [one.one("a").text for one in page.one("dl", class_="topics").all("dt")]


def test_a_curator_of_any_feed_takes_a_tag_off_and_undoes_it(client, ada) -> None:
    button = next(
        one for one in curate(client).all("button", name="deny") if "iffusion" in one.text
    )
    page = say(client, deny=button["value"])
    assert "diffusion models" not in topics(page)
    assert "from now on" in page.one("div", class_="messages").text
    put_in(entry("On pictures", id="2604.00001", summary=f"{TEXT} More."), day=date(2026, 4, 25))
    assert "diffusion models" not in topics(read(client.get(PATH)))
    undo = page.one("ul", class_="said").one("button", name="undo")
    page = say(client, undo=undo["value"])
    assert "diffusion models" in topics(page)
    assert not page.all("ul", class_="said")
    assert not TagDenial.objects.exists()


def test_a_curator_gives_a_tag_by_its_name_or_a_new_one(client, ada) -> None:
    known = [one["value"] for one in curate(client).one("datalist").all("option")]
    assert "quantization" in known
    assert "Robotics" in topics(say(client, give=" Robotics "))
    page = say(client, give="Worth a Tuesday")
    assert "Worth a Tuesday" in topics(page)
    assert "put there by Ada" in page.one("dl", class_="topics").texts("dd")
    said = page.one("ul", class_="said").texts("li")
    assert said[0].startswith("You gave it “Worth a Tuesday”.")
    assert len(said) == 2


def test_a_word_on_one_tag_is_taken_back_the_last_first(client, ada) -> None:
    say(client, give="quantization")
    page = say(client, deny="quantization")
    (undo,) = page.one("ul", class_="said").all("button", name="undo")
    page = say(client, undo=undo["value"])
    assert PaperTag.objects.get(tag__slug="quantization").tagger == "curator"
    (undo,) = page.one("ul", class_="said").all("button", name="undo")
    say(client, undo=undo["value"])
    assert PaperTag.objects.get(tag__slug="quantization").tagger == "keyword"


def test_what_another_curator_said_since_is_not_undone(client, ada, paper) -> None:
    page = say(client, give="Robotics")
    deny_tag(paper.pk, "robotics", by=None)
    undo = page.one("ul", class_="said").one("button", name="undo")
    page = say(client, undo=undo["value"])
    assert "Someone said otherwise of “Robotics” since." in page.one("div", class_="messages").text
    assert TagDenial.objects.exists()


@pytest.mark.parametrize("number", ["1", "99", "x", "9" * 5000])
def test_what_was_not_said_cannot_be_undone(client, ada, number) -> None:
    assert "no longer" in say(client, undo=number).one("div", class_="messages").text


def test_saying_the_same_twice_is_said_once(client, ada) -> None:
    for given in ({"give": "Robotics"}, {"deny": "diffusion"}):
        say(client, **given)
        page = say(client, **given)
        assert "already" in page.one("div", class_="messages").text
    assert len(page.one("ul", class_="said").all("li")) == 2


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"give": "…"}, "needs a letter"),
        ({"give": " "}, "needs a letter"),
        ({}, "needs a letter"),
        ({"deny": "never-heard-of"}, "No tag is called never-heard-of."),
        ({"deny": "a\0b" * 1000}, "No tag is called"),
    ],
)
def test_a_word_that_makes_no_tag_is_answered_in_place(client, ada, given, said) -> None:
    answer = client.post("/desk/papers/2604.00001/tags", given)
    part = read(answer).one("details", class_="curate")
    assert answer.status_code == 400
    assert said in part.one("p", class_="errors").text
    assert part.one("input", id="give")["value"] == given.get("give", "")
    assert "open" in part.attributes


def test_a_name_with_signs_that_no_one_sees_is_the_name(client, ada) -> None:
    say(client, give="Quant\0ization")
    assert PaperTag.objects.get(tagger="curator").tag.slug == "quantization"


def test_a_hidden_tag_is_said_to_be_hidden(client, ada) -> None:
    change_tag("quantization", name="Q", description="", kind="topic", hidden=True)
    page = say(client, give="q")
    assert "readers do not see it" in page.one("div", class_="messages").text
    assert "Q" not in topics(page)


def test_a_curators_mail_address_is_shown_to_nobody(client, ada) -> None:
    ada.name = ""
    ada.save()
    page = say(client, give="Robotics")
    assert "put there by a curator" in page.one("dl", class_="topics").texts("dd")


def test_readers_of_a_feed_and_others_find_no_word_of_it(client, ada) -> None:
    FeedMember.objects.update(role="reader")
    assert not read(client.get(PATH)).all("details", class_="curate")
    assert client.post("/desk/papers/2604.00001/tags", {"give": "Robotics"}).status_code == 404
    client.logout()
    answer = client.post("/desk/papers/2604.00001/tags", {"give": "Robotics"})
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/account/login/")
    assert not Tag.objects.filter(slug="robotics").exists()


def test_a_curator_of_a_feed_is_shown_what_they_may_do_and_no_more(client, ada) -> None:
    assert not curate(client).all("input", name="other")
    ada.is_staff = True
    ada.save()
    assert curate(client).one("input", name="other")


def test_a_form_of_another_site_says_nothing(ada) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ada)
    assert strict.post("/desk/papers/2604.00001/tags", {"give": "Robotics"}).status_code == 403
    assert strict.get("/desk/papers/2604.00001/tags").status_code == 405


def test_an_unknown_paper_is_not_there(client, ada) -> None:
    assert client.post("/desk/papers/nothing/tags", {"give": "Robotics"}).status_code == 404
