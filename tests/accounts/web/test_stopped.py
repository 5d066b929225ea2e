"""Why no mail comes: told to the address's owner, who can let it come again; never silently."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts import suppressing, tokens
from accounts.models import Suppression
from tests.accounts.web.conftest import ADDRESS, link_in

pytestmark = pytest.mark.django_db


def stop(cause: str, detail: str = "550 5.1.1 no such reader") -> None:
    suppressing.suppress(ADDRESS, cause, detail, timezone.now())


def standing() -> bool:
    return Suppression.objects.standing().exists()


@pytest.fixture
def page(confirmed) -> str:
    return f"/subscriptions/{tokens.write('manage', confirmed)}"


@pytest.mark.parametrize(
    ("cause", "why"),
    [("bounce", "came back for good"), ("soft", "time and again"), ("complaint", "as spam")],
)
def test_the_owner_reads_why_and_can_lift_it(page, post, cause, why) -> None:
    stop(cause)
    shown = Client().get(page).text
    assert why in shown
    assert "550 5.1.1 no such reader" in shown
    answer = post(page, {"action": "again", "email": ADDRESS})
    assert "Mail comes again." in Client().get(answer.url).text
    assert not standing()
    assert Suppression.objects.get().lift_reason == "Its owner asked for mail again."


def test_what_an_administrator_stopped_its_owner_sees_but_cannot_lift(page, post) -> None:
    stop("admin", "abuse, see ticket 7")
    shown = Client().get(page).text
    assert "an administrator" in shown
    assert "ticket" not in shown
    assert 'value="again"' not in shown
    post(page, {"action": "again", "email": ADDRESS})
    assert standing()


def test_nobody_lifts_for_an_address_that_is_not_theirs(page, post) -> None:
    suppressing.suppress("other@example.org", "bounce", "", timezone.now())
    assert post(page, {"action": "again", "email": "other@example.org"}).status_code == 404
    assert standing()


def test_it_cannot_be_lifted_over_and_over(page, post) -> None:
    statuses = []
    for _ in range(4):
        stop("bounce")
        statuses.append(post(page, {"action": "again", "email": ADDRESS}).status_code)
    assert statuses == [303, 303, 303, 429]


def test_an_order_by_anybody_starts_nothing_and_writes_no_complainer(asks, mailoutbox) -> None:
    for cause in ("complaint", "admin"):
        Suppression.objects.all().delete()
        stop(cause)
        assert asks().status_code == 200
        assert not mailoutbox
        assert standing()


def test_a_fresh_letter_that_arrives_and_is_answered_lifts_a_failure_and_says_so(
    asks, post, mailoutbox
) -> None:
    with time_machine.travel(timezone.now() - timedelta(hours=1)):
        stop("bounce")
    asks()
    link = link_in(mailoutbox.pop())
    path = link.removeprefix("http://127.0.0.1:8000")
    assert "This message arrived" in Client().get(path).text
    assert standing()
    answer = post(link)
    assert "From now on it comes again" in answer.text
    assert not standing()


def test_a_letter_from_before_lifts_nothing_and_the_page_says_that_mail_is_stopped(
    asks, post, mailoutbox
) -> None:
    with time_machine.travel(timezone.now() - timedelta(hours=1)):
        asks()
    stop("bounce")
    answer = post(link_in(mailoutbox.pop()))
    assert "No mail goes to" in answer.text
    assert standing()


def test_an_address_that_fails_gets_one_letter_in_three_days(asks, mailoutbox) -> None:
    stop("soft")
    asks(query="q=bees")
    asks(query="q=ants")
    assert len(mailoutbox) == 1
