"""Following and hiding on pages: each one's own, taken back with one click, scripts or not."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from feeds.models import Follow, HiddenTag
from feeds.tag_keeping import merge_tags
from tests.factories import entry, put_in
from tests.web.document import Element, read

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 24, 12, tzinfo=UTC)
FOLLOWING = "/following"


@pytest.fixture(autouse=True)
def _papers(db) -> None:
    put_in(
        entry("Heat", id="2604.00001", summary="A diffusion model.", upvotes=9),
        entry("Bits", id="2604.00002", summary="Quantization.", authors=["Ada Author"]),
    )
    put_in(entry("Bees", id="2604.00003", authors=["Ben Writer"]), day=date(2026, 4, 22))


@pytest.fixture
def ada(as_person) -> Client:
    return as_person("Ada")


def titles(answer) -> list[str]:
    return [one.one("h2").text for one in read(answer).all("li", class_="paper")]


def press(client: Client, page: str, label: str) -> Element:
    """Presses the button of that label on the page, as a browser without scripts does."""
    there = read(client.get(page))
    button = next(one for one in there.all("button") if one.text == label)
    given = {button["name"]: button["value"], "next": page}
    return read(client.post(button["formaction"], given, follow=True))


def test_a_tag_an_author_and_any_list_are_followed_from_their_pages(ada) -> None:
    said = press(ada, "/t/diffusion", "follow diffusion models")
    assert said.one("div", class_="messages").text == "You follow diffusion models."
    assert said.one("h1").text == "Diffusion models"
    press(ada, "/?author=Ada+Author", "follow by Ada Author")
    press(ada, "/?q=subject&source=upload", "follow “subject”, from upload")
    page = read(ada.get(FOLLOWING))
    assert page.one("h1").text == "What you follow"
    assert titles(ada.get(FOLLOWING)) == ["Heat", "Bits", "Bees"]
    kept = page.one("details", class_="followed")
    assert [one.text for one in kept.all("a")] == [
        "diffusion models", "by Ada Author", "“subject”, from upload",
    ]  # fmt: skip
    assert kept.link("diffusion models") == "/t/diffusion"
    button = next(
        one for one in read(ada.get("/t/diffusion")).all("button") if one.text.startswith("follow")
    )
    assert (button["aria-pressed"], button["name"]) == ("true", "unfollow")


def test_a_papers_topics_are_followed_from_its_page(ada) -> None:
    there = press(ada, "/papers/2604.00001", "follow diffusion models")
    assert there.one("h1").text == "Heat"
    merge_tags("diffusion", "quantization")
    page = read(ada.get("/papers/2604.00001")).one("dl", class_="topics")
    (button,) = page.all("button")
    assert (button["name"], button["aria-pressed"]) == ("unfollow", "true")
    press(ada, "/papers/2604.00001", "follow quantization")
    assert not Follow.objects.exists()


def test_unfollowing_is_taken_back_with_one_click(ada) -> None:
    press(ada, "/t/diffusion", "follow diffusion models")
    left = press(ada, FOLLOWING, "Unfollow diffusion models")
    assert "You no longer follow diffusion models." in left.text
    assert titles(ada.get(FOLLOWING)) == []
    ada.post(FOLLOWING, {"follow": "tag=diffusion", "next": FOLLOWING})
    ada.post(FOLLOWING, {"unfollow": "tag=diffusion", "next": FOLLOWING})
    undone = press(ada, FOLLOWING, "Undo")
    assert "You follow diffusion models." in undone.text
    assert titles(ada.get(FOLLOWING)) == ["Heat"]
    assert "Undo" not in ada.get(FOLLOWING).content.decode()


def test_a_hidden_tag_leaves_ones_lists_and_comes_back(ada) -> None:
    press(ada, "/t/diffusion", "follow diffusion models")
    page = press(ada, "/t/diffusion", "hide diffusion models")
    assert "leave out papers on diffusion models" in page.one("div", class_="messages").text
    assert "Your other lists leave its papers out." in page.text
    assert titles(ada.get("/t/diffusion")) == ["Heat"]
    assert titles(ada.get("/")) == ["Bits"]
    assert titles(Client().get("/")) == ["Heat", "Bits"]
    assert not Follow.objects.exists()
    shown = press(ada, FOLLOWING, "Show again diffusion models")
    assert "bring papers on diffusion models again" in shown.text
    ada.post(FOLLOWING, {"show": "diffusion", "next": FOLLOWING})
    press(ada, FOLLOWING, "Undo")
    assert HiddenTag.objects.count() == 1
    press(ada, "/t/diffusion", "hide diffusion models")
    assert titles(ada.get("/")) == ["Heat", "Bits"]


def test_an_undo_brings_back_what_the_other_word_had_replaced(ada) -> None:
    ada.post(FOLLOWING, {"follow": "tag=diffusion"})
    ada.post(FOLLOWING, {"hide": "diffusion", "next": FOLLOWING})
    press(ada, FOLLOWING, "Undo")
    assert (Follow.objects.count(), HiddenTag.objects.count()) == (1, 0)
    ada.post(FOLLOWING, {"hide": "diffusion"})
    ada.post(FOLLOWING, {"follow": "tag=diffusion", "next": FOLLOWING})
    press(ada, FOLLOWING, "Undo")
    assert (Follow.objects.count(), HiddenTag.objects.count()) == (0, 1)


def test_who_follows_nothing_is_told_what_to_do_and_offered_the_latest_topics(ada) -> None:
    page = read(ada.get(FOLLOWING))
    assert "You follow nothing yet." in page.text
    press(ada, FOLLOWING, "Follow diffusion models +")
    assert titles(ada.get(FOLLOWING)) == ["Heat"]


def test_a_list_of_all_papers_is_not_followed(ada) -> None:
    for path in ("/", "/trending", "/week/2026-W17", FOLLOWING):
        labels = [one.text for one in read(ada.get(path)).all("button")]
        assert not [one for one in labels if one.startswith("follow ")], path


def test_what_cannot_be_followed_is_said(ada) -> None:
    for given, says in [
        ({"follow": "tag=nothing-such"}, "No tag is called nothing-such."),
        ({"follow": "period=never"}, "period is"),
        ({"hide": "\0"}, "no text"),
        ({"show": "\0"}, "No tag is called"),
        ({"hide": "x&tag=diffusion"}, "No tag is called x&tag=diffusion."),
        ({"follow": ""}, "That is every paper."),
    ]:
        answer = ada.post(FOLLOWING, given | {"next": "/t/diffusion"}, follow=True)
        assert says in read(answer).one("div", class_="messages").text
    assert ada.post(FOLLOWING, {"burn": "x"}).status_code == 404
    assert not Follow.objects.exists()


def test_a_stranger_who_follows_is_asked_to_sign_in_and_comes_back() -> None:
    answer = Client().post(FOLLOWING, {"follow": "tag=diffusion", "next": "/t/diffusion"})
    assert answer["Location"] == "/account/login/?next=/t/diffusion"
    assert Client().get(FOLLOWING)["Location"] == "/account/login/?next=/following"
    assert [one.text for one in read(Client().get("/t/diffusion")).all("button")].count(
        "follow diffusion models"
    )
    assert not Follow.objects.exists()


def test_the_pages_of_what_one_follows_lead_to_each_other(ada) -> None:
    ada.post(FOLLOWING, {"follow": "source=upload"})
    page = read(ada.get(FOLLOWING)).one("aside", class_="rail")
    assert page.link("newest") == "/following?sort=new"
    assert page.link("diffusion models") == "/following?tag=diffusion"
    assert page.link("JSON") == "/api/v1/papers?in=following"
    assert "feed.rss?in=following" not in ada.get(FOLLOWING).content.decode()
    assert read(ada.get("/following?sort=new&tag=diffusion")).one("h1").text.startswith("What you")
    day = ada.get("/?in=following&period=day")
    assert titles(day) == ["Heat", "Bits"]


# Who may read what one follows: the status for a stranger and for its owner.
OUTPUTS = [
    ("/following", 302, 200),
    ("/?in=following", 404, 200),
    ("/date/2026-04-24?in=following", 404, 200),
    ("/api/v1/papers?in=following", 404, 200),
    ("/api/v1/facets?in=following", 404, 200),
    ("/feed.rss?in=following", 404, 404),
    ("/feed.atom?in=following", 404, 404),
    ("/feed.json?in=following", 404, 404),
]


@pytest.mark.parametrize("case", OUTPUTS, ids=lambda case: case[0])
def test_what_one_follows_is_at_no_output_to_others(as_person, ada, case) -> None:
    path, stranger, owner = case
    ada.post(FOLLOWING, {"follow": "tag=diffusion"})
    ben = as_person("Ben")
    answers = [client.get(path) for client in (Client(), ada, ben)]
    assert [one.status_code for one in answers] == [stranger, owner, owner]
    for answer, knows in ((answers[1], True), (answers[2], False)):
        if owner == 200:
            told = answer.content.decode().partition('<aside class="side"')[0]
            assert ("2604.00001" in told or '"slug":"diffusion"' in told) is knows


def test_what_is_like_a_paper_is_followed_from_its_page_and_taken_back(ada) -> None:
    put_in(entry("Heat again", id="2604.00004", summary="A diffusion model of heat."))
    label = "follow what is like this"
    said = press(ada, "/papers/2604.00001", label)
    assert said.one("div", class_="messages").text == "You follow like “Heat”."
    assert said.one("h1").text == "Heat"
    pressed = next(one for one in said.all("button") if one.text == label)
    assert pressed["aria-pressed"] == "true"
    assert "Heat again" in titles(ada.get(FOLLOWING))
    kept = read(ada.get(FOLLOWING)).one("details", class_="followed")
    assert kept.link("like “Heat”") == "/?similar=2604.00001"
    there = ada.get("/?similar=2604.00001").content.decode()
    assert 'name="query" value="similar=2604.00001"' in there  # it is ordered by mail there
    assert "Heat again" in ada.get("/feed.rss?similar=2604.00001").content.decode()
    press(ada, "/papers/2604.00001", label)
    assert not Follow.objects.exists()
    assert label in read(Client().get("/papers/2604.00001")).text
