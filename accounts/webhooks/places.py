"""Which addresses a webhook may have: https, and public; others where the site's owner says so."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from feeds.guard import PORTS, Refused, Unreachable, allowed, reachable

LONGEST = 2000


class NoPlace(ValueError):
    """An address that nothing is sent to; the text says why and what to do."""


def check(url: str) -> None:
    """Raises NoPlace where nothing is to be sent to that address. It looks its host up."""
    check_words(url)
    try:
        reachable(*_place(url))
    except (Refused, Unreachable) as reason:
        raise NoPlace(str(reason)) from None


def check_words(url: str) -> None:
    """The same without looking the host up, for a moment before a guarded connection."""
    host, port = _place(url)
    if f"{host}:{port}" in settings.WEBHOOKS_ALLOWED:
        return
    if urlsplit(url).scheme != "https" and not settings.DEBUG:
        raise NoPlace(_("An address has to begin with https://, so that nobody reads along."))
    if port not in PORTS.values():
        said = _("%(host)s is named with port %(port)d; only 443 is open.")
        raise NoPlace(said % {"host": host, "port": port})
    if allowed(host, port):
        # What the site itself may ask at home is not open to everybody's webhooks.
        raise NoPlace(_("%(host)s takes no webhooks of this site.") % {"host": host})


def _place(url: str) -> tuple[str, int]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or PORTS.get(parts.scheme)
        host = host.encode("idna").decode()
    except ValueError:
        raise NoPlace(_("That is no address.")) from None
    if not host or not port or parts.scheme not in PORTS or len(url) > LONGEST:
        raise NoPlace(_("It takes an address like https://example.org/hooks."))
    if parts.username or parts.password:
        raise NoPlace(_("The address holds a name or a password; that is not sent."))
    return host, port
