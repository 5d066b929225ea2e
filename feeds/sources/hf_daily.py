"""The daily papers of Hugging Face, or of any site with the same API, another Broadsheet too."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from django import forms

from feeds.sources.base import Ask, Document, Settings, State, sources

_FIRST_DAYS = timedelta(days=7)


class HfDailyForm(forms.Form):
    base = forms.URLField(
        label="Site",
        assume_scheme="https",
        help_text="like https://huggingface.co, without a path of the API",
    )
    since = forms.DateField(
        label="First day", required=False, help_text="of the first run; else a week before it"
    )


class HfDaily:
    """One document a day, from the last day that was stored to today.

    The last day is asked for again, since votes and papers were added to it. A day without
    papers is passed over.
    """

    name = "hf_daily"
    label = "Daily papers (Hugging Face, Broadsheet)"
    form = HfDailyForm

    def fetch(
        self, settings: Settings, state: State, now: datetime, ask: Ask
    ) -> Iterator[Document]:
        base = settings["base"].rstrip("/")
        today = now.astimezone(UTC).date()
        day = _last(state) or settings["since"] or today - _FIRST_DAYS
        etag = state.get("etag", "") if state.get("base") == base else ""
        while day <= today:
            url = f"{base}/api/daily_papers?date={day}&limit=100"
            answer = ask(url, etag=etag)
            if not answer.unchanged:
                content = answer.content if answer.content.strip() != b"[]" else None
                stored = {"base": base, "day": day.isoformat(), "etag": answer.etag}
                yield Document(content, f"daily_papers-{day}.json", stored, day)
            day += timedelta(days=1)
            etag = ""


def _last(state: State) -> date | None:
    return date.fromisoformat(state["day"]) if "day" in state else None


sources.register(HfDaily())
