"""Who may do what with a feed: every role over every page and act of its desk."""

from collections.abc import Callable

import pytest
from django.test import Client

from feeds.models import DeskAct, Edition, Feed, FeedMember, Paper, PaperTag, Placing
from tests.factories import DAY, entry, put_in

pytestmark = pytest.mark.django_db
DESK = f"/desk/feeds/images/{DAY}"
PAGES = [
    "/desk/feeds/images",
    "/desk/feeds/images/settings",
    "/desk/feeds/images/delete",
    "/desk/feeds/images/order",
    "/desk/feeds/images/submissions",
    "/desk/feeds/images/2026-W17",
    DESK,
]
SETTINGS = {"name": "Pictures", "slug": "images", "most": 9, "minimum": 0, "visibility": "public"}
# What is sent for each act of a day; {paper} is the paper's id.
ACTS: dict[str, dict[str, str]] = {
    "place": {"place": "{paper}"},
    "place the chosen": {"place": "chosen", "chosen": "{paper}"},
    "drop": {"drop": "{paper}"},
    "clear": {"clear": "{paper}"},
    "pin": {"pin": "{paper}"},
    "unpin": {"unpin": "{paper}"},
    "up": {"up": "{paper}"},
    "down": {"down": "{paper}"},
    "tag": {"tag": "{paper}", "name": "slow reading"},
    "untag": {"untag": "{paper}:slow-reading"},
    "place another": {"other": "2604.00001"},
    "note": {"note": "1", "text": "A word."},
    "publish": {"publish": "1"},
    "undo": {"undo": "1"},
    "correct": {"correct": "1", "why": "A mistake.", "takes": "{paper}"},
}
OTHERS = {
    "settings": ("/desk/feeds/images/settings", SETTINGS),
    "tune": ("/desk/feeds/images/order", {"action": "keep", "hot_hours": 24}),
    "add a member": ("/desk/feeds/images/members", {"address": "c@example.org", "role": "reader"}),
    "remove a member": ("/desk/feeds/images/members", {"remove": "{member}"}),
    "delete": ("/desk/feeds/images/delete", {"name": "Images"}),
}
# What has nothing to act on here: tests/test_offering.py has.
SUBMITTED = ("/desk/feeds/images/submissions", {"accept": "1"})
OUTSIDERS = ["a stranger", "a reader", "a member", "a curator of another feed"]
INSIDERS = ["a curator", "staff"]


@pytest.fixture
def feed(db) -> Feed:
    put_in(entry(id="2604.00001"))
    return Feed.objects.create(slug="images", name="Images", visibility="private")


@pytest.fixture
def sign_in(feed: Feed, django_user_model) -> Callable[[str], Client]:
    """Gives the browser of someone of that role."""

    def as_role(role: str) -> Client:
        client = Client()
        if role == "a stranger":
            return client
        user = django_user_model.objects.create_user("ada@example.org", is_staff=role == "staff")
        if role == "a member":
            FeedMember.objects.create(feed=feed, user=user)
        if role == "a curator":
            FeedMember.objects.create(feed=feed, user=user, role="curator")
        if role == "a curator of another feed":
            other = Feed.objects.create(slug="other", name="Other")
            FeedMember.objects.create(feed=other, user=user, role="curator")
        client.force_login(user)
        return client

    return as_role


@pytest.mark.parametrize("role", OUTSIDERS)
@pytest.mark.parametrize("page", PAGES)
def test_a_desk_is_not_there_for_outsiders(role: str, page: str, sign_in) -> None:
    client = sign_in(role)
    here, nowhere = client.get(page), client.get(page.replace("images", "nothing"))
    assert here.status_code == nowhere.status_code == (302 if role == "a stranger" else 404)
    assert b"Images" not in here.content


@pytest.mark.parametrize("role", INSIDERS)
@pytest.mark.parametrize("page", PAGES)
def test_a_desk_is_there_for_its_curators_and_staff(role: str, page: str, sign_in) -> None:
    answer = sign_in(role).get(page, follow=True)
    assert answer.status_code == 200
    assert b"Images" in answer.content


