"""Which addresses a webhook may have: https, and public."""

from urllib.parse import urlsplit

from django.conf import settings

from feeds.guard import PORTS, Refused, Unreachable, allowed, reachable

LONGEST = 2000


class NoPlace(ValueError):
    """An address that nothing is sent to; the text says why and what to do."""


def check(url: str) -> None:
    """Raises NoPlace where nothing is to be sent to that address. It looks its host up."""
    host, port = _parts(url)
    check_scheme(url)
    if port not in PORTS.values() and not allowed(host, port):
        raise NoPlace(f"{host} is named with port {port}; only 80 and 443 are open.")
    try:
        reachable(host, port)
    except (Refused, Unreachable) as reason:
        raise NoPlace(str(reason)) from None


def check_scheme(url: str) -> None:
    """Raises NoPlace for an address without https, but for those the site's owner allows."""
    host, port = _parts(url)
    if urlsplit(url).scheme != "https" and not settings.DEBUG and not allowed(host, port):
        raise NoPlace("An address has to begin with https://, so that nobody reads along.")


def _parts(url: str) -> tuple[str, int]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or PORTS.get(parts.scheme)
        host.encode("idna")
    except ValueError:
        raise NoPlace("That is no address.") from None
    if not host or not port or parts.scheme not in PORTS or len(url) > LONGEST:
        raise NoPlace("It takes an address like https://example.org/hooks.")
    if parts.username or parts.password:
        raise NoPlace("The address holds a name or a password; that is not sent.")
    return host, port
