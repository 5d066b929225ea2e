"""Webhooks on their way: signatures, retries, ends. A real receiver checks each."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from standardwebhooks.webhooks import Webhook as Standard
from standardwebhooks.webhooks import WebhookVerificationError

from accounts.models import Webhook, WebhookEvent, WebhookTry
from accounts.webhooks import making, off, sending, signing
from tests.accounts.webhooks.conftest import beat, event
from tests.factories import entry, put_in

pytestmark = pytest.mark.django_db
State = WebhookEvent.State


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


def tried(hook: Webhook) -> WebhookEvent:
    sent = making.send_test(hook, timezone.now())
    sending.send(hook.pk)
    sent.refresh_from_db()
    return sent


def test_a_test_event_arrives_and_its_signature_holds(hook, receiver) -> None:
    receiver.answers(body=b"thanks " + b"x" * 5000)
    made = hook()
    sent = tried(made)
    told = receiver.verified(made)
    assert (told["type"], sent.state) == ("webhook.test", State.SENT)
    headers, body = receiver.got[0]
    assert headers["webhook-id"] == sent.uid
    assert headers["Content-Type"] == "application/json"
    assert body.decode() == sent.body
    row = WebhookTry.objects.get()
    assert (row.status, len(row.answer), row.answer[:6]) == (200, 1024, "thanks")


def test_a_changed_body_is_found_out(hook, receiver) -> None:
    made = hook()
    tried(made)
    headers, body = receiver.got[0]
    with pytest.raises(WebhookVerificationError):
        Standard(signing.secret(made)).verify(body.replace(b"test", b"best"), headers)


def test_a_secret_is_whsec_and_nothing_of_it_is_in_the_database(hook) -> None:
    made, other = hook(), hook()
    secret = signing.secret(made)
    assert secret.startswith("whsec_")
    assert secret != signing.secret(other)
    assert secret.removeprefix("whsec_") not in str(Webhook.objects.values())
    assert bytes(made.secret_salt) != signing._key(bytes(made.secret_salt))


def test_both_secrets_sign_for_a_day_after_rotation(hook, receiver, clock) -> None:
    made = hook()
    before = signing.secret(made)
    making.rotate(made, timezone.now())
    after = signing.secret(made)
    assert before != after
    tried(made)
    headers, body = receiver.got[0]
    assert Standard(before).verify(body, headers) == Standard(after).verify(body, headers)
    clock.shift(timedelta(hours=24, seconds=1))
    tried(made)
    headers, body = receiver.got[1]
    assert Standard(after).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Standard(before).verify(body, headers)


def test_what_fails_is_tried_again_under_the_same_id_for_three_days(hook, receiver, clock) -> None:
    receiver.answers(500, b"oh")
    made = hook()
    sent, began = tried(made), timezone.now()
    moments = [began]
    while sent.state == State.WAITING:
        clock.move_to(sent.next_try_at)
        moments.append(timezone.now())
        sending.send(made.pk)
        sent.refresh_from_db()
    assert sent.state == State.FAILED
    assert len(moments) == len(receiver.got) == len(sending.WAITS) + 1
    assert set(receiver.ids) == {sent.uid}
    assert len({body for _, body in receiver.got}) == 1
    stamps = [int(headers["webhook-timestamp"]) for headers, _ in receiver.got]
    assert stamps == sorted(set(stamps))
    assert timedelta(days=3) <= moments[-1] - moments[0] < timedelta(days=4)


def test_a_retry_that_is_taken_ends_it(hook, receiver, clock) -> None:
    receiver.answers(503, Retry_After="3600")
    made = hook()
    sent = tried(made)
    assert sent.next_try_at >= timezone.now() + timedelta(hours=1)
    made.refresh_from_db()
    assert made.failing_since == timezone.now()
    receiver.answers(204, b"")
    clock.move_to(sent.next_try_at)
    sending.send(made.pk)
    sent.refresh_from_db()
    made.refresh_from_db()
    assert (sent.state, made.failing_since) == (State.SENT, None)
    sending.send(made.pk)
    assert len(receiver.got) == 2


def test_a_redirect_is_not_followed(hook, receiver) -> None:
    receiver.site.gives("/elsewhere")
    receiver.answers(302, b"", Location=receiver.site.url("/elsewhere"))
    sent = tried(hook())
    assert (sent.state, sent.error) == (State.WAITING, "It answered 302.")
    assert [path for path, _ in receiver.site.asked] == ["/hooks"]


def test_410_ends_it_and_its_owner_is_told(hook, receiver, ada) -> None:
    receiver.answers(410)
    made = hook()
    making.send_test(made, timezone.now())
    making.send_test(made, timezone.now())
    beat()
    made.refresh_from_db()
    assert made.state == Webhook.State.GONE
    beat()
    assert len(receiver.got) == 1
    assert set(WebhookEvent.objects.values_list("state", flat=True)) == {"failed", "skipped"}
    off.tell_owners(timezone.now())
    off.tell_owners(timezone.now())
    (letter,) = mail.outbox
    assert f"/account/webhooks/{made.pk}" in letter.body
    assert "gone (410)" in letter.body
    with pytest.raises(making.CannotMake, match="off"):
        making.send_test(made, timezone.now())


def test_one_that_fails_for_five_days_is_switched_off_and_can_be_switched_on(
    hook, receiver, clock
) -> None:
    receiver.answers(500)
    made = hook()
    tried(made)
    for days in (2, 4):
        clock.shift(timedelta(days=2))
        tried(made)
        made.refresh_from_db()
        assert made.is_on, days
    clock.shift(timedelta(days=1, seconds=1))
    tried(made)
    made.refresh_from_db()
    assert made.state == Webhook.State.FAILED
    off.tell_owners(timezone.now())
    assert "failed for five days" in mail.outbox[0].body
    put_in(entry("While it was off"))
    receiver.answers()
    making.switch_on(made, timezone.now())
    came = len(receiver.got)
    beat()
    assert len(receiver.got) == came
    assert tried(made).state == State.SENT


def test_what_a_killed_worker_held_is_sent_again_under_its_id(hook, receiver, clock) -> None:
    made = hook()
    sent = making.send_test(made, timezone.now())
    held = sending._claim(made.pk, timezone.now())
    assert held
    sending.send(made.pk)
    assert not receiver.got
    clock.shift(timedelta(minutes=3))
    sending.send(made.pk)
    assert receiver.ids == [sent.uid]
    # The one that was thought dead may not mark it any more.
    assert not sending._mark(held, state=State.FAILED)


def test_sent_again_it_keeps_its_id_and_its_body(hook, receiver) -> None:
    made = hook()
    sent = tried(made)
    assert making.send_again(made, sent.pk, timezone.now())
    sending.send(made.pk)
    first, second = receiver.got
    assert (first[0]["webhook-id"], first[1]) == (second[0]["webhook-id"], second[1])
    assert receiver.verified(made)
    assert sent.log.count() == 2


def test_an_address_that_turns_private_is_not_asked(hook, receiver, settings) -> None:
    made = hook()
    settings.WEBHOOKS_ALLOWED = []
    settings.FETCH_ALLOWED = []
    Webhook.objects.update(url="https://127.0.0.1/hooks")
    sent = tried(made)
    assert sent.state == State.WAITING
    assert "not public" in sent.error
    Webhook.objects.update(url="http://127.0.0.1/hooks")
    assert "https://" in tried(made).error
    assert not receiver.got


def test_what_the_site_may_ask_at_home_is_not_open_to_webhooks(hook, settings) -> None:
    made = hook()
    settings.WEBHOOKS_ALLOWED = []
    settings.FETCH_ALLOWED = ["localhost:443"]
    Webhook.objects.update(url="https://localhost/")
    assert "takes no webhooks" in tried(made).error
    with pytest.raises(making.CannotMake, match="takes no webhooks"):
        hook(url="https://localhost/")


def test_a_closed_account_is_told_nothing(hook, receiver, ada) -> None:
    made = hook()
    making.send_test(made, timezone.now())
    Webhook.objects.get().user.__class__.objects.filter(pk=ada).update(is_active=False)
    beat()
    assert not receiver.got
    assert event().state == State.SKIPPED


def test_after_a_month_the_words_go_and_the_row_stays(hook, clock) -> None:
    made = hook()
    sent = tried(made)
    sending.sweep(timezone.now())
    assert sent.log.count() == 1
    clock.shift(timedelta(days=31))
    sending.sweep(timezone.now())
    sent.refresh_from_db()
    assert (sent.body, sent.state, sent.log.count()) == ("", State.SENT, 0)
