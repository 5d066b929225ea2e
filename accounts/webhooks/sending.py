"""The ledger of webhooks: claim → send → mark. A row is written before and after each step.

A process that dies between sending and marking has that one event sent again, with the same
webhook-id; nothing is lost.
"""

import logging
import random
import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from accounts.models import Webhook, WebhookEvent, WebhookTry
from accounts.models.webhook import WebhookEventQuerySet
from accounts.webhooks import places, signing, telling
from accounts.webhooks.telling import Nothing
from feeds.http import Answer, Refused, Unreachable, post

SECONDS = 15.0  # in which an answer has to come
KEPT = 1024  # bytes of an answer
ROUND = 35.0  # seconds that one message of the broker is worked at
FAILING_FOR = timedelta(days=5)
# After each try, how long until the next one: over three days in all.
WAITS = [
    timedelta(seconds=5), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2),
    timedelta(hours=5), timedelta(hours=10), timedelta(hours=14), timedelta(hours=20),
    timedelta(hours=24),
]  # fmt: skip
KEPT_FOR = timedelta(days=30)

State = WebhookEvent.State
logger = logging.getLogger(__name__)


def waiting(now: datetime) -> list[int]:
    """The webhooks that something is to be sent to at `now`."""
    found = WebhookEvent.objects.claimable(now).order_by("webhook")
    return list(found.values_list("webhook", flat=True).distinct())


def send(hook: int) -> None:
    """Sends what waits for the webhook, one after the other, until one fails or time is up."""
    end = time.monotonic() + ROUND
    for event in _claimed(hook):
        if not _send(event) or time.monotonic() > end:
            return


def wait_before(tries: int) -> timedelta | None:
    """How long after that many tries the next one is, with jitter; None where there is none."""
    if tries > len(WAITS):
        return None
    return WAITS[tries - 1] * random.uniform(1.0, 1.2)  # noqa: S311  (no secret)


def sweep(now: datetime) -> None:
    """Empties what was sent a month ago: that it was told stays, the words go."""
    WebhookTry.objects.filter(at__lt=now - KEPT_FOR).delete()
    old = WebhookEvent.objects.filter(done_at__lt=now - KEPT_FOR)
    old.exclude(body="").update(body="", error="")


def _claimed(hook: int) -> Iterator[WebhookEvent]:
    """Takes one event after the other, so that no other worker does."""
    while event := _claim(hook, timezone.now()):
        if event.state == State.CLAIMED:
            yield event


@transaction.atomic
def _claim(hook: int, now: datetime) -> WebhookEvent | None:
    found = WebhookEvent.objects.claimable(now).filter(webhook=hook)
    found = found.select_related("webhook__user").order_by("next_try_at", "id")
    event = found.select_for_update(skip_locked=True, of=("self",)).first()
    if event is None:
        return None
    if event.webhook.is_on and event.webhook.user.is_active:
        event.state, event.claimed_at, event.tries = State.CLAIMED, now, event.tries + 1
    else:
        event.state, event.error, event.done_at = State.SKIPPED, "The webhook was off.", now
    event.save(update_fields=["state", "claimed_at", "tries", "error", "done_at"])
    return event


def _send(event: WebhookEvent) -> bool:
    """Sends it and marks what came of it; whether it is well with the webhook."""
    try:
        body = telling.body(event)
    except Nothing as reason:
        _mark(event, state=State.SKIPPED, error=str(reason), done_at=timezone.now())
        return True
    except (OperationalError, InterfaceError):
        raise  # the database is away
    except Exception as error:  # one event's fault must not stop the others
        logger.exception("event %s cannot be told", event.uid)
        _put_off(event, f"This site failed: {type(error).__name__}.", None, timezone.now())
        return True
    if not _mark(event, body=body):
        return True
    now, began = timezone.now(), time.monotonic()
    row = WebhookTry(event=event, at=now)
    try:
        answer = _post(event, body.encode(), now)
    except (Refused, Unreachable, places.NoPlace) as reason:
        row.error, answer = str(reason)[:500], None
    row.took_ms = round((time.monotonic() - began) * 1000)
    if answer:
        row.status = answer.status
        row.answer = answer.content.decode(errors="replace").replace("\0", "�")
    row.save()
    return _heard(event, answer, row.error, timezone.now())


def _post(event: WebhookEvent, body: bytes, now: datetime) -> Answer:
    hook = event.webhook
    places.check_words(hook.url)
    headers = signing.headers(hook, event.uid, body, now)
    return post(hook.url, body, headers=headers, seconds=SECONDS, keep=KEPT)


def _heard(event: WebhookEvent, answer: Answer | None, error: str, now: datetime) -> bool:
    """Marks what the answer means."""
    hooks = Webhook.objects.filter(pk=event.webhook_id)
    if answer and 200 <= answer.status < 300:
        _mark(event, state=State.SENT, error="", done_at=now)
        hooks.filter(failing_since__isnull=False).update(failing_since=None)
        return True
    said = f"It answered {answer.status}." if answer else error
    if answer and answer.status == 410:
        logger.info("webhook %s is gone", event.webhook_id)
        _mark(event, state=State.FAILED, error=said[:500], done_at=now)
        hooks.filter(state=Webhook.State.ON).update(state=Webhook.State.GONE, off_at=now)
        return False
    _put_off(event, said[:500], answer.retry_after if answer else None, now)
    hooks.filter(failing_since=None).update(failing_since=now)
    failing = hooks.filter(state=Webhook.State.ON, failing_since__lte=now - FAILING_FOR)
    if failing.update(state=Webhook.State.FAILED, off_at=now):
        logger.warning("webhook %s is off: it failed for five days", event.webhook_id)
    return False


def _put_off(event: WebhookEvent, error: str, asked: float | None, now: datetime) -> None:
    wait = wait_before(event.tries)
    if wait is None:
        _mark(event, state=State.FAILED, error=error, done_at=now)
        return
    # Who asks for more time gets it, up to the longest wait that there is.
    longer = timedelta(seconds=min(asked or 0.0, WAITS[-1].total_seconds()))
    _mark(event, state=State.WAITING, error=error, next_try_at=now + max(wait, longer))


def _mark(event: WebhookEvent, **fields: object) -> bool:
    """Writes it, unless someone else has claimed it since; whether it was still ours."""
    return bool(_ours(event).update(**fields))


def _ours(event: WebhookEvent) -> WebhookEventQuerySet:
    return WebhookEvent.objects.filter(
        pk=event.pk, state=State.CLAIMED, claimed_at=event.claimed_at
    )
