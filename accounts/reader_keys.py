"""Keys in the addresses that feed readers ask: made, shown once, renewed, revoked."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import ReaderKey

BEGINS = "bsf_"
SECRET_BYTES = 32  # 256 random bits
SHOWN = 12  # characters by which a person knows a key again
MOST = 20
USED_EVERY = timedelta(hours=1)


class CannotMake(ValueError):
    """A key that cannot be made; the text says why and what to do."""


def make(person: int, name: str, now: datetime) -> str:
    """A new key of the person's; its secret, which is told nowhere else. Raises CannotMake."""
    name = " ".join(name.split())
    if not name:
        raise CannotMake(_("Give it a name by which you know it again."))
    if ReaderKey.objects.filter(user=person).count() >= MOST:
        raise CannotMake(_("You have %(most)s of them. Revoke one first.") % {"most": MOST})
    secret = _secret()
    ReaderKey.objects.create(user_id=person, name=name[:80], made_at=now, **_kept(secret))
    return secret


def renew(person: int, key: int, now: datetime) -> str | None:
    """Another secret in place of the one that the key has, which opens nothing from now on; None
    where the person has no such key."""
    secret = _secret()
    mine = ReaderKey.objects.filter(user=person, pk=key)
    changed = mine.update(made_at=now, used_at=None, **_kept(secret))
    return secret if changed else None


def revoke(person: int, key: int) -> bool:
    """Ends one of the person's keys; whether there was one to end."""
    return bool(ReaderKey.objects.filter(user=person, pk=key).delete()[0])


def of_person(person: int) -> list[ReaderKey]:
    """The newest first."""
    return list(ReaderKey.objects.filter(user=person).order_by("-id"))


def key_of(secret: str, now: datetime) -> ReaderKey | None:
    """The key of that secret, where its account is open."""
    if not secret.startswith(BEGINS):
        return None
    rows = ReaderKey.objects.filter(digest=_digest(secret), user__is_active=True)
    found = rows.first()
    if found:
        unnoted = Q(used_at__isnull=True) | Q(used_at__lte=now - USED_EVERY)
        ReaderKey.objects.filter(unnoted, pk=found.pk).update(used_at=now)
    return found


def _secret() -> str:
    return BEGINS + secrets.token_urlsafe(SECRET_BYTES)


def _kept(secret: str) -> dict[str, object]:
    return {"prefix": secret[:SHOWN], "digest": _digest(secret)}


def _digest(secret: str) -> bytes:
    # A random secret of 256 bits needs no slow hash: there is nothing to guess.
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()
