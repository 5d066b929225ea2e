"""Keys of the API: made once, shown once, known afterwards by their digest alone."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import ApiKey

BEGINS = "bsk_"
SECRET_BYTES = 32  # 256 random bits
SHOWN = 12  # characters by which a person knows a key again
MOST_KEYS = 50
LONGEST = timedelta(days=366)
USED_EVERY = timedelta(hours=1)

Scope = ApiKey.Scope


class CannotMake(ValueError):
    """A key that cannot be made; the text says why and what to do."""


def make(
    user: int, name: str, scopes: Collection[str], now: datetime, *, days: int | None = None
) -> str:
    """A new key of the person's; its secret, which is told nowhere else. Raises CannotMake.

    What may write or curate may read. It lives for `days`, or until it is revoked.
    """
    name = " ".join(name.split())
    if not name:
        raise CannotMake(_("Give it a name by which you know it again."))
    wanted = _with_reading(scopes)
    if days is not None and not 1 <= days <= LONGEST.days:
        said = _("A key lives for 1 to %(most)d days, or until you revoke it.")
        raise CannotMake(said % {"most": LONGEST.days})
    if ApiKey.objects.valid(now).filter(user=user).count() >= MOST_KEYS:
        raise CannotMake(
            _("You have %(count)d keys. Revoke one that you do not use.") % {"count": MOST_KEYS}
        )
    secret = BEGINS + secrets.token_urlsafe(SECRET_BYTES)
    ApiKey.objects.create(
        user_id=user,
        name=name[:80],
        prefix=secret[:SHOWN],
        digest=_digest(secret),
        scopes=wanted,
        made_at=now,
        expires_at=now + timedelta(days=days) if days else None,
    )
    return secret


def key_of(secret: str, now: datetime) -> ApiKey | None:
    """The key of that secret with its person, where it opens something at `now`."""
    if not secret.startswith(BEGINS):
        return None
    found = ApiKey.objects.valid(now).filter(digest=_digest(secret)).select_related("user").first()
    if found:
        _note_use(found, now)
    return found


def of_person(user: int, now: datetime) -> list[ApiKey]:
    """The person's keys that open something, the newest first."""
    return list(ApiKey.objects.valid(now).filter(user=user).order_by("-made_at", "-id"))


def revoke(user: int, key: int, now: datetime) -> bool:
    """Ends one of the person's keys; whether there was one to end."""
    mine = ApiKey.objects.filter(user=user, pk=key, revoked_at__isnull=True)
    return bool(mine.update(revoked_at=now))


def _with_reading(scopes: Collection[str]) -> list[str]:
    if unknown := set(scopes) - set(Scope.values):
        raise CannotMake(
            _("%(word)r is none of %(known)s.")
            % {"word": min(unknown), "known": ", ".join(Scope.values)}
        )
    if not scopes:
        raise CannotMake(_("Say what it may do."))
    return [scope for scope in Scope.values if scope in scopes or scope == Scope.READ]


def _digest(secret: str) -> bytes:
    # A random secret of 256 bits needs no slow hash: there is nothing to guess.
    return hashlib.sha256(secret.encode()).digest()


def _note_use(key: ApiKey, now: datetime) -> None:
    unnoted = Q(used_at__isnull=True) | Q(used_at__lte=now - USED_EVERY)
    ApiKey.objects.filter(unnoted, pk=key.pk).update(used_at=now)
