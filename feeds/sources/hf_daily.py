"""The daily papers of Hugging Face, or of any site with the same API, another Broadsheet too."""

from collections.abc import Generator, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from urllib.parse import urlencode

import orjson
from django import forms

from feeds.http import Refused
from feeds.sources.base import Ask, Document, Settings, State, first_day, remembered, sources

_FIRST_DAYS = timedelta(days=7)
_AGAIN = 2
_PAGE = 100  # the most that the API gives at once
_NOT_YET = (400, 404, 422)


class HfDailyForm(forms.Form):
    base = forms.URLField(
        label="Site",
        assume_scheme="https",
        help_text="like https://huggingface.co, without a path of the API",
    )
    since = first_day()
    again = forms.IntegerField(
        label="Days asked again",
        required=False,
        min_value=0,
        max_value=30,
        help_text=f"how many of the last days are asked again, for later votes; {_AGAIN} if empty",
    )

    def clean_base(self) -> str:
        return str(self.cleaned_data["base"]).rstrip("/")

    def clean_again(self) -> int:
        again: int | None = self.cleaned_data["again"]
        return _AGAIN if again is None else again


class HfDaily:
    """One document a day (more where it has over a hundred papers), up to today.

    The last days are asked for again, since votes and papers were added to them. A day without
    papers is passed over; today is, where the other side has not begun it.
    """

    name = "hf_daily"
    label = "Daily papers (Hugging Face, Broadsheet)"
    every = 60
    form = HfDailyForm

    def fetch(
        self, settings: Settings, state: State, now: datetime, ask: Ask
    ) -> Generator[Document]:
        today = now.astimezone(UTC).date()
        of = f"{settings['base']} {settings['since'] or ''}"
        known = remembered(state, of)
        first = _day(known, "first") or settings["since"] or today - _FIRST_DAYS
        last = _day(known, "day")
        etags: dict[str, str] = dict(known.get("etags", {}))
        start = max(first, last - timedelta(days=settings["again"])) if last else first
        for day in _days(start, today):
            name = day.isoformat()
            for content, etag in _pages(settings["base"], day, today, etags.get(name, ""), ask):
                etags = {each: tag for each, tag in etags.items() if each >= start.isoformat()}
                etags |= {name: etag} if etag else {}
                reached = max(day, last or day)
                stored = {"of": of, "first": first.isoformat(), "day": reached.isoformat()}
                yield Document(content, f"daily_papers-{day}.json", stored | {"etags": etags}, day)


def _pages(
    base: str, day: date, today: date, etag: str, ask: Ask
) -> Iterator[tuple[bytes | None, str]]:
    """The day's pages, None for an empty one; the last with the ETag that speaks for the day."""
    fresh = ""
    for page in count():
        asked = {"date": day.isoformat(), "limit": _PAGE} | ({"p": page} if page else {})
        try:
            answer = ask(f"{base}/api/daily_papers?{urlencode(asked)}", etag="" if page else etag)
        except Refused as refusal:
            if day == today and not page and refusal.status in _NOT_YET:
                return
            raise
        if answer.unchanged:
            return
        fresh = fresh if page else answer.etag
        size = _size(answer.content)
        last = size is None or size < _PAGE
        yield (None if size == 0 else answer.content), (fresh if last else "")
        if last:
            return


def _size(content: bytes) -> int | None:
    """How many papers the page has; None where it is no list, which the parser will judge."""
    try:
        papers = orjson.loads(content)
    except orjson.JSONDecodeError:
        return None
    return len(papers) if isinstance(papers, list) else None


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=days) for days in range((last - first).days + 1))


def _day(state: State, name: str) -> date | None:
    return date.fromisoformat(state[name]) if name in state else None


sources.register(HfDaily())
