"""Signed links: each names one subscription and is good for one purpose."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.core import signing
from django.core.signing import b62_decode

from accounts.models import Delivery, Subscription

PURPOSES = ("confirm", "unsubscribe", "manage", "data", "act")


class BadToken(ValueError):
    """A token that none of our mails holds, or not for this purpose."""


class Expired(BadToken):
    """A token of ours that is too old."""


def write(purpose: str, subscription: Subscription) -> str:
    """A token for a link, in letters that need no quoting."""
    name = urlsafe_b64encode(subscription.uid.bytes).decode().rstrip("=")
    return _signer(purpose).sign(name)


def read(purpose: str, token: str, max_age: timedelta | None = None) -> UUID:
    """The `uid` of the subscription that the token names.

    Raises Expired where it was written longer ago than `max_age`, BadToken where it was not
    written by `write` for this purpose.
    """
    try:
        name = _signer(purpose).unsign(token, max_age=max_age)
        return UUID(bytes=urlsafe_b64decode(f"{name}=="))
    except signing.SignatureExpired:
        raise Expired("This link is too old. Ask for a new one.") from None
    except (signing.BadSignature, ValueError):
        raise BadToken("This link is not whole. Copy all of it from the mail.") from None


def write_for(delivery: Delivery) -> str:
    """A token for the page that shows what this delivery held."""
    name = urlsafe_b64encode(delivery.pk.to_bytes(8, "big")).decode().rstrip("=")
    return signing.Signer(sep=".", salt="accounts.tokens.read").sign(name)


def read_delivery(token: str) -> int:
    """The number of the delivery that the token names. Raises BadToken."""
    try:
        name = signing.Signer(sep=".", salt="accounts.tokens.read").unsign(token)
        return int.from_bytes(urlsafe_b64decode(f"{name}=="), "big")
    except (signing.BadSignature, ValueError):
        raise BadToken("This link is not whole. Copy all of it from the mail.") from None


def written_at(purpose: str, token: str) -> datetime:
    """When the token was written. Raises BadToken."""
    read(purpose, token)
    stamp = token.rsplit(".", 2)[1]
    return datetime.fromtimestamp(b62_decode(stamp), UTC)


def _signer(purpose: str) -> signing.TimestampSigner:
    if purpose not in PURPOSES:
        raise ValueError(f"{purpose!r} is not one of: {', '.join(PURPOSES)}")
    return signing.TimestampSigner(sep=".", salt=f"accounts.tokens.{purpose}")
