"""An edition as the mail that it would be: looked at, and sent to oneself."""

import uuid
from dataclasses import dataclass
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage as Parsed

from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext

from accounts import languages
from accounts.editions import Edition, pick
from accounts.emails import Press
from accounts.models import Delivery, Subscription
from accounts.pages import Pages


@dataclass(frozen=True, slots=True)
class Preview:
    """A mail as it would leave: its parts, and the whole of it. `papers` is their number."""

    subject: str
    html: str
    text: str
    source: str
    papers: int
    size: int


class NothingThere(ValueError):
    """No paper was ever listed for that question."""


def message(
    query: str, cadence: str, day: date, *, most: int, reader: int, to: str, language: str = ""
) -> Preview:
    """The mail of that order on that day, to `to`, as the user `reader` may see it; in the language
    of the page that asks, where none is named.

    Its links of the order lead nowhere: there is no such order. Raises QueryError, NothingThere.
    """
    spoken = language or languages.asked()
    mail, edition = _printed(query, cadence, day, most=most, reader=reader, to=to, language=spoken)
    raw = bytes(mail.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]
    parsed = message_from_bytes(raw, policy=policy.default)
    return Preview(
        subject=str(mail.subject),
        html=_part(parsed, "html"),
        text=_part(parsed, "plain"),
        source=raw.decode("utf-8", "replace").replace("\r\n", "\n"),
        papers=len(edition.papers),
        size=len(raw),
    )


def send_to_me(query: str, cadence: str, day: date, *, most: int, reader: int, to: str) -> None:
    """Sends that mail to `to`, marked as a test. Raises what the mail server raises, too."""
    spoken = languages.asked()
    mail, _ = _printed(query, cadence, day, most=most, reader=reader, to=to, language=spoken)
    mail.subject = gettext("Test: %(subject)s") % {"subject": mail.subject}
    mail.send()


def _printed(
    query: str, cadence: str, day: date, *, most: int, reader: int, to: str, language: str
) -> tuple[EmailMultiAlternatives, Edition]:
    order = Subscription(
        email=to, query=query, cadence=cadence, most=most, language=language, uid=uuid.uuid4(), pk=0
    )
    row = Delivery(subscription=order, period=day, pk=0)
    pages = Pages({to: reader})
    asked = pages.latest(order, day)
    if not asked.date:
        raise NothingThere(gettext("No papers were ever listed for that."))
    row.asked, row.edition = str(asked), asked.date
    page = pages.of(row)
    chosen = set(pick(list(page.papers), order))
    papers = tuple(paper for paper in page.papers if paper.id in chosen)
    more = bool(page.cursor) or len(papers) < len(page.papers)
    with languages.speaking(language):
        said = "\n".join(page.said)
    edition = Edition(page.query, pages.what(order), papers, more, page.byline, said)
    return Press().message(row, edition), edition


def _part(parsed: Parsed, kind: str) -> str:
    part = parsed.get_body((kind,))
    return str(part.get_content()) if part else ""
