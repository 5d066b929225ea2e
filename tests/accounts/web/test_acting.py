"""Votes and saves from a mail: the link shows a page, the button on it acts."""

import re

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from accounts import addresses, delivery, ringing, tokens
from accounts.models import Delivery, Subscription, User
from feeds.models import CollectionEntry, Paper, Vote
from tests.accounts.conftest import NOON
from tests.accounts.smtp import html_of
from tests.factories import entry, put_in
from tests.people import somebody
from tests.web.document import read

pytestmark = pytest.mark.django_db
ADDRESS = "ada@readers.example"


@pytest.fixture
def order() -> Subscription:
    put_in(entry("Bees", id="2604.00001"))
    return Subscription.objects.create(email=ADDRESS, confirmed_at=timezone.now())


@pytest.fixture
def ada(order) -> User:
    person = User.objects.get(pk=somebody())
    EmailAddress.objects.create(user=person, email="Ada@readers.example", verified=True)
    return person


def path(order: Subscription, key: str = "2604.00001") -> str:
    return "/" + addresses.act_address(order).split("/", 3)[3] + key


def press(order: Subscription, act: str):
    return Client(enforce_csrf_checks=True).post(path(order), {"act": act})


def test_looking_changes_nothing(order, ada) -> None:
    for look in (Client().get, Client().head):
        assert look(path(order)).status_code == 200
    assert not Vote.objects.exists()
    assert not CollectionEntry.objects.exists()


def test_a_vote_is_given_and_taken_back_without_a_cookie(order, ada) -> None:
    assert "You voted for it." in press(order, "vote").text
    assert Vote.objects.get().user_id == ada.pk
    assert "You voted" not in press(order, "vote").text
    assert Vote.objects.count() == 1
    assert "Your vote is taken back." in press(order, "unvote").text
    assert not Vote.objects.exists()


def test_a_paper_is_saved_and_no_longer(order, ada) -> None:
    assert "Saved" in press(order, "save").text
    assert CollectionEntry.objects.get().collection.owner_id == ada.pk
    assert "no longer saved" in press(order, "unsave").text
    assert not CollectionEntry.objects.exists()


def test_who_has_no_account_is_told_how_to_get_one(order) -> None:
    page = read(Client().get(path(order)))
    assert page.link("sign in") == "/account/login/?next=/papers/2604.00001"
    assert not page.all("button", name="act")
    assert press(order, "vote").status_code == 200
    assert not Vote.objects.exists()


def test_an_address_that_nobody_proved_is_nobodys(order) -> None:
    EmailAddress.objects.create(user_id=somebody(), email=ADDRESS, verified=False)
    press(order, "vote")
    assert not Vote.objects.exists()


def test_a_closed_account_does_nothing(order, ada) -> None:
    User.objects.filter(pk=ada.pk).update(is_active=False)
    press(order, "vote")
    assert not Vote.objects.exists()


def test_only_a_whole_link_made_for_this_opens_the_page(order, ada) -> None:
    other = "/mail/act/" + tokens.write("manage", order) + "/2604.00001"
    for wrong in (path(order)[:-12] + "x/2604.00001", other, path(order, "2604.99999")):
        assert Client().get(wrong).status_code == 404
        assert Client().post(wrong, {"act": "vote"}).status_code == 404
    assert not Vote.objects.exists()


def test_a_dropped_paper_is_not_acted_on(order, ada) -> None:
    Paper.objects.update(dropped_at=timezone.now())
    assert press(order, "save").status_code == 404
    assert not CollectionEntry.objects.exists()


def test_the_page_is_in_no_index_and_no_cache(order, ada) -> None:
    answer = Client().get(path(order))
    assert "noindex" in answer["X-Robots-Tag"]
    assert "no-store" in answer["Cache-Control"]
    assert ADDRESS not in answer.text


def test_the_mail_leads_there_from_each_paper(sink, reads, ada) -> None:
    with time_machine.travel(NOON):
        reads(ADDRESS)
        ringing.open_due(NOON)
        delivery.send(list(Delivery.objects.values_list("id", flat=True)))
    page = html_of(sink.sent[0])
    links = re.findall(r'href="http://127.0.0.1:8000(/mail/act/[^"]+)"', page)
    assert len(links) == 2
    assert "own-" not in page
    Client().post(links[0], {"act": "vote"})
    assert Vote.objects.get().paper.arxiv_id == "2604.00001"
