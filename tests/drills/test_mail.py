"""What a drill of the mail takes for kept, and the server that it sends to."""

import smtplib
from collections.abc import Iterator
from pathlib import Path

import pytest

from accounts import ringing
from accounts.models import Delivery, Subscription
from drills import post
from drills.parts.mail import judged
from tests.config.processes import wait_until

FIT = [(f"reader{number}@example.org", f"<{number}@here>") for number in range(20)]


def _held(taken: list[tuple[str, str]], kills: int = 0) -> list[bool | None]:
    return [row.held for row in judged(taken, len(FIT), kills)]


def test_each_address_has_its_mail_once() -> None:
    assert _held(FIT) == [True, True, True]


def test_a_missing_mail_is_seen() -> None:
    assert _held(FIT[1:]) == [False, True, True]


def test_more_mails_twice_than_were_in_flight_are_seen() -> None:
    assert _held([*FIT, *FIT[:6]], kills=1) == [True, True, True]
    assert _held([*FIT, *FIT[:7]], kills=1) == [True, False, True]


def test_a_second_message_id_is_seen() -> None:
    assert _held([*FIT, (FIT[0][0], "<other@here>")]) == [True, True, False]
    assert _held([*FIT[1:], (FIT[0][0], "")]) == [True, True, False]


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[post.Sink]:
    with post.sink(tmp_path) as started:
        yield started


def test_the_sink_writes_down_what_it_took(sink: post.Sink) -> None:
    long_id = f"<{'x' * 80}@here>"
    mail = f"Subject: .\r\nMessage-ID:\r\n {long_id}\r\n\r\n..\r\n.a line with a dot\r\n"
    with smtplib.SMTP("127.0.0.1", sink.port) as line:
        for address in ("ada@example.org", "ben@example.org"):
            line.sendmail("papers@example.org", address, mail)
    wait_until(lambda: sink.count() == 2)
    assert sink.taken() == [("ada@example.org", long_id), ("ben@example.org", long_id)]


@pytest.mark.django_db
def test_all_readers_are_due_and_ask_many_questions() -> None:
    now = post.readers(1_100)
    assert ringing.open_due(now) == Delivery.objects.count() == 1_100
    assert Subscription.objects.values("query").distinct().count() == post.QUERIES
