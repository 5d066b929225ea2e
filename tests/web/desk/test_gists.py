"""Curators write a paper's gist, on its page and at the desk; it outlives digests and joinings."""

from datetime import date

import pytest
from django.utils import timezone

from feeds import joining
from feeds.gist_words import propose_gist
from feeds.models import Feed, FeedMember, Paper
from tests.factories import DAY, entry, put_in
from tests.web.document import read

pytestmark = pytest.mark.django_db
PATH = "/papers/2604.00001"
OWN = "We introduce Pebble, a sorter of stones."
WRITTEN = "Tells stones apart by the sound of their fall."


@pytest.fixture(autouse=True)
def paper(db) -> Paper:
    put_in(entry("Pebble", id="2604.00001", summary=f"Stones fall. {OWN}"))
    return Paper.objects.get()


@pytest.fixture
def ada(client, django_user_model):
    user = django_user_model.objects.create_user("ada@example.org", name="Ada")
    feed = Feed.objects.create(slug="daily", name="Daily")
    FeedMember.objects.create(feed=feed, user=user, role="curator")
    client.force_login(user)
    return user


def gist(client) -> dict[str, str]:
    """As the API tells it, which every other output follows."""
    return client.get("/api/v1/papers/2604.00001").json()["gist"]


def send(client, **given: str):
    return read(client.post("/desk/papers/2604.00001/gist", given, follow=True))


def by_curators(text: str) -> dict[str, str]:
    return {"text": text, "by": "curators"}


def test_without_curators_it_is_the_digests_or_else_the_abstracts(client) -> None:
    assert gist(client) == {"text": OWN, "by": "abstract"}
    put_in(
        entry("Pebble", id="2604.00001", summary=f"Stones fall. {OWN}", ai_summary="A digest's."),
        day=date(2026, 4, 25),
    )
    assert gist(client) == {"text": "A digest's.", "by": "digest"}


def test_what_a_curator_writes_holds_whatever_digests_say_later(client, ada) -> None:
    page = send(client, gist=f"  {WRITTEN}\n")
    assert page.one("p", class_="gist").text == f"{WRITTEN} by the curators"
    put_in(
        entry("Pebble", id="2604.00001", summary="All new.", ai_summary="All new."),
        day=date(2026, 4, 25),
    )
    assert gist(client) == by_curators(WRITTEN)
    assert WRITTEN in client.get("/date/2026-04-25").content.decode()


def test_each_word_is_taken_back_on_its_own(client, ada) -> None:
    send(client, gist="First.")
    page = send(client, gist="Second.")
    word = page.one("form", class_="gisting").one("button", name="undo")["value"]
    send(client, undo=word)
    assert gist(client) == by_curators("First.")
    page = send(client, undo=word)
    assert "Nothing was undone" in page.one("div", class_="messages").text
    assert gist(client) == by_curators("First.")


def test_nothing_written_leaves_it_to_the_abstract(client, ada) -> None:
    send(client, gist=WRITTEN)
    send(client, gist="  ")
    assert gist(client) == {"text": OWN, "by": "abstract"}


def test_one_that_is_too_long_is_refused_with_the_reason(client, ada) -> None:
    page = send(client, gist="x" * 301)
    assert "this has 301" in page.one("div", class_="messages").text
    assert gist(client)["by"] == "abstract"


@pytest.mark.parametrize("signed_in", [True, False])
def test_who_curates_nothing_writes_none(client, django_user_model, signed_in) -> None:
    if signed_in:
        client.force_login(django_user_model.objects.create_user("ben@example.org"))
    answer = client.post("/desk/papers/2604.00001/gist", {"gist": WRITTEN})
    assert answer.status_code == (404 if signed_in else 302)
    assert gist(client)["by"] == "abstract"


def test_at_the_desk_it_is_an_act_that_can_be_undone(client, ada, paper) -> None:
    desk = f"/desk/feeds/daily/{DAY}"
    shown = client.get(desk).content.decode()
    assert f'name="gist" value="{paper.id}"' in shown
    client.post(desk, {"gist": paper.id, "words": WRITTEN})
    assert gist(client) == by_curators(WRITTEN)
    answer = client.post(desk, {"undo": "1"}, follow=True)
    assert "Undone: the gist." in answer.content.decode()
    assert gist(client)["by"] == "abstract"


def test_a_later_word_keeps_the_desk_from_undoing_an_earlier_one(client, ada, paper) -> None:
    desk = f"/desk/feeds/daily/{DAY}"
    client.post(desk, {"gist": paper.id, "words": "First."})
    send(client, gist="Second.")
    answer = client.post(desk, {"undo": "1"}, follow=True)
    assert "Someone changed the same since" in answer.content.decode()
    assert gist(client) == by_curators("Second.")


def test_a_proposal_says_that_it_is_one_until_a_curator_accepts_it(client, ada, paper) -> None:
    assert propose_gist(paper.id, "Proposed.", model="small-1", now=timezone.now())
    assert gist(client) == {"text": "Proposed.", "by": "model"}
    assert "Proposed. proposed by a model" in read(client.get("/")).one("p", class_="gist").text
    for output in ("/feed.rss", "/feed.atom", "/feed.json", "/papers/2604.00001"):
        assert "Proposed. (proposed by a model)" in client.get(output).content.decode()
    send(client, accept="1")
    assert gist(client) == by_curators("Proposed.")
    assert "proposed by a model" not in client.get("/feed.rss").content.decode()
    assert not propose_gist(paper.id, "Another.", model="small-1", now=timezone.now())
    assert gist(client) == by_curators("Proposed.")


def test_a_digests_gist_goes_before_a_proposal(client, paper) -> None:
    propose_gist(paper.id, "Proposed.", model="small-1", now=timezone.now())
    put_in(entry("Pebble", id="2604.00001", ai_summary="A digest's."), day=date(2026, 4, 25))
    assert gist(client) == {"text": "A digest's.", "by": "digest"}


def test_a_joined_paper_brings_its_gist_and_takes_it_along(client, ada, paper) -> None:
    put_in(entry("Pebbles", id="2604.00002"))
    other = Paper.objects.get(arxiv_id="2604.00002")
    client.post("/desk/papers/2604.00002/gist", {"gist": WRITTEN})
    now = timezone.now()
    joined = joining.join(paper.id, other.id, by=ada.pk, why="", now=now)
    assert gist(client) == by_curators(WRITTEN)
    joining.undo(joined.pk, by=ada.pk, now=now)
    assert gist(client) == {"text": OWN, "by": "abstract"}
    assert client.get("/api/v1/papers/2604.00002").json()["gist"] == by_curators(WRITTEN)


def test_what_curators_wrote_of_a_joined_paper_stays_when_it_is_parted(client, ada, paper) -> None:
    put_in(entry("Pebbles", id="2604.00002"))
    other = Paper.objects.get(arxiv_id="2604.00002")
    joined = joining.join(paper.id, other.id, by=ada.pk, why="", now=timezone.now())
    send(client, gist=WRITTEN)
    joining.undo(joined.pk, by=ada.pk, now=timezone.now())
    assert gist(client) == by_curators(WRITTEN)
