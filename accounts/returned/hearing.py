"""What a report means for the address that the mail went to."""

import hashlib
from datetime import datetime

from accounts import marks, subscribing, suppressing, tokens
from accounts.models import Delivery, Feedback, Subscription
from accounts.returned import reports

END_BY_MAIL = "end"


def take(content: bytes, subject: str, now: datetime) -> bool:
    """Takes in a message that came to the bounce address; whether it was one for us.

    The address is the one the mail was sent to, whatever the message says.
    """
    report = reports.read(content)
    if report is None:
        return _end(subject, now)
    return tell(report, f"returned:{hashlib.sha256(content).hexdigest()}", now)


def tell(report: reports.Report, name: str, now: datetime) -> bool:
    """Keeps what the report says; False where its mail is not known any more."""
    delivery = None
    order: Subscription | None
    if report.mark.kind == marks.DELIVERY:
        found = Delivery.objects.select_related("subscription")
        delivery = found.filter(pk=report.mark.pk).first()
        order = delivery.subscription if delivery else None
    else:
        order = Subscription.objects.filter(pk=report.mark.pk).first()
    if order is None:
        return False
    suppressing.hear(
        order.email, report.kind, how=Feedback.How.RETURNED, now=now, status=report.status,
        detail=report.detail, delivery=delivery, name=name,
    )  # fmt: skip
    return True


def _end(subject: str, now: datetime) -> bool:
    """Ends an order by a mail whose subject is "end" and the token that its mails hold."""
    word, _, token = " ".join(subject.split()).partition(" ")
    if word.lower() != END_BY_MAIL:
        return False
    try:
        uid = tokens.read("unsubscribe", token.replace(" ", ""))
    except tokens.BadToken:
        return False
    return subscribing.end(uid, now) is not None
