"""How a setting is read from the environment: checked, or refused with a sentence."""

from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import environ
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

from config.bounded import Bounded

env = environ.FileAwareEnv()
_EXAMPLES = ("django-insecure", "change", "replace", "example", "your", "secret", "insert", "todo")
SOCKETS = ("postgres", "postgresql", "unix")


def number(name: str, default: int, low: int, high: int) -> int:
    """The setting as a whole number from `low` to `high`. Raises ImproperlyConfigured."""
    text = env.str(name, default=str(default))
    whole = text.isascii() and text.strip().isdecimal()
    if not whole or not low <= int(text) <= high:
        raise ImproperlyConfigured(f"{name} is {text!r}; it takes a number from {low} to {high}.")
    return int(text)


def switch(name: str, default: bool) -> bool:
    """The setting as on or off. Raises ImproperlyConfigured for any other word."""
    text = env.str(name, default="on" if default else "off").strip().lower()
    if text in ("on", "true", "yes", "1"):
        return True
    if text in ("off", "false", "no", "0", ""):
        return False
    raise ImproperlyConfigured(f"{name} is {text!r}; it takes on or off.")


def url(name: str, default: str, schemes: tuple[str, ...]) -> str:
    """The setting as an address with one of `schemes`. Raises ImproperlyConfigured."""
    text: str = env.str(name, default=default).strip()
    if not _is_address(text, schemes):
        wanted = " or ".join(f"{scheme}://…" for scheme in schemes)
        raise ImproperlyConfigured(
            f"{name} is {'not set' if not text else 'wrong'}; it takes {wanted}."
        )
    return text


