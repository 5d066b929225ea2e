"""The marks by which what comes back is known: unguessable, so that nobody can report for others.

A mail carries its mark in its Message-ID and, where BOUNCE_ADDRESS is set, in its envelope sender.
"""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from hmac import compare_digest

from django.conf import settings
from django.utils.crypto import salted_hmac

DELIVERY, ORDER = "delivery", "order"
_SHORT = {DELIVERY: "d", ORDER: "s"}
_LONG = {short: name for name, short in _SHORT.items()}
# A Message-ID has its secret before the number, an envelope sender behind it; systems that hand a
# mail back may have put either in capitals.
_MARK = re.compile(
    r"([0-9a-f]{24})\.(s?)(\d{1,18})(?:\.[0-9a-f]{8})?@|\+([ds])(\d{1,18})\.([0-9a-f]{24})@",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A row that a mail of ours was about: a delivery, or an order that was to be confirmed."""

    kind: str
    pk: int


def message_id(mark: Mark) -> str:
    """A Message-ID: of a delivery always the same, of a letter about an order one of its own."""
    more = "" if mark.kind == DELIVERY else f".{secrets.token_hex(4)}"
    short = "" if mark.kind == DELIVERY else _SHORT[mark.kind]
    return f"<{_secret(mark)}.{short}{mark.pk}{more}@{settings.SITE_HOST}>"


def sender(mark: Mark) -> str:
    """The envelope sender, to which a mail that fails comes back."""
    local, _, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    if not local:
        return str(settings.DEFAULT_FROM_EMAIL)
    return f"{local}+{_SHORT[mark.kind]}{mark.pk}.{_secret(mark)}@{domain}"


def found_in(text: str) -> Mark | None:
    """The first mark in the text that we wrote; None where there is none."""
    return next(_ours(text), None)


def _ours(text: str) -> Iterator[Mark]:
    for hit in _MARK.finditer(text):
        secret, short, pk = hit.group(1, 2, 3) if hit[1] else hit.group(6, 4, 5)
        mark = Mark(_LONG[short.lower() or "d"], int(pk))
        if compare_digest(_secret(mark), secret.lower()):
            yield mark


def _secret(mark: Mark) -> str:
    name = str(mark.pk) if mark.kind == DELIVERY else f"{mark.kind} {mark.pk}"
    return salted_hmac("accounts.delivery", name, algorithm="sha256").hexdigest()[:24]
