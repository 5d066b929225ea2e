"""The edition as a mail: the same paper in one column."""

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from textwrap import fill

from css_inline import CSSInliner
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import get_template, render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts import languages, marks, orders
from accounts.addresses import (
    act_address,
    manage_address,
    one_click_address,
    unsubscribe_address,
    web_address,
)
from accounts.editions import Edition
from accounts.models import Delivery, Subscription
from accounts.printed import Body, PrintedMail
from accounts.reasons import why
from accounts.returned.hearing import END_BY_MAIL
from feeds.query import FOR_YOU, FeedQuery
from feeds.records import PaperView
from feeds.web.addresses import address
from feeds.web.wording import editors, period_words

MOST_BYTES = 90_000
COLUMNS = 72
LONGEST_TITLE = 100
MOST_BLOCKS = 2_000  # of papers that a worker keeps set: some ten megabytes
# What stands for the reader's own links and words while the rest is made once for all.
_OWN = {name: f"own-{name}-own" for name in ("when", "manage", "end", "here", "act")}
# Bytes of a mail that are in neither part: its headers, and the reader's own links.
_BESIDE = 4_000
# Bytes of a link to vote and save by, beside the address of the site.
_ACT_BYTES = len(settings.SITE_URL) + 100


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What is alike for all who read an edition in one language: both parts have marks where the
    reader's own links go, and `body` is the bytes of them.
    """

    subject: str
    text: str
    html: str
    body: Body | None


class Press:
    """Prints the mails of one batch: each edition is set once, however many read it."""

    def __init__(self) -> None:
        self._set: dict[tuple[object, ...], _Sheet] = {}

    def message(self, delivery: Delivery, edition: Edition) -> EmailMultiAlternatives:
        """The mail of that delivery, smaller than MOST_BYTES: a long edition is cut at a paper,
        with a link to the rest. It is in the language of its order.
        """
        order = delivery.subscription
        sheet = self._sheet(edition, order.language)
        own = {
            "when": _when(order.cadence, order.hour, order.timezone, order.language),
            "manage": manage_address(order),
            "end": unsubscribe_address(order),
            "here": web_address(delivery),
            "act": act_address(order),
        }
        message = PrintedMail(
            sheet.subject,
            _filled(sheet.text, own),
            from_email=marks.sender(marks.Mark(marks.DELIVERY, delivery.pk)),
            to=[order.email],
            headers=_headers(delivery),
        )
        message.attach_alternative(_filled(sheet.html, own), "text/html")
        message.body_for_many, message.own = sheet.body, own
        return message

    def _sheet(self, edition: Edition, language: str) -> "_Sheet":
        ids = tuple(paper.id for paper in edition.papers)
        # Of readers' own orders the same papers may stand there for other reasons.
        own = edition.query.sort == FOR_YOU
        said = tuple((paper.note, paper.score) for paper in edition.papers) if own else ()
        key = (language, str(edition.query), edition.what, ids, said)
        if key not in self._set:
            with languages.speaking(language):
                text, html = self._fitting(edition)
                self._set[key] = _Sheet(subject(edition), text, html, Body.of(text, html))
        return self._set[key]

    def _fitting(self, edition: Edition) -> tuple[str, str]:
        count = len(edition.papers)
        while True:
            kept = edition.papers[:count]
            cut = replace(edition, papers=kept, more=edition.more or kept != edition.papers)
            parts = self._parts(cut)
            links = sum(part.count(_OWN["act"]) for part in parts)
            size = sum(len(part.encode()) for part in parts) + links * _ACT_BYTES + _BESIDE
            if size <= MOST_BYTES or count <= 1:
                return parts
            count = max(1, min(count - 1, count * MOST_BYTES // size))

    def _parts(self, edition: Edition) -> tuple[str, str]:
        site, language = settings.SITE_URL, languages.asked()
        blocks = [
            _block(paper, why(paper, edition.query), place == 0, site, language)
            for place, paper in enumerate(edition.papers)
        ]
        words = _words(edition)
        text = get_template("emails/edition/body.txt").render(
            words | {"blocks": [text for text, _ in blocks]}
        )
        html = get_template("emails/edition/body.html").render(words | {"css": _css()})
        head, foot = _inliner().inline(html).split("<!--papers-->")
        return text, head + "".join(html for _, html in blocks) + foot


@lru_cache(1_000)
def _when(cadence: str, hour: int, zone: str, language: str) -> str:
    with languages.speaking(language):
        return orders.when(cadence, hour, zone)


@lru_cache(MOST_BLOCKS)
def _block(paper: PaperView, reason: str, lead: bool, site: str, language: str) -> tuple[str, str]:
    """One paper in both parts: the same for all editions that tell the same of it, and for all
    who read it in the `language` that is spoken.
    """
    words = {
        "paper": paper, "lead": lead, "why": reason, "site_url": site, "own": _OWN,
        "language": language,
    }  # fmt: skip
    text = render_to_string("emails/edition/paper.txt", words)
    html = render_to_string("emails/edition/paper.html", words)
    return _wrapped(text), _inliner().inline_fragment(html, _css())


@cache
def _inliner() -> CSSInliner:
    return CSSInliner(keep_at_rules=True, minify_css=True, load_remote_stylesheets=False)


@cache
def _css() -> str:
    return render_to_string("emails/edition/style.css")


def subject(edition: Edition) -> str:
    """ "Broadsheet, 24 April: the first paper's title"."""
    if not edition.papers:
        return gettext("%(masthead)s: nothing new") % {"masthead": settings.SITE_NAME}
    lead = " ".join(edition.papers[0].title.split())
    if len(lead) > LONGEST_TITLE:
        lead = lead[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
    return f"{masthead(edition)}: {lead}"


def masthead(edition: Edition) -> str:
    """ "Broadsheet, 24 April"."""
    return f"{settings.SITE_NAME}, {_short(edition.query)}"


def _headers(delivery: Delivery) -> dict[str, str]:
    order = delivery.subscription
    return {
        "From": settings.DEFAULT_FROM_EMAIL,
        "Message-ID": delivery.message_id,
        "List-Id": f"{settings.SITE_NAME} <papers.{settings.SITE_HOST}>",
        "List-Unsubscribe": ", ".join([f"<{one_click_address(order)}>", *end_by_mail(order)]),
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        # What mailbox providers sum complaints up by: nothing in it tells one reader from another.
        "Feedback-ID": f"{delivery.period}:{order.cadence}:papers:{settings.SITE_HOST}",
        "Precedence": "bulk",
        "Auto-Submitted": "auto-generated",
        "Content-Language": languages.offered(order.language),
    }


def end_by_mail(order: Subscription) -> list[str]:
    """The mail that ends the order, where somebody reads such mails."""
    if not (settings.BOUNCE_ADDRESS and settings.BOUNCE_MAILBOX):
        return []
    token = unsubscribe_address(order).rpartition("/")[2]
    return [f"<mailto:{settings.BOUNCE_ADDRESS}?subject={END_BY_MAIL}%20{token}>"]


def _words(edition: Edition) -> dict[str, object]:
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "subject": subject(edition),
        "day": period_words(edition.query),
        "byline": edition.byline or editors(),
        "what": edition.what,
        "count": len(edition.papers),
        "others": edition.papers[1:4],
        "more": edition.more,
        "note": edition.note,
        "web": settings.SITE_URL + address(edition.query),
        "own": _OWN,
    }


def _short(query: FeedQuery) -> str:
    day = query.date
    if not day:
        return gettext("all days")
    if query.period == "month":
        return date_format(day, "MONTH")
    said = date_format(day, "DAY_OF_MONTH")
    return gettext("week of %(day)s") % {"day": said} if query.period == "week" else said


def _filled(text: str, own: dict[str, str]) -> str:
    return re.sub(f"own-({'|'.join(_OWN)})-own", lambda mark: own[mark[1]], text)


def _wrapped(text: str) -> str:
    """Each line in as many columns as a mail has, what follows its first one indented."""
    return "\n".join(
        fill(
            line.strip(), COLUMNS, initial_indent=line[: len(line) - len(line.lstrip())],
            subsequent_indent="   ", break_long_words=False, break_on_hyphens=False,
        )
        for line in text.strip("\n").split("\n")
    )  # fmt: skip
