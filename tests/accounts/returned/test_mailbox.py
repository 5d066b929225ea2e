"""The mailbox that failed mail comes back to: read once, by what it holds and nobody else says."""

import pytest
import time_machine

from accounts import delivery, ringing, tokens
from accounts.marks import DELIVERY, ORDER, Mark, message_id
from accounts.models import Delivery, Feedback, ReturnBox, Suppression
from accounts.returned import mailbox
from accounts.returned.hearing import take
from tests.accounts.conftest import NOON
from tests.accounts.returned import notices
from tests.factories import put_in_many
from tests.sources.imap_server import ImapServer

pytestmark = pytest.mark.django_db


@pytest.fixture
def box(settings):
    server = ImapServer()
    server.start()
    settings.FETCH_ALLOWED = [f"127.0.0.1:{server.port}"]
    account = {
        "host": "127.0.0.1", "port": server.port, "security": "none",
        "user": server.user, "password": server.password,
    }  # fmt: skip
    settings.BOUNCE_MAILBOX = (account, "INBOX")
    settings.BOUNCE_ADDRESS = "bounces@papers.example.org"
    yield server
    server.stop()


@pytest.fixture
def sent(reads) -> Delivery:
    return Delivery.objects.create(
        subscription=reads("reader@readers.example.org"), period=NOON.date(), state="sent"
    )


def notice(row: Delivery, **given) -> bytes:
    return notices.rfc3464(head=f"Message-ID: {row.message_id}\r\n", **given)


def test_a_notice_stops_mail_to_the_address_it_was_sent_to_whatever_it_says(box, sent) -> None:
    box.comes(notice(sent))
    assert mailbox.read(NOON) == 1
    stop = Suppression.objects.get()
    assert (stop.email, stop.cause) == ("reader@readers.example.org", "bounce")
    told = Feedback.objects.get()
    assert (told.delivery, told.how, told.status) == (sent, "returned", "5.1.1")


def test_a_mail_that_fails_comes_back_to_the_address_it_left_with(sink, reads, settings) -> None:
    """From the ledger to the mail server, and from its notice to the stop."""
    settings.BOUNCE_ADDRESS = "bounces@papers.example.org"
    put_in_many(1)
    reads("reader@readers.example.org")
    with time_machine.travel(NOON):
        ringing.open_due(NOON)
        delivery.send(list(Delivery.objects.values_list("pk", flat=True)))
    assert sink.sent[0]["From"] == settings.DEFAULT_FROM_EMAIL
    (came_from,) = sink.senders
    assert came_from.startswith("bounces+d")
    text = notices.exim().decode().replace(notices.original(), "")
    text = text.replace("To: papers@papers.example.org", f"To: {came_from.upper()}")
    assert take(text.encode(), "", NOON)
    assert Suppression.objects.get().email == "reader@readers.example.org"


def test_each_message_is_read_once_and_the_next_run_goes_on(box, sent) -> None:
    box.comes(b"Subject: hello\r\n\r\nNothing of ours.\r\n")
    box.comes(notice(sent, status="4.4.7", words="451 later"))
    assert mailbox.read(NOON) == 1
    assert mailbox.read(NOON) == 0
    box.comes(notices.complaint().replace(
        message_id(Mark(DELIVERY, 7)).encode(), sent.message_id.encode()
    ))  # fmt: skip
    assert mailbox.read(NOON) == 1
    assert sorted(Feedback.objects.values_list("kind", flat=True)) == ["complaint", "soft"]


def test_a_mailbox_that_is_numbered_anew_is_read_again_and_counts_nothing_twice(box, sent) -> None:
    box.comes(notice(sent))
    mailbox.read(NOON)
    box.validity = 2
    mailbox.read(NOON)
    assert Feedback.objects.count() == 1


def test_a_letter_that_came_back_stops_mail_too(box, reads) -> None:
    order = reads("reader@readers.example.org", confirmed_at=None)
    head = f"Message-ID: {message_id(Mark(ORDER, order.pk))}\r\n"
    box.comes(notices.rfc3464(head=head))
    assert mailbox.read(NOON) == 1
    assert Suppression.objects.get().email == order.email


def test_a_mail_with_the_token_ends_the_order(box, sent) -> None:
    token = tokens.write("unsubscribe", sent.subscription)
    box.comes(f"From: a@b.example\r\nSubject: END {token[:40]}\r\n {token[40:]}\r\n\r\n".encode())
    box.comes(b"Subject: end it-please\r\n\r\n")
    assert mailbox.read(NOON) == 1
    sent.subscription.refresh_from_db()
    assert sent.subscription.ended_at


def test_trouble_is_kept_for_the_desk_and_loses_nothing(box, sent) -> None:
    box.comes(notice(sent))
    box.password = "changed"
    assert mailbox.read(NOON) == 0
    assert "does not take this user" in ReturnBox.objects.get().trouble
    box.password = "open sesame"
    assert mailbox.read(NOON) == 1
    assert ReturnBox.objects.get().trouble == ""


def test_without_a_mailbox_nothing_is_asked(settings) -> None:
    settings.BOUNCE_MAILBOX = None
    assert mailbox.read(NOON) == 0
