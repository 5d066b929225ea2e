"""Where a person is signed in: each browser by its name and address, and an end to it."""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef

_HOLDS = Exists(Session.objects.filter(session_key=OuterRef("session_key")))
# What a browser calls itself, the more particular first: many claim to be others, too.
_BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"),
    ("Safari/", "Safari"), ("curl/", "curl"),
)  # fmt: skip
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SignIn:
    """A browser in which the person is signed in. `browser` and `system` are "" where unknown."""

    id: int
    browser: str
    system: str
    address: str
    since: datetime
    is_this: bool


def sign_ins(person: int, session_key: str) -> list[SignIn]:
    """Those that hold, this browser's first, then the newest first."""
    rows = UserSession.objects.filter(_HOLDS, user=person).order_by("-created_at", "-id")
    found = [
        SignIn(
            row.pk, _first(_BROWSERS, row.user_agent), _first(_SYSTEMS, row.user_agent), row.ip,
            row.created_at, row.session_key == session_key,
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda one: not one.is_this)


def end(person: int, session_key: str, *, only: int | None = None) -> int:
    """Signs the person out of one other browser, or of all others; out of how many."""
    rows = UserSession.objects.filter(user=person).exclude(session_key=session_key)
    if only is not None:
        rows = rows.filter(pk=only)
    ended = list(rows)
    for row in ended:
        row.end()
    return len(ended)


def sweep(now: datetime) -> None:
    """Forgets the sessions that ran out, and from where somebody was signed in by one."""
    Session.objects.filter(expire_date__lt=now).delete()
    UserSession.objects.exclude(_HOLDS).delete()


def _first(known: tuple[tuple[str, str], ...], said: str) -> str:
    return next((name for mark, name in known if mark in said), "")
