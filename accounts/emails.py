"""The edition as a mail: the same paper in one column."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from textwrap import fill

from css_inline import CSSInliner
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import get_template, render_to_string

from accounts import marks, orders
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
from accounts.returned.hearing import END_BY_MAIL
from feeds.query import FeedQuery
from feeds.rankers.base import order_label
from feeds.records import PaperView
from feeds.templatetags.papers import ledger
from feeds.web.addresses import address
from feeds.web.wording import period_words

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


class Press:
    """Prints the mails of one batch: each edition is set once, however many read it."""

    def __init__(self) -> None:
        self._set: dict[tuple[str, str, tuple[int, ...]], tuple[str, str, Body | None]] = {}

    def message(self, delivery: Delivery, edition: Edition) -> EmailMultiAlternatives:
        """The mail of that delivery, smaller than MOST_BYTES: a long edition is cut at a paper,
        with a link to the rest.
        """
        order = delivery.subscription
        text, html, body = self._edition(edition)
        own = {
            "when": orders.when(order.cadence, order.hour, order.timezone),
            "manage": manage_address(order),
            "end": unsubscribe_address(order),
            "here": web_address(delivery),
            "act": act_address(order),
        }
        message = PrintedMail(
            subject(edition),
            _filled(text, own),
            from_email=marks.sender(marks.Mark(marks.DELIVERY, delivery.pk)),
            to=[order.email],
            headers=_headers(delivery),
        )
        message.attach_alternative(_filled(html, own), "text/html")
        message.body_for_many, message.own = body, own
        return message

    def _edition(self, edition: Edition) -> tuple[str, str, Body | None]:
        """Both parts, with marks where the reader's own links go, and the bytes of them."""
        ids = tuple(paper.id for paper in edition.papers)
        key = (str(edition.query), edition.what, ids)
        if key not in self._set:
            text, html = self._fitting(edition)
            self._set[key] = text, html, Body.of(text, html)
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
        blocks = [
            _block(paper, why(paper, edition.query), lead=place == 0, site=settings.SITE_URL)
            for place, paper in enumerate(edition.papers)
        ]
        words = _words(edition)
        text = get_template("emails/edition/body.txt").render(
            words | {"blocks": [text for text, _ in blocks]}
        )
        html = get_template("emails/edition/body.html").render(words | {"css": _css()})
        head, foot = _inliner().inline(html).split("<!--papers-->")
        return text, head + "".join(html for _, html in blocks) + foot


@lru_cache(MOST_BLOCKS)
def _block(paper: PaperView, reason: str, *, lead: bool, site: str) -> tuple[str, str]:
    """One paper in both parts: the same for all editions that tell the same of it."""
    words = {"paper": paper, "lead": lead, "why": reason, "site_url": site, "own": _OWN}
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
        return f"{settings.SITE_NAME}: nothing new"
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
    }


def end_by_mail(order: Subscription) -> list[str]:
    """The mail that ends the order, where somebody reads such mails."""
    if not (settings.BOUNCE_ADDRESS and settings.BOUNCE_MAILBOX):
        return []
    token = unsubscribe_address(order).rpartition("/")[2]
    return [f"<mailto:{settings.BOUNCE_ADDRESS}?subject={END_BY_MAIL}%20{token}>"]


def why(paper: PaperView, query: FeedQuery) -> str:
    """Why the paper stands in this list, in one line: in words, then as its score adds up."""
    return "; ".join((*_reasons(paper, query), _sum(paper, query)))


def _sum(paper: PaperView, query: FeedQuery) -> str:
    """ "trending 869.1754 = 1.5051 (votes plus 5, as log10) + 867.6703 (time, by 60 h)"."""
    *parts, (_, total) = ledger(paper.score)
    added = " + ".join(f"{number} ({label})" for label, number in parts)
    return f"{order_label(query.sort)} {total} = {added or 0}".replace("+ −", "− ")


def _reasons(paper: PaperView, query: FeedQuery) -> Iterator[str]:
    if paper.note:
        yield paper.note.rstrip(".")
    if paper.votes:
        yield f"{paper.votes} {'vote' if paper.votes == 1 else 'votes'}"
    for listing in paper.listings:
        if query.date and query.last_day and query.date <= listing.date <= query.last_day:
            day = f"{listing.date.day} {listing.date:%B}"
            yield f"no. {listing.place} of {listing.source} on {day}"
            break
    for tag in paper.tags:
        if tag.slug in query.tags:
            yield f"{tag.name}: {tag.why}" if tag.why else tag.name


def _words(edition: Edition) -> dict[str, object]:
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "subject": subject(edition),
        "day": period_words(edition.query),
        "byline": edition.byline or settings.BYLINE,
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
        return "all days"
    if query.period == "month":
        return f"{day:%B}"
    return f"{'week of ' if query.period == 'week' else ''}{day.day} {day:%B}"


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
