"""What is done about what comes back: addresses that fail or complain get no more mail.

A failure for good or a complaint stops mail at once. Failures that may pass are scored: one counts
a day, half as much after HALF_LIFE, and SCORE of them stop mail. A refusal of the sender or the
content says nothing about the address, and counts for nothing.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from accounts.models import Delivery, Feedback, Suppression
from accounts.models.suppression import fingerprint

HALF_LIFE = timedelta(days=30)
SCORE = 4.0
_LONG_AGO = 6 * HALF_LIFE
Cause = Suppression.Cause
Kind = Feedback.Kind
# A letter that its owner answered proves that the address takes mail again; it does not take back
# a complaint, nor what an administrator decided.
HEALED_BY_CONFIRMING = (Cause.BOUNCE, Cause.SOFT)


@transaction.atomic
def hear(
    email: str,
    kind: str,
    *,
    how: str,
    now: datetime,
    status: str = "",
    detail: str = "",
    delivery: Delivery | None = None,
    name: str | None = None,
) -> bool:
    """Keeps what came back, and stops mail to the address where that is due.

    False where the message of that `name` was heard before. One delivery counts once.
    """
    email = email.lower()
    told = Feedback(
        email=email, kind=kind, how=how, status=status[:12], detail=_line(detail), at=now,
        delivery=delivery, name=name and name[:100],
    )  # fmt: skip
    if _heard(delivery, kind) or not _kept(told):
        return False
    if kind == Kind.HARD:
        suppress(email, Cause.BOUNCE, detail, now)
    elif kind == Kind.COMPLAINT:
        suppress(email, Cause.COMPLAINT, "", now)
    elif kind == Kind.SOFT and score(_failures(email, now), now) >= SCORE:
        suppress(email, Cause.SOFT, detail, now)
    return True


def score(failures: Iterable[datetime], now: datetime) -> float:
    """How much failures of these times weigh now: one a day, less the longer ago."""
    days = {failed.date(): now - failed for failed in failures}
    return float(sum(0.5 ** (age / HALF_LIFE) for age in days.values()))


def suppress(email: str, cause: str, detail: str, now: datetime) -> Suppression:
    """Sends no more to the address. A complaint weighs more than what stood there before."""
    row, is_new = Suppression.objects.get_or_create(
        fingerprint=fingerprint(email),
        lifted_at=None,
        defaults={
            "email": email.lower(), "cause": cause, "detail": _line(detail), "created_at": now,
        },
    )  # fmt: skip
    if not is_new and cause == Cause.COMPLAINT != row.cause:
        row.cause, row.detail = cause, _line(detail)
        row.save(update_fields=["cause", "detail"])
    return row


def suppressed(emails: Iterable[str]) -> dict[str, Suppression]:
    """What keeps mail from these addresses, by address; in one question, however many they are."""
    prints = {fingerprint(email): email for email in emails}
    rows = Suppression.objects.standing().filter(fingerprint__in=prints)
    return {prints[row.fingerprint]: row for row in rows}


def lift(email: str, reason: str, now: datetime, *, by: int | None = None) -> bool:
    """Lets mail go to the address again; whether anything kept it away.

    `by` is the administrator, None where it was the address's owner. What failed before does not
    count any more.
    """
    found = Suppression.objects.standing().of([email])
    lifted = found.update(lifted_at=now, lifted_by=by, lift_reason=reason[:300])
    return lifted > 0


def lift_by_confirming(email: str, asked_at: datetime, now: datetime) -> bool:
    """The address's owner answered a letter of `asked_at`: was it written since mail stopped, it
    proves that mail arrives there again."""
    stop = suppressed([email]).get(email)
    if stop is None or stop.cause not in HEALED_BY_CONFIRMING or asked_at < stop.created_at:
        return False
    return lift(email, "Its owner confirmed an order from a letter that arrived.", now)


def _heard(delivery: Delivery | None, kind: str) -> bool:
    if delivery is None:
        return False
    # The row is locked: two reports of one mail come at once where a webhook and a mailbox tell.
    Delivery.objects.select_for_update().filter(pk=delivery.pk).first()
    return Feedback.objects.filter(delivery=delivery, kind=kind).exists()


def _kept(told: Feedback) -> bool:
    try:
        with transaction.atomic():
            told.save()
    except IntegrityError:
        return False
    return True


def _failures(email: str, now: datetime) -> list[datetime]:
    """When mail to it failed, since mail to it was last allowed again."""
    found = Feedback.objects.filter(email=email, kind=Kind.SOFT, at__gt=now - _LONG_AGO)
    lifted = Suppression.objects.of([email]).filter(lifted_at__isnull=False).last()
    if lifted and lifted.lifted_at:
        found = found.filter(at__gt=lifted.lifted_at)
    return list(found.values_list("at", flat=True))


def _line(text: str) -> str:
    return " ".join(text.replace("\0", "").split())[:500]
