"""The mail that asks for a yes: handed to a real mail server, tried again, never told twice."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from accounts import confirming, put_down
from accounts.models import Subscription
from tests.accounts.smtp import html_of, text_of
from tests.accounts.web.conftest import ADDRESS

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Subscription:
    return Subscription.objects.create(email=ADDRESS, query="tag=diffusion")


def test_the_mail_reaches_a_mail_server_as_text_and_html(asks, sink):
    asks(query="tag=diffusion")
    (mail,) = sink.to(ADDRESS)
    assert "/subscriptions/confirm/" in text_of(mail)
    assert "/subscriptions/confirm/" in html_of(mail)


@pytest.mark.parametrize("answers", ["recipients", "contents"])
def test_a_mail_server_that_says_later_is_asked_again_later(order, sink, answers):
    getattr(sink, answers)[ADDRESS] = "450 Come back in a minute"
    with pytest.raises(confirming.MailFails):
        confirming.send(order.uid)
    getattr(sink, answers).clear()
    confirming.send(order.uid)
    assert len(sink.to(ADDRESS)) == 1


def test_a_server_that_does_not_answer_is_a_failure_without_the_address(order, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens
    with pytest.raises(confirming.MailFails) as failure:
        confirming.send(order.uid)
    assert ADDRESS not in str(failure.value)
    assert failure.value.__suppress_context__


@pytest.mark.parametrize("answers", ["recipients", "contents"])
def test_a_mail_that_the_server_refuses_is_let_be_and_no_address_is_logged(
    order, sink, caplog, answers
):
    getattr(sink, answers)[ADDRESS] = f"550 No mailbox {ADDRESS}"
    confirming.send(order.uid)
    assert not sink.sent
    ours = " ".join(one.getMessage() for one in caplog.records if one.name != "mail.log")
    assert str(order.uid) in ours
    assert ADDRESS not in ours


def test_a_task_that_the_broker_brings_twice_mails_once(mailoutbox, settings):
    order = {"email": ADDRESS, "query": "", "cadence": "daily", "hour": 8, "timezone": "UTC"}
    cache.set("asked:7", order)
    confirming.take("7")
    confirming.take("7")
    assert len(mailoutbox) == 1


def test_an_order_whose_message_was_lost_is_rung_for_again_until_it_is_taken():
    order = {"email": ADDRESS, "query": "", "cadence": "daily", "hour": 8, "timezone": "UTC"}
    asked_at = timezone.now()
    number = put_down.put_down(order, asked_at)
    minute = timedelta(minutes=1)
    assert put_down.waiting(asked_at + minute / 2) == []
    assert put_down.waiting(asked_at + minute) == [number]
    assert put_down.waiting(asked_at + 1.5 * minute) == []
    confirming.take(number)
    assert put_down.waiting(asked_at + 3 * minute) == []


def test_no_try_is_put_off_past_the_time_after_which_the_broker_brings_it_twice(settings):
    from accounts.tasks import send_confirmation, take_order

    patience = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    for task in (take_order, send_confirmation):
        assert task.retry_backoff_max < patience


def test_an_order_that_is_gone_needs_no_mail(order, mailoutbox):
    uid = order.uid
    order.delete()
    confirming.send(uid)
    assert not mailoutbox
