"""As a push message: to a topic of an ntfy server, by one POST for each edition.

Who knows a topic reads all that goes there, so nothing in it opens the order or names its owner.
"""

import re
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from textwrap import shorten
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext, gettext_lazy, ngettext

from accounts import languages
from accounts.addresses import web_address
from accounts.channels.base import Permanent, Temporary, channels
from accounts.editions import Edition
from accounts.emails import masthead
from accounts.models import Delivery
from feeds import http

LIMITS = http.Limits(largest=100_000, silence=5, deadline=10, attempts=1)
# A message of more than 4,096 bytes would come as a file: these are short enough in any script.
TITLES, LONGEST_TITLE, LONGEST_WHAT = 5, 140, 200
_TOPIC = re.compile(r"/[A-Za-z0-9_-]{1,64}")
_SERVER_FAILS = 500


class NtfyLine:
    """Asks each server until it fails: the rest of the batch leaves that one alone."""

    def __init__(self) -> None:
        self._failed: dict[str, Temporary] = {}

    def open(self) -> None:
        """Each message has a connection of its own."""

    def deliver(self, delivery: Delivery, edition: Edition) -> None:
        topic = delivery.subscription.target
        place = urlsplit(topic).netloc
        if place in self._failed:
            raise self._failed[place]
        try:
            with languages.speaking(delivery.subscription.language):
                heading, text = title(edition), words(edition)
            _push(topic, heading, text, web_address(delivery))
        except Temporary as error:
            self._failed[place] = error
            raise


class Ntfy:
    """The first titles of an edition, with a link to all of it."""

    name = "ntfy"
    label = gettext_lazy("by ntfy")
    shared = False
    asks = "ntfy topic"

    @contextmanager
    def line(self) -> Iterator[NtfyLine]:
        yield NtfyLine()

    def check(self, target: str) -> str:
        """The topic's address in full; a bare name means one at NTFY_SERVER."""
        return checked(target.strip())

    def test(self, target: str) -> None:
        said = gettext("It works: your papers will come here.")
        _push(target, settings.SITE_NAME, said, settings.SITE_URL)


def checked(target: str) -> str:
    """A topic's address in full. Raises ValueError where it is none, or not one for readers."""
    if _TOPIC.fullmatch(f"/{target}"):
        target = f"{settings.NTFY_SERVER}/{target}"
    try:
        parts = urlsplit(target)
        place = f"{parts.hostname}:{parts.port or {'http': 80}.get(parts.scheme, 443)}"
    except ValueError:
        raise ValueError(gettext("This is no address.")) from None
    if not parts.hostname or parts.query or not _TOPIC.fullmatch(parts.path):
        raise ValueError(
            gettext(
                "Write a topic as https://ntfy.sh/my-topic: letters, digits, - and _, up to 64."
            )
        )
    if place in settings.NTFY_ALLOWED:
        return target
    # What the site itself may ask at home is not open to readers.
    if parts.scheme != "https" or parts.port not in (None, 443) or parts.username:
        raise ValueError(gettext("A topic's address starts with https:// and names no port."))
    if place in settings.FETCH_ALLOWED:
        said = gettext("%(host)s takes no messages from here.")
        raise ValueError(said % {"host": parts.hostname})
    return target


def title(edition: Edition) -> str:
    """ "Broadsheet, 24 April: 12 papers"."""
    count = len(edition.papers)
    said = ngettext("%(masthead)s: %(count)d paper", "%(masthead)s: %(count)d papers", count)
    return said % {"masthead": masthead(edition), "count": count}


def words(edition: Edition) -> str:
    """What was asked for, and the first titles."""
    lines = [shorten(edition.what, LONGEST_WHAT, placeholder=" …")]
    titles = [_cut(paper.title) for paper in edition.papers[:TITLES]]
    lines += [f"{place}. {name}" for place, name in enumerate(titles, 1)]
    if not titles:
        lines.append(gettext("Nothing is new."))
    if left := len(edition.papers) - len(titles):
        more = ngettext("… and %(count)d more", "… and %(count)d more", left)
        lines.append(more % {"count": left})
    return "\n".join(lines)


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TITLE else f"{line[: LONGEST_TITLE - 2]} …"


def _push(topic: str, heading: str, text: str, link: str) -> None:
    """Raises Temporary or Permanent, in words that do not tell the topic."""
    if settings.MAIL_TEST_ADDRESS:
        raise Permanent("Test mode: nothing leaves but mail to one address.")
    try:
        topic = checked(topic)  # what is allowed may have changed since it was ordered
    except ValueError as error:
        raise Permanent(str(error)) from error
    host = urlsplit(topic).hostname
    headers = {"Title": _encoded(heading), "Click": link, "Tags": "newspaper"}
    try:
        http.fetch(topic, headers=headers, limits=LIMITS, body=text.encode())
    except http.Unreachable as error:
        wait = None if error.retry_after is None else timedelta(seconds=error.retry_after)
        raise Temporary(str(error), wait) from error
    except http.Refused as error:
        if error.status >= _SERVER_FAILS:
            raise Temporary(f"{host} answers {error.status}.") from error
        told = f"{host} answers {error.status}." if error.status else f"{host} may not be asked."
        raise Permanent(told) from error


def _encoded(text: str) -> str:
    """As a header holds it (RFC 2047), in one piece: a line of HTTP is not folded."""
    return text if text.isascii() else f"=?UTF-8?B?{b64encode(text.encode()).decode()}?="


channels.register(Ntfy())