def _is_address(text: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(text)
        # A server on this machine may be named by its socket alone.
        named = parts.hostname or (parts.scheme in SOCKETS and parts.path)
        return parts.scheme in schemes and bool(named) and parts.port != 0
    except ValueError:  # a port or a bracket that is none
        return False


def read_addresses() -> list[str]:
    """The addresses of replicas. Raises ImproperlyConfigured."""
    found = [text.strip() for text in env.list("READ_DATABASE_URLS", default=[]) if text.strip()]
    for place, text in enumerate(found, start=1):
        if not _is_address(text, ("postgres", "postgresql")):  # it is not shown: it has a password
            raise ImproperlyConfigured(
                f"READ_DATABASE_URLS is wrong at address {place}; it takes postgres://… or "
                "postgresql://…, separated by commas (a comma in a password is written %2C)."
            )
    return found


def replicas(addresses: list[str], pool: int) -> dict[str, dict[str, Any]]:
    """Django's `DATABASES` of these addresses, on which nobody waits longer than a moment."""
    made = {f"replica{place}": env.db_url_config(text) for place, text in enumerate(addresses, 1)}
    for one in made.values():
        bounds = {"connect_timeout": 2, "tcp_user_timeout": 2000}
        each = {"min_size": 0, "max_size": pool, "timeout": 1, "reconnect_timeout": 2}
        one["OPTIONS"] = bounds | one.get("OPTIONS", {})
        one["OPTIONS"]["pool"] = each | {"connection_class": Bounded}
        one |= {"ENGINE": "config.postgres", "CONN_HEALTH_CHECKS": True}
        one["TEST"] = {"MIRROR": "default"}
    return made


def hub() -> str:
    """The address of a WebSub hub, "" for none. Raises ImproperlyConfigured."""
    if not env.str("WEBSUB_HUB", default="").strip():
        return ""
    return url("WEBSUB_HUB", "", ("http", "https"))


def gist_model() -> tuple[str, str, str]:
    """Where a model proposes gists ("" for nowhere), the key sent there, and the model's name.

    Raises ImproperlyConfigured.
    """
    if not env.str("GIST_ENDPOINT", default="").strip():
        return "", "", ""
    endpoint = url("GIST_ENDPOINT", "", ("http", "https")).rstrip("/")
    model = env.str("GIST_MODEL", default="").strip()
    if not model:
        raise ImproperlyConfigured("GIST_MODEL is not set; GIST_ENDPOINT needs a model’s name.")
    return endpoint, env.str("GIST_KEY", default="").strip(), model


def timezone(name: str, default: str) -> str:
    """The setting as an IANA time zone's name. Raises ImproperlyConfigured."""
    text: str = env.str(name, default=default)
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ImproperlyConfigured(
            f"{name} is {text!r}; it takes a zone like Europe/Paris."
        ) from None
    return text


def secret_key() -> str:
    """The key that signs links and sessions. Raises ImproperlyConfigured where it is missing,
    short, or one that stands in examples for all to read."""
    key: str = env.str("SECRET_KEY", default="")
    if key.lower().startswith(_EXAMPLES):
        raise ImproperlyConfigured(
            "SECRET_KEY is one that stands in examples; it takes 50 random characters or more. "
            "`python -c 'import secrets; print(secrets.token_urlsafe(50))'` makes one."
        )
    if len(key) < 50 or len(set(key)) < 5:
        raise ImproperlyConfigured(
            "SECRET_KEY is missing or too short; it takes 50 random characters or more. "
            "`python -c 'import secrets; print(secrets.token_urlsafe(50))'` makes one."
        )
    return key


def metrics_token() -> str:
    """What a monitor proves itself with; "" where none may ask. Raises ImproperlyConfigured."""
    token: str = env.str("METRICS_TOKEN", default="").strip()
    if token and (not token.isascii() or len(token) < 16 or len(set(token)) < 5):
        raise ImproperlyConfigured(
            "METRICS_TOKEN is too short; it takes 16 random characters or more."
        )
    return token


def security_contact() -> str:
    """Whom to tell of a weakness: `mailto:…`, or a page. Raises ImproperlyConfigured."""
    contact: str = env.str("SECURITY_CONTACT", default="").strip()
    mail = contact.removeprefix("mailto:")
    if contact and not contact.startswith("https://"):
        try:
            validate_email(mail)
        except ValidationError:
            raise ImproperlyConfigured(
                f"SECURITY_CONTACT is {contact!r}; it takes a mail address, or https://…."
            ) from None
        return f"mailto:{mail}"
    return contact


def places(name: str) -> list[str]:
    found: list[str] = env.list(name, default=[])
    for place in found:
        host, _, port = place.rpartition(":")
        if not host or not port.isascii() or not port.isdecimal() or not 0 < int(port) < 65536:
            raise ImproperlyConfigured(
                f"{name} is wrong at {place!r}; it takes host:port, separated by commas."
            )
    return found


def mailbox_passwords() -> dict[str, str]:
    """MAILBOX_PASSWORD and MAILBOX_PASSWORD_<NAME>, each from the environment or its file."""
    names = {name.removesuffix("_FILE") for name in env.ENVIRON}
    found = {name: env.str(name) for name in names if name.startswith("MAILBOX_PASSWORD_")}
    found["MAILBOX_PASSWORD"] = env.str("MAILBOX_PASSWORD", default="")
    return {name: password.strip() for name, password in found.items() if password.strip()}


# Mail services that can hand mail over, and the name of the key that some sign it with.
MAIL_SERVICES = {
    "mailersend": "INBOUND_SECRET",
    "mailgun": "WEBHOOK_SIGNING_KEY",
    "mailjet": "",
    "mandrill": "WEBHOOK_KEY",
    "postmark": "",
    "sendgrid": "",
    "sparkpost": "",
}


def inbound_mail() -> tuple[str, dict[str, str]]:
    """The service that hands mail over, and what it proves itself with."""
    service: str = env.str("INBOUND_MAIL", default="").strip().lower()
    if not service:
        return "", {}
    if service not in MAIL_SERVICES:
        known = ", ".join(MAIL_SERVICES)
        raise ImproperlyConfigured(f"INBOUND_MAIL is {service!r}; it takes one of {known}.")
    secret: str = env.str("INBOUND_MAIL_SECRET", default="").strip()
    name, _, password = secret.partition(":")
    if not name or len(password) < 16 or len(set(password)) < 5:
        raise ImproperlyConfigured(
            "INBOUND_MAIL_SECRET is missing or too short; it takes a name, a colon, and 16 random "
            "characters or more, as they stand in the address that the mail service calls."
        )
    key: str = env.str("INBOUND_MAIL_KEY", default="").strip()
    kind = MAIL_SERVICES[service]
    if kind and not (key and key.isascii()):
        raise ImproperlyConfigured(
            f"INBOUND_MAIL_KEY is missing: the key that {service} signs with."
        )
    return service, {"WEBHOOK_SECRET": secret} | (
        {f"{service.upper()}_{kind}": key} if kind else {}
    )
