"""A mail on the web: the page behind the link in it."""

import re

import pytest
import time_machine
from django.test import Client

from accounts import delivery, ringing
from accounts.models import Delivery
from feeds.models import Paper
from tests.accounts.conftest import NOON
from tests.accounts.smtp import html_of, text_of
from tests.factories import entry, put_in
from tests.web.document import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(sink, reads) -> str:
    """The page of a mail with the two papers that stood highest; then another climbs over them."""
    put_in(entry("Bees", upvotes=9), entry("Ants", upvotes=5), entry("Flies", upvotes=1))
    with time_machine.travel(NOON):
        reads(most=2)
        ringing.open_due(NOON)
        delivery.send(list(Delivery.objects.values_list("id", flat=True)))
    put_in(entry("Wasps", upvotes=99))
    (link,) = {
        *re.findall(r"http://127.0.0.1:8000(/mail/(?!act/)[\w.-]+)", html_of(sink.sent[0])),
        *re.findall(r"http://127.0.0.1:8000(/mail/(?!act/)[\w.-]+)", text_of(sink.sent[0])),
    }
    return link


def test_it_shows_exactly_what_the_mail_held(path) -> None:
    main = read(Client().get(path)).one("main")
    assert main.one("ol").texts("h2") == ["Bees", "Ants"]
    assert main.link("The whole edition") == "/date/2026-04-24"


def test_it_tells_nothing_of_the_reader_and_is_kept_by_nobody(path) -> None:
    answer = Client().get(path)
    assert "reader@example.org" not in answer.text
    assert "/subscriptions/" not in answer.text
    assert "noindex" in answer["X-Robots-Tag"]
    assert "no-store" in answer["Cache-Control"]


def test_a_paper_that_was_dropped_since_is_not_shown(path) -> None:
    Paper.objects.filter(title="Bees").update(dropped_at=NOON)
    assert read(Client().get(path)).one("main").one("ol").texts("h2") == ["Ants"]


@pytest.mark.parametrize("end", ["x", "AAAAAAAAAAE.AAAA", "%00"])
def test_a_link_that_is_not_ours_shows_nothing(path, end) -> None:
    assert Client().get(f"/mail/{end}").status_code == 404
    assert Client().get(path[:-3]).status_code == 404
    assert Client().post(path).status_code == 405
