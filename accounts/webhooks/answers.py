"""Answers to the webhooks' questions: each distinct question is asked once a batch."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import TypeVar
from urllib.parse import parse_qsl

from accounts.models import Webhook
from feeds import reading
from feeds.followed import who_hide
from feeds.query import FeedQuery, QueryError, parse
from feeds.records import PaperView

MOST = 200  # papers that are looked at for new ones
HIGH = 10  # papers of a list that are called trending

T = TypeVar("T")
Key = tuple[str, str, int | None]


class Answers:
    """What each webhook's question is answered, as its owner sees it; None where they may not.

    A feed or a collection may look different to two people, and every list to those who hide
    papers or tags; all else is asked for everybody at once.
    """

    def __init__(self, hooks: Iterable[Webhook]) -> None:
        rows = list(hooks)
        hide = who_hide({row.user_id for row in rows}) if rows else set()
        self._viewers = {
            row.pk: row.user_id if row.user_id in hide or _is_personal(row.query) else None
            for row in rows
        }
        self._kept: dict[Key, object] = {}

    def newest(self, hook: Webhook) -> tuple[list[PaperView], bool] | None:
        """The newest papers of the latest edition or of the list, the newest first, and whether
        there are more."""
        return self._once("new", hook, _newest)

    def high(self, hook: Webhook) -> list[PaperView] | None:
        """The first papers of the list in its own order."""
        return self._once("high", hook, _high)

    def holds(self, hook: Webhook, papers: Collection[int]) -> set[int] | None:
        """Which of these papers its question means, whenever they came in: ask for the same ones
        each time."""
        return self._once("holds", hook, lambda query, viewer: _holds(query, viewer, papers))

    def _once(
        self, what: str, hook: Webhook, ask: Callable[[FeedQuery, int | None], T]
    ) -> T | None:
        viewer = self._viewers[hook.pk]
        key = (what, hook.query, viewer)
        if key not in self._kept:
            try:
                self._kept[key] = ask(parse(hook.query), viewer)
            except QueryError:
                self._kept[key] = None
        return self._kept[key]  # type: ignore[return-value]


def _newest(query: FeedQuery, viewer: int | None) -> tuple[list[PaperView], bool]:
    asked, found, cursor = replace(query, sort="new"), list[PaperView](), ""
    while True:
        page = reading.papers_in(asked, viewer=viewer, cursor=cursor, limit=reading.MOST)
        found += page.papers
        asked, cursor = replace(page.query, sort="new"), page.cursor
        if not cursor or len(found) >= MOST:
            return found, bool(cursor)


def _high(query: FeedQuery, viewer: int | None) -> list[PaperView]:
    return list(reading.papers_in(query, viewer=viewer, limit=HIGH).papers)


def _holds(query: FeedQuery, viewer: int | None, papers: Collection[int]) -> set[int]:
    return reading.among(query.on("all", None), papers, viewer=viewer)


def _is_personal(query: str) -> bool:
    return bool({"feed", "in"} & {name for name, _ in parse_qsl(query)})
