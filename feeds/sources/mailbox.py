"""A mailbox that is read by IMAP: what newsletters and alerts were sent to."""

from collections.abc import Generator
from datetime import UTC, date, datetime, timedelta

from django import forms
from django.conf import settings as site
from django.core.validators import RegexValidator

from feeds import imap
from feeds.http import Refused
from feeds.sources.base import Ask, Document, Settings, State, first_day, remembered, sources

_FIRST_DAYS = timedelta(days=7)
_MARGIN = timedelta(days=1)  # a server's day need not be ours
_SECURITY = (
    (imap.TLS, "TLS"),
    (imap.STARTTLS, "STARTTLS"),
    (imap.PLAIN, "none: everybody on the way can read along"),
)
_one_line = RegexValidator(r"\A[^\x00-\x1f\x7f]*\Z", "It holds a line break or the like.")


class MailboxForm(forms.Form):
    host = forms.CharField(
        label="Server",
        max_length=255,
        validators=[RegexValidator(r"\A[A-Za-z0-9.:-]+\Z", "A name like imap.example.org.")],
        help_text="like imap.example.org",
    )
    user = forms.CharField(
        max_length=255, validators=[_one_line], help_text="the name to log in with"
    )
    password = forms.CharField(
        label="Name of the password",
        max_length=100,
        required=False,
        help_text="MAILBOX_PASSWORD if left empty, or MAILBOX_PASSWORD_…: the variable in the "
        "environment of the workers that holds the password. It is not kept here",
    )
    folder = forms.CharField(
        max_length=255, required=False, validators=[_one_line], help_text="INBOX if left empty"
    )
    since = first_day()
    security = forms.ChoiceField(
        choices=[("", "TLS"), *_SECURITY[1:]],
        required=False,
        help_text="TLS if left empty; starttls, or none for a server on the same machine",
    )
    port = forms.IntegerField(
        required=False, min_value=1, max_value=65535, help_text="993, or 143 without TLS, if empty"
    )

    def clean_password(self) -> str:
        name: str = self.cleaned_data["password"] or "MAILBOX_PASSWORD"
        if name != "MAILBOX_PASSWORD" and not name.startswith("MAILBOX_PASSWORD_"):
            raise forms.ValidationError(
                "The name of a variable is needed that starts with MAILBOX_PASSWORD, never the "
                "password itself."
            )
        return name

    def clean_folder(self) -> str:
        return self.cleaned_data["folder"] or "INBOX"

    def clean_security(self) -> str:
        return self.cleaned_data["security"] or imap.TLS


class Mailbox:
    """Each message of a folder once, whole, in the order in which they came.

    Nothing in the folder is marked, moved or deleted, and what its owner has read makes no
    difference. Where the server numbers the folder anew, the messages since the last run are
    read again. A message without papers is told of and passed over.
    """

    name = "mailbox"
    label = "A mailbox (IMAP)"
    every = 15
    form = MailboxForm

    def fetch(
        self, settings: Settings, state: State, now: datetime, ask: Ask
    ) -> Generator[Document]:
        host, user, folder = settings["host"], settings["user"], settings["folder"]
        of = f"{user}@{host} {folder} {settings['since'] or ''}"
        known = remembered(state, of)
        today = now.astimezone(UTC).date()
        with imap.opened(_account(settings), folder) as box:
            if known.get("validity") == box.validity:
                uids = box.after(known["uid"])
            else:
                uids = box.since(_first_day(settings, known, today) - _MARGIN)
            for uid in uids:
                stored = {"of": of, "validity": box.validity, "uid": uid, "day": today.isoformat()}
                name = f"{folder}-{uid}.eml"
                try:
                    yield Document(box.message(uid), name, stored, alone=True, only_copy=True)
                except Refused as refusal:
                    yield Document(None, name, stored, trouble=f"{name}: {refusal}.")


def _account(settings: Settings) -> imap.Account:
    password = site.MAILBOX_PASSWORDS.get(settings["password"], "")
    if not password:
        raise Refused(f"{settings['password']} is not set in the environment of the workers.")
    security = settings["security"]
    port = settings["port"] or imap.PORTS[security]
    return imap.Account(settings["host"], port, security, settings["user"], password)


def _first_day(settings: Settings, state: State, today: date) -> date:
    if "day" in state:
        return date.fromisoformat(state["day"])
    first: date = settings["since"] or today - _FIRST_DAYS
    return first


sources.register(Mailbox())
