"""Mail that comes in by a webhook: for the source whose address it was sent to.

Whoever imports this module listens to what the webhooks of anymail bring.
"""

import logging
from datetime import datetime
from email.message import EmailMessage, Message
from email.parser import BytesHeaderParser
from email.policy import compat32, default
from email.utils import getaddresses
from typing import Any

from anymail.inbound import AnymailInboundMessage
from anymail.signals import inbound
from anymail.urls import urlpatterns as webhooks
from django.db.models import Q
from django.dispatch import receiver
from django.urls import URLPattern
from django.utils import timezone

from feeds.health import passed_over
from feeds.models import Source
from feeds.sources.base import Document, checked, sources
from feeds.sources.inbound_mail import takes_from
from feeds.taking import Outcome, take

# Headers as they are, however long their lines.
_AS_IT_CAME = default.clone(refold_source="none")

logger = logging.getLogger(__name__)


def addresses(service: str) -> list[URLPattern]:
    """Where the mail service hands messages over; nothing where there is no service."""
    names = {f"{service}_inbound_webhook", f"{service}_webhook"} if service else set()
    return [webhook for webhook in webhooks if webhook.name in names]


@receiver(inbound)
def ring(*, event: Any, **_: Any) -> None:
    """What anymail calls for each message."""
    take_in(event.message, event.event_id or "", timezone.now())


def take_in(message: AnymailInboundMessage, name: str, now: datetime) -> int:
    """Gives the message to the sources it was sent to; their number.

    One that cannot be read is told of in the source's health. Raises what the database raises:
    the mail service then sends it again, and nothing is taken twice.
    """
    content = _whole(message)
    # The newer policy of the standard library stumbles over headers that are none.
    headers = BytesHeaderParser(policy=compat32).parsebytes(content)
    found = _sources(_recipients(message, headers))
    if not found:
        logger.warning("a message came in for an address that no source has; it was dropped")
    name = f"{name or headers.get('Message-ID', 'message')}.eml"
    for source in found:
        document = Document(content, name, {}, alone=True, only_copy=True)
        if why := _unwanted(message, headers, source):
            document = Document(None, name, {}, trouble=f"{name}: {why}")
        _receive(source, document, now)
    return len(found)


def _receive(source: Source, document: Document, now: datetime) -> None:
    """Takes in a document that was sent to the source, and tells of it in its health."""
    outcome = Outcome(source.slug)
    take(document, source, now, outcome)
    told: dict[str, object] = {"last_success_at": now, "failures": 0}
    Source.objects.filter(pk=source.pk).update(**told | passed_over(outcome.troubles, now))


def _sources(recipients: list[str]) -> list[Source]:
    wanted = Q(pk__in=[])
    for recipient in recipients:
        wanted |= Q(settings__address__iexact=recipient)
    return list(Source.objects.filter(wanted, plugin="inbound_mail", enabled=True).order_by("id"))


def _recipients(message: AnymailInboundMessage, headers: Message) -> list[str]:
    """Whom the mail service took it for, or else whom the message names."""
    if message.envelope_recipient:
        return _plain([message.envelope_recipient])
    return _plain([line for name in ("To", "Cc", "Bcc") for line in headers.get_all(name, [])])


def _plain(lines: list[str]) -> list[str]:
    return [address.strip() for _, address in getaddresses([*map(str, lines)]) if "@" in address]


def _unwanted(message: AnymailInboundMessage, headers: Message, source: Source) -> str:
    """Why the source does not take the message; "" where it does."""
    senders = checked(sources.get(source.plugin), source.settings)["senders"]
    sender = "".join(_plain(headers.get_all("From", []))[:1]).lower()
    if not takes_from(senders, sender):
        return "its sender is not among those taken."
    return "the mail service holds it for spam." if message.spam_detected else ""


def _whole(message: EmailMessage) -> bytes:
    """The message as it was sent, as far as the mail service tells."""
    try:
        return message.as_bytes(policy=_AS_IT_CAME)
    except (ValueError, LookupError, TypeError):  # headers that are none
        return message.as_bytes(policy=compat32)
