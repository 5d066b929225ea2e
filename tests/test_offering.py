"""A feed's curators place what readers submitted into their own feed, and decline for nobody."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from feeds import deciding, reading, submitting
from feeds.acts import Desk
from feeds.deciding import CannotDecide
from feeds.models import Feed, FeedMember, Paper, Placing, Submission, Tag
from feeds.named import feed_view
from feeds.offering import waiting_for
from feeds.placing import place, publish
from tests.archives import open_archives, work
from tests.factories import entry, put_in
from tests.sources.conftest import NOW, ask, slept
from tests.web.document import read

__all__ = ["ask", "slept"]
pytestmark = pytest.mark.django_db
FEED = "/desk/feeds/images"


@pytest.fixture
def person(django_user_model) -> Callable[[str], int]:
    def of(name: str) -> int:
        address = f"{name.lower()}@example.org"
        found = django_user_model.objects.filter(email=address).first()
        return (found or django_user_model.objects.create_user(address, name=name)).pk

    return of


def waits(by: int, name: str, **fields: object) -> Submission:
    told = {"title": "Lamps", "abstract": "We study lamps.", "authors": ["Ada Writer"]} | fields
    return Submission.objects.create(
        made_by_id=by, made_at=NOW, given=name, name=f"arxiv:{name}", state="waiting", **told
    )


def feed(query: str = "", **fields: object) -> Feed:
    return Feed.objects.create(**{"slug": "images", "name": "Images", "query": query} | fields)


def offered(query: str) -> list[str]:
    rows = waiting_for(feed_view(Feed(slug="x", name="x", query=query)))
    return [row.given for row in rows]


def test_a_feed_is_offered_what_it_asks_for_as_far_as_is_known(person) -> None:
    put_in(entry(summary="A diffusion model, a survey.", ai_keywords=["optics"]))
    ada = person("Ada")
    waits(ada, "2604.00001", abstract="A diffusion model for images.")
    waits(ada, "2604.00002")
    Submission.objects.create(made_by_id=ada, made_at=NOW, given="x", name="x", state="ready")
    Tag.objects.create(slug="cs-cv", name="Vision", kind="category")
    assert offered("") == ["2604.00001", "2604.00002"]
    assert offered("tag=diffusion") == ["2604.00001"]
    assert offered("tag=-diffusion") == ["2604.00002"]
    assert offered("tag=optics") == []
    assert offered("q=lamps") == ["2604.00001", "2604.00002"]
    assert offered("q=images") == ["2604.00001"]
    assert offered("author=ada+writer&tag=diffusion") == ["2604.00001"]
    assert offered("author=ben+writer") == []
    # What nobody knows of it yet is held against none.
    assert offered("tag=cs-cv&has=code") == ["2604.00001", "2604.00002"]
    assert offered("source=daily") == []
    assert len(offered("source=daily&source=submissions")) == 2


def test_a_tag_that_was_merged_is_asked_for_by_either_name(person) -> None:
    put_in(entry(summary="A diffusion model."))
    now = Tag.objects.create(slug="diffusing", name="Diffusing", kind="topic")
    Tag.objects.filter(slug="diffusion").update(merged_into=now)
    waits(person("Ada"), "2604.00001", abstract="A diffusion model for images.")
    assert offered("tag=diffusion") == offered("tag=diffusing") == ["2604.00001"]


# ---- At the desk ----


@pytest.fixture
def curator(person, django_user_model) -> Client:
    """The browser of one who curates the feed and is no member of the staff."""
    FeedMember.objects.create(
        feed=feed("tag=diffusion", reviewed=True), user_id=person("Cy"), role="curator"
    )
    client = Client()
    client.force_login(django_user_model.objects.get(email="cy@example.org"))
    return client


@pytest.fixture
def lanterns(person, ask, site, settings) -> Submission:
    """One that was fetched and sent, and whose text is of diffusion."""
    open_archives(site, settings)
    made, _ = submitting.submit("2604.00123", person("Ada"), NOW)
    work(ask)
    submitting.send(made, person("Ada"), "It is short.")
    Submission.objects.update(abstract="A diffusion model for images.")
    return Submission.objects.get()


def test_a_curator_places_a_submission_into_their_feed_and_takes_it_back(
    curator: Client, lanterns: Submission
) -> None:
    page = read(curator.get(f"{FEED}/submissions")).one("main")
    assert "Given by Ada" in page.text
    assert {button.get("name") for button in page.all("button")} == {"accept"}
    told = read(curator.post(f"{FEED}/submissions", {"accept": lanterns.pk}, follow=True))
    assert "in today’s edition of Images" in told.text
    placed = Placing.objects.get()
    assert (placed.feed.slug, placed.verdict) == ("images", "placed")
    paper = reading.paper("2604.00123")
    assert paper is not None
    lanterns.refresh_from_db()
    assert lanterns.state == "accepted"
    curator.post(f"{FEED}/submissions", {"undo": lanterns.pk})
    lanterns.refresh_from_db()
    assert lanterns.state == "waiting"
    assert not Paper.objects.visible().exists()


def test_a_curator_places_nothing_that_their_feed_does_not_ask_for(
    curator: Client, lanterns: Submission
) -> None:
    Feed.objects.update(query="tag=-diffusion")
    assert "Nothing waits for it." in read(curator.get(f"{FEED}/submissions")).text
    answer = curator.post(f"{FEED}/submissions", {"accept": lanterns.pk})
    assert answer.status_code == 409
    assert "It does not wait for this feed any more." in answer.content.decode()
    assert not Placing.objects.exists()


def test_a_curator_declines_for_nobody_and_decides_in_no_other_queue(
    curator: Client, lanterns: Submission
) -> None:
    given = {"action": "decline", "reason": "No."}
    assert curator.post(f"{FEED}/submissions", given).status_code == 404
    assert curator.post(f"/desk/submissions/{lanterns.pk}", given).status_code == 404
    assert curator.get("/desk/submissions").status_code == 404
    lanterns.refresh_from_db()
    assert lanterns.state == "waiting"


def test_what_another_accepted_is_not_taken_back(
    curator: Client, lanterns: Submission, person
) -> None:
    deciding.accept(lanterns.pk, person("Di"), NOW)
    answer = curator.post(f"{FEED}/submissions", {"undo": lanterns.pk})
    assert "Only what you accepted yourself" in answer.content.decode()
    assert Paper.objects.visible().exists()


def test_an_outsider_places_nothing_whatever_asks(curator: Client, lanterns, person) -> None:
    view = feed_view(Feed.objects.get())
    with pytest.raises(CannotDecide, match="Only the feed’s curators"):
        deciding.accept_into(lanterns.pk, view, person("Eve"), NOW)
    with pytest.raises(CannotDecide, match="Only the feed’s curators"):
        deciding.undo_own(lanterns.pk, view, person("Eve"), NOW)


def test_a_day_that_is_closed_takes_no_submission(curator: Client, lanterns, person) -> None:
    now = timezone.now()
    view = feed_view(Feed.objects.get())
    put_in(entry(), day=now.date())
    desk = Desk(view, now.date(), person("Cy"))
    place(desk, [Paper.objects.get().pk], now)
    publish(desk, now)
    answer = curator.post(f"{FEED}/submissions", {"accept": lanterns.pk})
    assert answer.status_code == 409
    assert "only a correction changes it" in answer.content.decode()
    lanterns.refresh_from_db()
    assert lanterns.state == "waiting"
