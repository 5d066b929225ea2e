"""Ten failures in a row pause a channel; limits hold; test mode writes to one address alone."""

from datetime import timedelta

import pytest
import time_machine

from accounts import alarms, delivery, pace, pausing, ringing
from accounts.models import ChannelState, Delivery
from accounts.models.delivery import STALE
from tests.accounts.conftest import NOON
from tests.accounts.smtp import Sink, free_port
from tests.factories import put_in_many

pytestmark = pytest.mark.django_db
State = Delivery.State
PAUSE = pausing.FIRST_PAUSE + timedelta(seconds=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def twelve(reads, sink) -> Sink:
    """Twelve readers whose mail is due, at a mail server that will have none of it."""
    put_in_many(2)
    for number in range(12):
        email = f"reader{number}@example.org"
        reads(email)
        sink.contents[email] = "451 not now"
    return sink


def deliver(now=NOON) -> list[str]:
    ringing.open_due(now)
    delivery.send(list(Delivery.objects.order_by("id").values_list("id", flat=True)))
    return list(Delivery.objects.order_by("id").values_list("state", flat=True))


def later(clock, span: timedelta) -> list[str]:
    clock.shift(span)
    Delivery.objects.update(next_try_at=NOON)
    return deliver()


def test_ten_failures_in_a_row_pause_the_channel_and_leave_the_rest_untried(twelve) -> None:
    deliver()
    tries = list(Delivery.objects.order_by("id").values_list("tries", flat=True))
    assert tries == [1] * 10 + [0] * 2
    state = ChannelState.objects.get()
    assert (state.failures, state.last_error, state.paused_at) == (10, "451 not now", NOON)
    assert state.try_at == NOON + pausing.FIRST_PAUSE


def test_while_it_is_paused_nobody_tries_and_nothing_is_rung(twelve, clock) -> None:
    deliver()
    before = twelve.connections
    later(clock, timedelta(minutes=5))
    assert twelve.connections == before
    assert ringing._unrung(NOON + timedelta(minutes=5)) == []


def test_after_the_pause_one_mail_tries_and_a_failure_pauses_for_longer(twelve, clock) -> None:
    deliver()
    later(clock, PAUSE)
    assert sorted(Delivery.objects.values_list("tries", flat=True)) == [0] * 2 + [1] * 9 + [2]
    state = ChannelState.objects.get()
    assert state.try_at == NOON + PAUSE + 2 * pausing.FIRST_PAUSE


def test_a_mail_that_arrives_ends_the_pause_and_the_rest_follows(twelve, clock) -> None:
    deliver()
    twelve.contents.clear()
    assert later(clock, PAUSE) == [State.SENT] * 12
    state = ChannelState.objects.get()
    assert (state.paused_at, state.failures, state.pauses) == (None, 0, 0)


def test_two_workers_send_one_probe(twelve, clock) -> None:
    deliver()
    clock.shift(PAUSE)
    now = NOON + PAUSE
    assert [pausing.Watch("email", now).room for _ in range(2)] == [1, 0]
    assert list(pausing.paused(now)) == ["email"]


def test_a_success_between_failures_begins_the_count_anew(twelve) -> None:
    twelve.contents["reader5@example.org"] = "250 OK"
    deliver()
    state = ChannelState.objects.get()
    assert (state.failures, state.paused_at) == (6, None)


def test_dead_addresses_in_a_row_pause_nothing(twelve) -> None:
    twelve.contents.clear()
    twelve.recipients |= {f"reader{number}@example.org": "550 5.1.1 nobody" for number in range(12)}
    assert deliver() == [State.REFUSED] * 12
    assert not ChannelState.objects.exists()


def test_a_server_that_takes_nothing_from_us_pauses_it(twelve) -> None:
    twelve.recipients |= {f"reader{n}@example.org": "554 5.7.1 blocked" for n in range(12)}
    assert deliver() == [State.REFUSED] * 10 + [State.WAITING] * 2


def test_a_mail_server_that_is_away_pauses_it_after_ten_tries(twelve, clock, settings) -> None:
    settings.EMAIL_PORT = free_port()
    for _ in range(10):
        later(clock, timedelta(minutes=1))
    assert ChannelState.objects.get().paused_at
    assert set(Delivery.objects.values_list("tries", flat=True)) == {0}


def test_the_admins_are_told_once_and_on_another_way(
    twelve, clock, settings, django_capture_on_commit_callbacks, caplog
) -> None:
    with django_capture_on_commit_callbacks() as rung:
        deliver()
        later(clock, PAUSE)
    assert len(rung) == 1
    _, subject, text = rung[0].args
    settings.MAIL_ADMINS = ["admin@example.net"]
    other = Sink()
    other.start()
    try:
        settings.ADMIN_MAIL = {"host": "127.0.0.1", "port": other.port}
        assert alarms.tell_admins(subject, text)
    finally:
        other.stop()
    mail = other.sent[0]
    assert (mail["To"], mail["Subject"]) == ("admin@example.net", "Broadsheet: email is paused")
    assert "451 not now" in mail.get_content()
    assert "email is paused" in caplog.text


def test_where_no_admin_can_be_told_the_log_is(settings, caplog) -> None:
    settings.MAIL_ADMINS = []
    assert not alarms.tell_admins("It is paused", "…")
    assert "It is paused" in caplog.text


def test_what_a_person_pauses_a_person_resumes(twelve, clock, django_user_model) -> None:
    admin = django_user_model.objects.create_user("a@example.org")
    twelve.contents.clear()
    pausing.pause("email", NOON, by=admin.pk)
    assert set(deliver()) == {State.WAITING}
    assert set(later(clock, timedelta(days=1) - timedelta(hours=13))) == {State.WAITING}
    pausing.resume("email")
    assert set(deliver()) == {State.SENT}


def test_a_mail_that_arrives_does_not_undo_what_a_person_paused(
    twelve, clock, django_user_model
) -> None:
    admin = django_user_model.objects.create_user("a@example.org")
    deliver()
    clock.shift(PAUSE)
    watch = pausing.Watch("email", NOON + PAUSE)
    pausing.pause("email", NOON + PAUSE, by=admin.pk)
    watch.went_well()
    assert list(pausing.paused(NOON + PAUSE)) == ["email"]


def test_no_more_leave_in_a_minute_than_is_allowed(twelve, clock, settings) -> None:
    twelve.contents.clear()
    settings.MAIL_PER_MINUTE = 5
    deliver()
    assert len(twelve.sent) == 5
    waiting = Delivery.objects.filter(state=State.WAITING)
    assert set(waiting.values_list("tries", flat=True)) == {0}
    spread = sorted(row.next_try_at - NOON for row in waiting)
    assert timedelta(0) < spread[0] <= timedelta(seconds=66)
    assert spread[-1] > timedelta(seconds=60)
    clock.shift(timedelta(seconds=70))
    deliver()
    assert len(twelve.sent) == 10
    assert pace.most_at_once() == 10


def test_one_domain_waits_and_others_do_not(twelve, reads, settings) -> None:
    twelve.contents.clear()
    settings.MAIL_PER_DOMAIN = 3
    reads("reader@other.example")
    deliver()
    assert [mail["To"].rpartition("@")[2] for mail in twelve.sent].count("example.org") == 3
    assert len(twelve.to("reader@other.example")) == 1


def test_in_test_mode_all_mail_goes_to_one_address(twelve, settings) -> None:
    twelve.contents.clear()
    settings.MAIL_TEST_ADDRESS = "tester@example.net"
    deliver()
    assert {mail["To"] for mail in twelve.sent} == {"tester@example.net"}
    assert {mail["X-Broadsheet-Test"] for mail in twelve.sent} != {None}
    assert not any("reader" in str(value) for mail in twelve.sent for value in mail.values())


@pytest.mark.parametrize(("policy", "sent"), [("resend", 24), ("park", 12)])
def test_a_claim_that_was_left_is_resent_or_parked(twelve, clock, settings, policy, sent) -> None:
    twelve.contents.clear()
    deliver()
    Delivery.objects.update(state=State.CLAIMED, sent_at=None)
    settings.MAIL_STALE = policy
    state = State.SENT if policy == "resend" else State.PARKED
    assert set(later(clock, STALE + timedelta(minutes=1))) == {state}
    assert len(twelve.sent) == sent
