"""Failures are told to Sentry too, where SENTRY_DSN names one: without people, and without keys."""

from importlib import import_module
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from config.version import VERSION


def start(dsn: str) -> None:
    """Raises ImproperlyConfigured where the package is missing."""
    try:
        sentry = import_module("sentry_sdk")
    except ImportError:
        raise ImproperlyConfigured(
            "SENTRY_DSN is set, but the package is not installed: pip install sentry-sdk."
        ) from None
    sentry.init(
        dsn=dsn,
        release=VERSION,
        send_default_pii=False,
        include_local_variables=False,  # they may hold addresses
        max_request_body_size="never",
        before_send=_cleaned,
        before_breadcrumb=_cleaned,
    )


def _cleaned(event: Any, _hint: object) -> Any:
    """The same, with each text as the log has it."""
    from accounts.redacting import without_keys  # noqa: PLC0415  (the settings load this module)

    if isinstance(event, str):
        return without_keys(event)
    if isinstance(event, dict):
        return {name: _cleaned(value, _hint) for name, value in event.items()}
    if isinstance(event, list | tuple):
        return [_cleaned(value, _hint) for value in event]
    return event
