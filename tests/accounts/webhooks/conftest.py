"""A receiver on loopback that checks what it gets as the standardwebhooks package does."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone
from standardwebhooks.webhooks import Webhook as Standard

from accounts.models import Webhook, WebhookEvent
from accounts.webhooks import looking, making, sending, signing
from accounts.webhooks.making import Wish
from tests.people import somebody
from tests.site import Site

PATH = "/hooks"


@dataclass
class Receiver:
    """What came in at PATH, in order: headers and bodies."""

    site: Site

    @property
    def url(self) -> str:
        return self.site.url(PATH)

    def answers(self, status: int = 200, body: bytes = b"ok", **headers: str) -> None:
        self.site.gives(PATH, body, status, **headers)

    @property
    def got(self) -> list[tuple[dict[str, str], bytes]]:
        return [
            (headers, body)
            for (_, headers), body in zip(self.site.asked, self.site.posted, strict=True)
        ]

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _ in self.got]

    def verified(self, hook: Webhook, number: int = -1) -> Any:
        """What a receiver reads of a request after it checked the signature."""
        headers, body = self.got[number]
        return Standard(signing.secret(hook)).verify(body, headers)


@pytest.fixture
def receiver(site, settings) -> Receiver:
    settings.WEBHOOKS_ALLOWED = [site.place]
    made = Receiver(site)
    made.answers()
    return made


@pytest.fixture
def ada(db) -> int:
    person = somebody("Ada")
    EmailAddress.objects.create(
        user_id=person, email=f"ada{person}@example.org", verified=True, primary=True
    )
    return person


@pytest.fixture
def hook(ada, receiver) -> Any:
    """Makes a webhook of Ada's at the receiver: of papers that come in, unless said else."""

    def hooking(*kinds: str, asked: str = "", by: int = ada, **fields: Any) -> Webhook:
        given = {"name": "A program", "url": receiver.url, "kinds": kinds or ("paper.added",)}
        return making.make(by, Wish(**given | fields, asked=asked), timezone.now())

    return hooking


def beat(now: datetime | None = None) -> None:
    """What a beat and a worker do in a minute."""
    now = now or timezone.now()
    looking.look(now)
    for hook in sending.waiting(now):
        sending.send(hook)


def event() -> WebhookEvent:
    return WebhookEvent.objects.latest("id")
