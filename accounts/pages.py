"""What the subscriptions of a batch ask for: each distinct question is asked once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import parse_qsl

from allauth.account.models import EmailAddress

from accounts import languages, orders
from accounts.models import Delivery, Subscription
from feeds import reading
from feeds.followed import who_hide
from feeds.query import FOR_YOU, FeedQuery, NotThere, parse
from feeds.reading import Page
from feeds.records import PaperView

PERIOD_OF = {
    "instant": "day", "daily": "day", "weekdays": "day", "weekly": "week", "monthly": "month",
}  # fmt: skip
_MOST_PAGES = 20  # of a list that are read for the papers of an earlier try


class Pages:
    """Answers of this batch, by question.

    `first` is how many papers of a list are read at first: the rest of its hundred only for whom
    these do not do.
    """

    def __init__(self, readers: Mapping[str, int], *, first: int = reading.MOST) -> None:
        self._readers, self._first = readers, first
        self._latest: dict[tuple[str, str, date, int | None], FeedQuery] = {}
        self._pages: dict[tuple[str, int | None, str, str], Page] = {}
        self._words: dict[tuple[str, int | None, str], str] = {}

    def latest(self, order: Subscription, period: date) -> FeedQuery:
        """What the subscription asks for on the day `period`. Raises QueryError.

        A day's mail brings the latest edition up to that day; a week's or month's the one that
        ended before it.
        """
        kind = PERIOD_OF[order.cadence]
        until = period if kind == "day" else period - timedelta(days=1)
        asked = parse(order.query).on(kind, None)
        reader = self._readers.get(order.email)
        key = (order.query, kind, until, reader)
        if key not in self._latest:
            self._latest[key] = reading.at_latest(asked, until=until, viewer=reader)
        return self._latest[key]

    def of(self, row: Delivery) -> Page:
        """The first hundred of what the delivery asks for; none where its feed is closed to the
        person.
        """
        page = self.few(row)
        if page.cursor and len(page.papers) < reading.MOST:
            rest = self._page(row, page.cursor, reading.MOST - len(page.papers))
            first = {paper.id for paper in page.papers}
            more = tuple(paper for paper in rest.papers if paper.id not in first)
            page = replace(page, papers=page.papers + more, cursor=rest.cursor)
            self._pages[self._key(row, "")] = page
        return page

    def few(self, row: Delivery) -> Page:
        """As `of`, but maybe no more than the first of them; its cursor tells."""
        return self._page(row, "", self._first)

    def papers(self, row: Delivery) -> tuple[PaperView, ...]:
        """Those of the delivery that still stand in its list, in the order of that.

        What was chosen for an earlier try may have fallen behind the first page since.
        """
        page, chosen, found = self.few(row), set(row.papers), []
        for _ in range(_MOST_PAGES):
            found += [paper for paper in page.papers if paper.id in chosen]
            if not page.cursor or len(found) == len(chosen):
                break
            page = self._page(row, page.cursor, reading.MOST)
        return tuple(found)

    def _key(self, row: Delivery, cursor: str) -> tuple[str, int | None, str, str]:
        """What is read for one person is read in their language: it may say why it stands there."""
        reader = self._readers.get(row.subscription.email)
        return row.asked, reader, cursor, row.subscription.language if reader else ""

    def _page(self, row: Delivery, cursor: str, size: int) -> Page:
        key = self._key(row, cursor)
        if key not in self._pages:
            asked = parse(row.asked)
            try:
                with languages.speaking(key[3]):
                    page = reading.papers_in(asked, viewer=key[1], cursor=cursor, limit=size)
            except NotThere:
                page = Page(asked, (), cursor="", previous=None, next=None, byline="")
            self._pages[key] = page
        return self._pages[key]

    def what(self, order: Subscription) -> str:
        """What the subscription asks for, in words of its own language."""
        key = (order.query, self._readers.get(order.email), order.language)
        if key not in self._words:
            with languages.speaking(order.language):
                self._words[key] = orders.what(order.query, reader=key[1])
        return self._words[key]


def readers(orders: Sequence[Subscription]) -> dict[str, int]:
    """The users behind the addresses, as far as their papers may be others than everybody's.

    A feed or a collection may look different to two people, so does one's own order, and every
    list to those who hide papers or tags; all else is asked for everybody at once.
    """
    emails = {order.email for order in orders}
    owned = EmailAddress.objects.filter(email__in=emails, verified=True) if emails else []
    users = {address.email.lower(): address.user_id for address in owned}
    own = {order.email for order in orders if _is_own(order.query)}
    hide = who_hide(users.values())
    return {email: user for email, user in users.items() if email in own or user in hide}


def _is_own(query: str) -> bool:
    terms = parse_qsl(query)
    return any(name in ("feed", "in") for name, _ in terms) or ("sort", FOR_YOU) in terms
