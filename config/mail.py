"""The settings of mail, checked, or refused with a sentence."""

import re
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.environment import MAIL_SERVICES, env

_ADDRESS = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.?[^\s@<>,;]*")
_BOX = {"imaps": ("tls", 993), "imap+starttls": ("starttls", 143), "imap": ("none", 143)}
# The name of the key that a service signs its events with, where it does.
_EVENT_KEYS = {
    "mailersend": "SIGNING_SECRET",
    "mailgun": "WEBHOOK_SIGNING_KEY",
    "mandrill": "WEBHOOK_KEY",
}


def addresses(name: str) -> list[str]:
    """The setting as mail addresses, separated by commas. Raises ImproperlyConfigured."""
    found = [one.strip() for one in env.str(name, default="").split(",") if one.strip()]
    for one in found:
        if not _ADDRESS.fullmatch(one):
            raise ImproperlyConfigured(f"{name} is wrong; it takes you@example.org.")
    return found


def address(name: str) -> str:
    """The setting as one mail address, or "". Raises ImproperlyConfigured."""
    found = addresses(name)
    if len(found) > 1:
        raise ImproperlyConfigured(f"{name} is wrong; it takes one address, you@example.org.")
    return "".join(found)


def place(name: str) -> str:
    """The setting as host:port, or "". Raises ImproperlyConfigured."""
    found: str = env.str(name, default="").strip()
    host, _, port = found.rpartition(":")
    if found and not (host and port.isascii() and port.isdecimal() and 0 < int(port) < 65536):
        raise ImproperlyConfigured(f"{name} is {found!r}; it takes host:port, like 192.0.2.1:53.")
    return found


def one_of(name: str, *words: str) -> str:
    """The setting as one of these words, the first if it is not set."""
    found: str = env.str(name, default="").strip().lower() or words[0]
    if found not in words:
        raise ImproperlyConfigured(f"{name} is {found!r}; it takes {' or '.join(words)}.")
    return found


def bounce_mailbox() -> tuple[dict[str, Any], str] | None:
    """The account (of feeds.imap) and the folder that failed mail comes back to."""
    text: str = env.str("BOUNCE_MAILBOX", default="").strip()
    if not text:
        return None
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or parts.scheme not in _BOX or not parts.username or not parts.password:
        raise ImproperlyConfigured(
            "BOUNCE_MAILBOX is wrong; it takes imaps://user:password@imap.example.org/INBOX."
        )
    security, usual = _BOX[parts.scheme]
    account = {
        "host": host,
        "port": port or usual,
        "security": security,
        "user": unquote(parts.username),
        "password": unquote(parts.password),
    }
    return account, unquote(parts.path.strip("/")) or "INBOX"


def mail_events() -> tuple[str, dict[str, str]]:
    """The service that tells what became of mail, and what it proves itself with."""
    service: str = env.str("MAIL_EVENTS", default="").strip().lower()
    if not service:
        return "", {}
    if service not in MAIL_SERVICES:
        raise ImproperlyConfigured(
            f"MAIL_EVENTS is {service!r}; it takes one of {', '.join(MAIL_SERVICES)}."
        )
    secret: str = env.str("MAIL_EVENTS_SECRET", default="").strip()
    name, _, password = secret.partition(":")
    if not name or len(password) < 16 or len(set(password)) < 5:
        raise ImproperlyConfigured(
            "MAIL_EVENTS_SECRET is missing or too short; it takes a name, a colon, and 16 random "
            "characters or more, as they stand in the address that the mail service calls."
        )
    key: str = env.str("MAIL_EVENTS_KEY", default="").strip()
    kind = _EVENT_KEYS.get(service, "")
    if kind and not (key and key.isascii()):
        raise ImproperlyConfigured(
            f"MAIL_EVENTS_KEY is missing: the key that {service} signs with."
        )
    return service, {"WEBHOOK_SECRET": secret} | (
        {f"{service.upper()}_{kind}": key} if kind else {}
    )


def together(*given: dict[str, str]) -> dict[str, str | list[str]]:
    """What anymail is told, where one service hands mail in and one tells of mail sent."""
    found: dict[str, str | list[str]] = {}
    for one in given:
        found |= one
    secrets = [one["WEBHOOK_SECRET"] for one in given if one]
    return found | ({"WEBHOOK_SECRET": secrets} if secrets else {})


def connection(found: dict[str, Any]) -> dict[str, Any]:
    """What an EMAIL_URL was read as, as the arguments of a connection."""
    return {
        "backend": "django.core.mail.backends.smtp.EmailBackend",
        "host": found["EMAIL_HOST"],
        "port": found["EMAIL_PORT"],
        "username": found["EMAIL_HOST_USER"] or "",
        "password": found["EMAIL_HOST_PASSWORD"] or "",
        "use_tls": bool(found.get("EMAIL_USE_TLS")),
        "use_ssl": bool(found.get("EMAIL_USE_SSL")),
        "timeout": 20,
    }


def dkim_key() -> str:
    """The private key that mail is signed with, or "". Raises ImproperlyConfigured."""
    key: str = env.str("DKIM_KEY", default="").strip().replace("\\n", "\n")
    if key and "PRIVATE KEY" not in key:
        raise ImproperlyConfigured("DKIM_KEY is wrong; it takes a private key in PEM.")
    if key and not (env.str("DKIM_DOMAIN", default="") and env.str("DKIM_SELECTOR", default="")):
        raise ImproperlyConfigured(
            "DKIM_KEY needs DKIM_DOMAIN and DKIM_SELECTOR, under which its public half stands."
        )
    return key
