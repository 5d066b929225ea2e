"""arXiv's API: the newest papers of some categories."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlencode

from django import forms

from feeds.dates import moment
from feeds.http import Refused, Unreachable
from feeds.parsers.markup import Broken, elements, said
from feeds.sources.base import Ask, Document, Settings, State, sources

PAGE = 100
_PAUSE = 3  # seconds between requests, by arXiv's terms
_FIRST_DAYS = timedelta(days=7)
_MOST = 10_000  # papers in one walk; older ones are for arxiv_oai
_CATEGORY = re.compile(r"[a-z-]+(\.([A-Za-z-]+|\*))?")


class ArxivApiForm(forms.Form):
    categories = forms.CharField(max_length=500, help_text="like cs.CL, cs.LG, stat.ML")
    since = forms.DateField(
        label="First day", required=False, help_text="of the first run; else a week before it"
    )
    base = forms.URLField(
        label="Address",
        assume_scheme="https",
        required=False,
        help_text="only for another copy of the API",
    )

    def clean_categories(self) -> list[str]:
        names = re.split(r"[\s,;]+", self.cleaned_data["categories"].strip(" ,;"))
        for name in names:
            if not _CATEGORY.fullmatch(name):
                raise forms.ValidationError(f"{name!r} is no category like cs.CL.")
        return names

    def clean_base(self) -> str:
        return self.cleaned_data["base"] or "https://export.arxiv.org/api/query"


@dataclass(frozen=True, slots=True)
class _Page:
    """When its papers were submitted, newest first, and how many the whole answer has."""

    times: list[datetime]
    total: int


class ArxivApi:
    """Newest first, back to the newest paper of the walk before.

    A walk that breaks off goes on at its place: papers that came meanwhile push the others
    further back, so that none is missed, and are found by the next walk.
    """

    name = "arxiv_api"
    label = "arXiv by category (API)"
    form = ArxivApiForm

    def fetch(
        self, settings: Settings, state: State, now: datetime, ask: Ask
    ) -> Iterator[Document]:
        known = _known(settings, state, now)
        newest = state.get("newest")
        start = int(state.get("start", 0))
        while True:
            answer = ask(_url(settings, start), pause=_PAUSE)
            page = _read(answer.content, start)
            if newest is None:
                newest = max([known, *page.times]).isoformat()
            fresh = any(when > known for when in page.times)
            start += PAGE
            last = not page.times or min(page.times) <= known or start >= min(page.total, _MOST)
            stored = {"known": known.isoformat()} | {"newest": newest, "start": start}
            content = answer.content if fresh else None
            yield Document(content, "arxiv.atom", {"known": newest} if last else stored)
            if last:
                return


def _known(settings: Settings, state: State, now: datetime) -> datetime:
    """Papers up to this moment are in already, or are not asked for."""
    if "known" in state:
        return datetime.fromisoformat(state["known"])
    if settings["since"]:
        return datetime.combine(settings["since"], time(), UTC)
    return now - _FIRST_DAYS


def _url(settings: Settings, start: int) -> str:
    asked = {
        "search_query": " OR ".join(f"cat:{name}" for name in settings["categories"]),
        "sortBy": "submittedDate",
        "sortOrder": "descending",
        "start": start,
        "max_results": PAGE,
    }
    return f"{settings['base']}?{urlencode(asked)}"


def _read(content: bytes, start: int) -> _Page:
    """Raises Unreachable where the answer is not whole, Refused where it is an error."""
    times: list[datetime] = []
    total = None
    try:
        for _, element in elements(content, frozenset({"entry", "totalResults"})):
            if not element.tag.endswith("entry"):
                total = int(said(element).strip() or 0)
            elif "api/errors" in said(element, "id"):
                raise Refused(f"arXiv answers: {said(element, 'summary').strip()[:300]}")
            elif when := moment(said(element, "published")):
                times.append(when)
    except (Broken, ValueError) as broken:
        raise Unreachable(f"arXiv's answer is not whole: {broken}") from None
    if total is None:
        raise Unreachable("What answers at the address is not arXiv's API.")
    if not times and total > start:
        raise Unreachable(f"arXiv gave an empty page at {start} of {total} papers.")
    return _Page(times, total)


sources.register(ArxivApi())
