"""The mailbox that failed mail comes back to (BOUNCE_MAILBOX): each message is read once."""

import logging
from datetime import datetime, timedelta
from email.parser import BytesHeaderParser
from email.policy import compat32

from django.conf import settings
from django.db import transaction

from accounts.models import ReturnBox
from accounts.returned.hearing import take
from feeds import imap
from feeds.guard import Refused, Unreachable

_FIRST_DAYS = timedelta(days=7)
_MARGIN = timedelta(days=1)  # a server's day need not be ours

logger = logging.getLogger(__name__)


def read(now: datetime) -> int:
    """Reads what came since the last time; the number of messages that told something.

    Trouble is kept and shown at the desk; the next run goes on where this one stopped. Nothing in
    the mailbox is marked, moved or deleted.
    """
    if not settings.BOUNCE_MAILBOX:
        return 0
    account, folder = settings.BOUNCE_MAILBOX
    box, _ = ReturnBox.objects.get_or_create(of=f"{account['user']}@{account['host']} {folder}")
    try:
        with imap.opened(imap.Account(**account), folder) as opened:
            told = _read(box, opened, now)
    except (Refused, Unreachable) as error:
        logger.warning("the mailbox of returned mail could not be read")
        ReturnBox.objects.filter(pk=box.pk).update(read_at=now, trouble=str(error)[:500])
        return 0
    ReturnBox.objects.filter(pk=box.pk).update(read_at=now, trouble="")
    return told


def _read(box: ReturnBox, opened: imap.Mailbox, now: datetime) -> int:
    known = box.validity == opened.validity
    first = now.date() - _FIRST_DAYS - _MARGIN
    told = 0
    for uid in opened.after(box.uid) if known else opened.since(first):
        with transaction.atomic():
            told += _take(opened, uid, now)
            ReturnBox.objects.filter(pk=box.pk).update(validity=opened.validity, uid=uid)
    return told


def _take(opened: imap.Mailbox, uid: int, now: datetime) -> bool:
    try:
        content = opened.message(uid)
    except Refused:  # longer than any report
        return False
    if content is None:
        return False
    headers = BytesHeaderParser(policy=compat32).parsebytes(content[:100_000])
    return take(content, str(headers.get("Subject", "")), now)
