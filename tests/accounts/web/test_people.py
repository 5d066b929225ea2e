"""The page on which admins look after accounts."""

import pytest
from django.test import Client

from accounts.models import User
from feeds.models import Feed, FeedMember
from tests.people import somebody
from tests.web.document import read

pytestmark = pytest.mark.django_db
PAGE = "/desk/people"


@pytest.fixture
def admin(client, django_user_model) -> Client:
    person = somebody("Adminah", is_staff=True, is_superuser=True)
    client.force_login(django_user_model.objects.get(pk=person))
    return client


@pytest.fixture
def ada(admin) -> User:
    return User.objects.get(pk=somebody("Ada One"))


@pytest.mark.parametrize("words", ["Ada", "ada one", "ada-one", "ADA O", "{email}", "{start}"])
def test_an_account_is_found_by_its_name_and_its_address(admin, ada, words) -> None:
    words = words.format(email=ada.email.upper(), start=ada.email[:8])
    page = read(admin.get(PAGE, {"q": words}))
    assert ada.email in page.one(id=f"found-{ada.pk}").text


@pytest.mark.parametrize("words", ["nobody", "one", "%", "\0 nobody", "a" * 300])
def test_nobody_is_found_by_other_words(admin, ada, words) -> None:
    page = admin.get(PAGE, {"q": words})
    assert "Nobody has signed in" in read(page).one("main").text
    assert f'id="found-{ada.pk}"' not in page.text


def test_a_role_is_given_and_taken_with_a_record(admin, ada) -> None:
    place = f"{PAGE}/{ada.pk}"
    page = read(admin.post(place, {"give": "moderator"}, follow=True))
    assert "Ada One became a moderator" in page.one("main").text
    assert "Moderator." in page.one(id=f"role-{ada.pk}").text
    page = read(admin.post(place, {"take": "moderator", "q": "Ada"}, follow=True))
    assert "Ada One is no longer a moderator" in page.one("main").text
    assert "by Adminah" in page.one("main").text
    assert page.one(id=f"found-{ada.pk}")


def test_an_account_is_closed_and_opened_again(admin, ada) -> None:
    for act, active in (("close", False), ("reopen", True)):
        admin.post(f"{PAGE}/{ada.pk}", {act: "1"})
        ada.refresh_from_db()
        assert ada.is_active is active


def test_a_last_admin_is_told_why_they_stay_one(admin) -> None:
    me = User.objects.get(is_superuser=True)
    answer = admin.post(f"{PAGE}/{me.pk}", {"take": "admin"})
    assert answer.status_code == 409
    assert "the last admin" in read(answer).one(id=f"role-{me.pk}").text


def test_a_feeds_curators_are_told(admin, ada) -> None:
    feed = Feed.objects.create(slug="images", name="Images")
    FeedMember.objects.create(feed=feed, user=ada, role="curator")
    page = read(admin.get(PAGE, {"q": "ada"}))
    assert "Curates Images." in page.one(id=f"found-{ada.pk}").text


@pytest.mark.parametrize(
    ("fields", "leads"),
    [
        ({"is_moderator": True}, "/desk/reports"),
        ({"is_staff": True}, "/desk/digests"),
        ({"is_staff": True, "is_superuser": True}, "/desk/digests"),
    ],
)
def test_each_role_finds_its_part_of_the_desk(client, fields, leads) -> None:
    client.force_login(User.objects.get(pk=somebody(**fields)))
    assert b'href="/desk"' in client.get("/").content
    page = client.get("/desk", follow=True)
    assert page.redirect_chain == [(leads, 302)]
    hrefs = {link["href"] for link in read(page).one("nav", class_="desk-nav").all("a")}
    assert ("/desk/reports" in hrefs) is bool(fields.keys() & {"is_moderator", "is_superuser"})
    assert (PAGE in hrefs) is ("is_superuser" in fields)
    assert ("/desk/digests" in hrefs) is ("is_staff" in fields)
