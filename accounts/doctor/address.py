"""The site as others reach it: whether its address leads here, and mail can be ended there."""

import json
from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse

from accounts.doctor.base import BAD, GOOD, NOTE, Finding, Part, parts
from feeds.http import Limits, Refused, Unreachable, fetch, post

_ONE_CLICK, _NO_SUCH_LINK = b"List-Unsubscribe=One-Click", 404
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
LIMITS = Limits(largest=1_000_000, silence=5.0, deadline=8.0, attempts=1)


def examine() -> Iterator[Finding]:
    about, fix = "From outside", "Do DNS and the proxy lead to this site?"
    try:
        said = json.loads(fetch(settings.SITE_URL + reverse("livez"), limits=LIMITS).content)
        alive = isinstance(said, dict) and said.get("alive") is True
    except Refused:
        found = f"{settings.SITE_URL} was not asked: it is private, as seen from here."
        yield Finding(about, NOTE, found, "Ask it from another machine: curl …/livez")
        return
    except Unreachable as error:
        yield Finding(about, BAD, f"{settings.SITE_URL} does not answer: {error}", fix)
        return
    except ValueError:
        alive = False
    if not alive:
        yield Finding(about, BAD, f"Something else answers at {settings.SITE_URL}.", fix)
        return
    yield Finding(about, GOOD, f"{settings.SITE_URL} leads here.")
    yield _ending()


def _ending() -> Finding:
    """Mail programs post there, without a cookie, to end an order by one click (RFC 8058)."""
    about = "Unsubscribing"
    nobodys = settings.SITE_URL + reverse("end", args=["nobodys"])
    try:
        status = post(nobodys, _ONE_CLICK, headers=_FORM, seconds=LIMITS.silence).status
    except (Refused, Unreachable) as error:
        status, said = 0, str(error)
    else:
        said = f"status {status}"
    if status != _NO_SUCH_LINK:
        fix = "Let POST to /subscriptions/ through, with no cookie and from any network."
        return Finding(about, BAD, f"A mail program that ends an order is answered: {said}", fix)
    return Finding(about, GOOD, "A mail program can end an order by one click.")


parts.register(Part("address", 50, examine))
