"""Mail that a mail service hands over by a webhook, as it comes."""

import re
from collections.abc import Generator
from datetime import datetime

from django import forms

from feeds.sources.base import Ask, Document, Settings, State, sources

_SENDER = re.compile(r"([^@\s]+@)?[a-z0-9.-]+\.[a-z0-9-]+")


class InboundMailForm(forms.Form):
    address = forms.EmailField(
        max_length=254, help_text="the address that newsletters and alerts are sent to"
    )
    senders = forms.CharField(
        max_length=1000,
        required=False,
        help_text="whose mail is taken: addresses, or names like example.org; else everybody's",
    )

    def clean_address(self) -> str:
        return str(self.cleaned_data["address"]).lower()

    def clean_senders(self) -> list[str]:
        senders: list[str] = self.cleaned_data["senders"].lower().replace(",", " ").split()
        for sender in senders:
            if not _SENDER.fullmatch(sender):
                raise forms.ValidationError(f"{sender!r} is neither an address nor a name.")
        return senders


class InboundMail:
    """Each message that is sent to its address, whole; nothing is fetched."""

    name = "inbound_mail"
    label = "Mail sent to an address (webhook)"
    every = 0
    form = InboundMailForm

    def fetch(
        self, settings: Settings, state: State, now: datetime, ask: Ask
    ) -> Generator[Document]:
        yield from ()


def takes_from(senders: list[str], sender: str) -> bool:
    """Whether mail of this address is taken: by the address, its domain, or one above it."""
    if not senders:
        return True
    domain = sender.rpartition("@")[2]
    return any(sender == each or f".{domain}".endswith(f".{each}") for each in senders)


sources.register(InboundMail())
