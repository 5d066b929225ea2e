"""Each paper comes once, also when it is joined to another and when that is undone."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts import delivery, ringing
from accounts.models import Delivery
from feeds.joining import join, undo
from feeds.models import Joining, Paper
from tests.accounts.conftest import NOON
from tests.accounts.smtp import Sink, text_of
from tests.factories import DAY, entry, put_in

pytestmark = pytest.mark.django_db
MORNING = timedelta(days=1)
A, B = entry("Alpha", id="2604.00001"), entry("Beta", id="2604.00002")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON) as traveller:
        yield traveller


def deliver(now: datetime) -> None:
    ringing.open_due(now)
    delivery.send(list(Delivery.objects.values_list("id", flat=True)))


def id_of(title: str) -> int:
    return Paper.objects.get(title=title).id


def joined(kept: str, absorbed: str) -> Joining:
    return join(id_of(kept), id_of(absorbed), by=None, why="", now=timezone.now())


def brought(sink: Sink) -> list[list[str]]:
    """Which of the papers each mail named."""
    mails = [text_of(mail) for mail in sink.sent]
    return [[title for title in ("Alpha", "Beta", "Gamma") if title in mail] for mail in mails]


def test_a_paper_joined_after_it_was_mailed_is_not_mailed_again(sink, reads, clock) -> None:
    put_in(A)
    reads()
    deliver(NOON)
    clock.shift(MORNING)
    put_in(B, entry("Gamma"), day=DAY + MORNING)
    joined("Beta", "Alpha")
    deliver(NOON + MORNING)
    assert brought(sink) == [["Alpha"], ["Gamma"]]


def test_nor_is_it_when_the_joining_is_undone(sink, reads, clock) -> None:
    put_in(A)
    reads()
    deliver(NOON)
    clock.shift(MORNING)
    put_in(B, day=DAY + MORNING)
    joining = joined("Beta", "Alpha")
    deliver(NOON + MORNING)
    clock.shift(MORNING)
    undo(joining.id, by=None, now=timezone.now())
    put_in(A, B, day=DAY + 2 * MORNING)
    deliver(NOON + 2 * MORNING)
    assert brought(sink) == [["Alpha"], ["Beta"]]


def test_what_came_as_the_joined_paper_does_not_come_by_itself_afterwards(
    sink, reads, clock
) -> None:
    put_in(A, B)
    joining = joined("Beta", "Alpha")
    reads()
    deliver(NOON)
    clock.shift(MORNING)
    undo(joining.id, by=None, now=timezone.now())
    put_in(A, B, entry("Gamma"), day=DAY + MORNING)
    deliver(NOON + MORNING)
    assert brought(sink) == [["Beta"], ["Gamma"]]


def test_a_mail_that_waits_brings_the_paper_that_its_own_was_joined_to(sink, reads, clock) -> None:
    put_in(A)
    reads()
    sink.recipients["reader@example.org"] = "451 later"
    deliver(NOON)
    put_in(B, day=DAY - MORNING)
    joining = joined("Beta", "Alpha")
    sink.recipients.clear()
    clock.shift(timedelta(hours=1))
    delivery.send(list(Delivery.objects.values_list("id", flat=True)))
    assert len(sink.sent) == 1
    assert Delivery.objects.get().papers == [joining.kept_id]