@pytest.mark.parametrize("role", OUTSIDERS)
def test_no_act_is_taken_from_an_outsider(
    role: str, sign_in, feed: Feed, django_user_model
) -> None:
    client = sign_in(role)
    reader = django_user_model.objects.create_user("c@example.org")
    member = FeedMember.objects.create(feed=feed, user=reader)
    expected = 302 if role == "a stranger" else 404
    before = _all_of(feed)
    for fields in ACTS.values():
        assert client.post(DESK, _filled(fields)).status_code == expected
    for address, fields in (*OTHERS.values(), SUBMITTED):
        answer = client.post(address, _filled(fields, member.pk))
        assert answer.status_code == expected
    assert _all_of(feed) == before


@pytest.mark.parametrize("role", INSIDERS)
@pytest.mark.parametrize("act", ACTS)
def test_each_act_is_taken_from_curators_and_staff(act: str, role: str, sign_in) -> None:
    answer = sign_in(role).post(DESK, _filled(ACTS[act]))
    # There is nothing to correct in an edition that is open.
    assert answer.status_code == (409 if act == "correct" else 302)


@pytest.mark.parametrize("role", INSIDERS)
@pytest.mark.parametrize("act", OTHERS)
def test_settings_are_the_curators_and_staffs(
    act: str, role: str, sign_in, feed: Feed, django_user_model
) -> None:
    client = sign_in(role)
    reader = django_user_model.objects.create_user("c@example.org")
    member = FeedMember.objects.create(feed=feed, user=reader)
    before = _all_of(feed)
    address, fields = OTHERS[act]
    assert client.post(address, _filled(fields, member.pk)).status_code == 302
    assert act == "add a member" or _all_of(feed) != before


@pytest.mark.parametrize("role", [*OUTSIDERS[1:], "a curator"])
def test_only_staff_make_feeds(role: str, sign_in) -> None:
    client = sign_in(role)
    assert client.get("/desk/feeds/new").status_code == 404
    given = SETTINGS | {"slug": "more"}
    assert client.post("/desk/feeds/new", given).status_code == 404
    assert not Feed.objects.filter(slug="more").exists()


def test_a_list_of_feeds_is_there_for_those_who_curate_one(sign_in) -> None:
    assert Client().get("/desk/feeds")["Location"].startswith("/account/login/")
    assert sign_in("a member").get("/desk/feeds").status_code == 404


def test_curators_see_their_own_feeds_alone(sign_in) -> None:
    page = sign_in("a curator of another feed").get("/desk/feeds").content
    assert b"/desk/feeds/other" in page
    assert b"images" not in page


def test_the_way_to_the_desk_is_shown_to_curators_alone(sign_in, feed: Feed) -> None:
    client = sign_in("a curator")
    assert b"/desk/feeds/images" in client.get("/feeds").content
    assert DESK.encode() in client.get(f"/f/images/{DAY}").content
    Feed.objects.update(visibility="public")
    assert b"/desk" not in Client().get("/feeds").content + Client().get("/f/images").content


def test_a_form_of_another_site_does_nothing(feed: Feed, django_user_model) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(django_user_model.objects.create_user("s@example.org", is_staff=True))
    assert strict.post(DESK, _filled(ACTS["place"])).status_code == 403
    assert not Placing.objects.exists()


def _filled(fields: dict[str, str], member: int = 0) -> dict[str, str]:
    paper = Paper.objects.get(key="2604.00001").pk
    return {k: str(v).format(paper=paper, member=member) for k, v in fields.items()}


def _all_of(feed: Feed) -> list[object]:
    """Everything that a desk can change."""
    return [
        list(Feed.objects.order_by("id").values()),
        list(FeedMember.objects.order_by("id").values()),
        list(Placing.objects.values()),
        list(Edition.objects.values()),
        list(DeskAct.objects.values()),
        list(PaperTag.objects.filter(tagger="curator").values()),
    ]
