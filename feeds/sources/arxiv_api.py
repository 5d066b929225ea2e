"""arXiv's API: the newest papers of some categories."""

import re
from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

from django import forms

from feeds.dates import moment
from feeds.http import Refused, Unreachable
from feeds.parsers.markup import Broken, elements, said
from feeds.sources.base import Ask, Document, Settings, State, first_day, remembered, sources

PAGE = 100
MOST = 10_000  # papers in one walk; older ones are for arxiv_oai
_PAUSE = 3  # seconds between requests, by arXiv's terms
_FIRST_DAYS = timedelta(days=7)
_LATE = 3 * 24 * 3600  # seconds that a paper may be announced after it was submitted
_CATEGORY = re.compile(r"[a-z-]+(\.([A-Za-z-]+|\*))?")


class ArxivApiForm(forms.Form):
    categories = forms.CharField(max_length=500, help_text="like cs.CL, cs.LG, stat.ML")
    since = first_day()
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


class ArxivApi:
    """Newest first, back to three days before the newest paper of the walk before.

    A page on which each paper was seen is not kept again. A walk that breaks off goes on at its
    place: papers that came meanwhile push the others further back, so that none is missed, and
    are found by the next walk.
    """

    name = "arxiv_api"
    label = "arXiv by category (API)"
    every = 360
    form = ArxivApiForm

    def fetch(
        self, settings: Settings, state: State, now: datetime, ask: Ask
    ) -> Generator[Document]:
        of = f"{settings['base']} {' '.join(settings['categories'])} {settings['since'] or ''}"
        walk = _Walk.resumed(remembered(state, of)) or _Walk(_first(settings, now))
        while not walk.over:
            content = _asked(ask, _url(settings, walk.start))
            fresh = walk.passes(_read(content, walk.start))
            yield Document(
                content if fresh else None,
                "arxiv.atom",
                {"of": of, **walk.state()},
                trouble=walk.trouble,
            )


@dataclass(frozen=True, slots=True)
class _Page:
    """`papers` are ids and when they were submitted, in seconds; `size` counts all entries,
    `total` those of the whole answer."""

    papers: dict[str, int]
    size: int
    total: int


@dataclass(slots=True)
class _Walk:
    """Where a walk stands: it goes from `newest` back to `floor`, and asks at `start` next.

    `seen` are the papers above the floor that were met, by this walk or the one before.
    """

    floor: int
    newest: int = 0
    start: int = 0
    seen: dict[str, int] = field(default_factory=dict)
    over: bool = False
    trouble: str = ""

    @classmethod
    def resumed(cls, state: State) -> "_Walk | None":
        if "floor" not in state:
            return None
        return cls(*(state[name] for name in ("floor", "newest", "start", "seen")))

    def state(self) -> State:
        names = ("floor", "newest", "start", "seen")
        if not self.over:
            return {name: getattr(self, name) for name in names}
        floor = max(self.floor, self.newest - _LATE)
        late = {paper: when for paper, when in self.seen.items() if when > floor}
        return {"floor": floor, "newest": 0, "start": 0, "seen": late}

    def passes(self, page: _Page) -> bool:
        """Goes on behind the page; whether it has a paper that was not seen."""
        self.newest = self.newest or max([self.floor, *page.papers.values()])
        wanted = {paper: when for paper, when in page.papers.items() if when > self.floor}
        fresh = bool(wanted.keys() - self.seen.keys())
        self.seen = self.seen | wanted
        self.start += page.size
        self.over = len(wanted) < len(page.papers) or self.start >= min(page.total, MOST)
        if fresh and self.over and len(wanted) == len(page.papers) and page.total > self.start:
            self.trouble = (
                f"{page.total - self.start:,} older papers: the API gives {MOST:,} at most. "
                "A source of the kind arxiv_oai harvests them all."
            )
        return fresh


def _first(settings: Settings, now: datetime) -> int:
    since = settings["since"]
    moment = datetime.combine(since, time(), UTC) if since else now - _FIRST_DAYS
    return int(moment.timestamp()) - 1


def _url(settings: Settings, start: int) -> str:
    asked = {
        "search_query": " OR ".join(f"cat:{name}" for name in settings["categories"]),
        "sortBy": "submittedDate",
        "sortOrder": "descending",
        "start": start,
        "max_results": PAGE,
    }
    return f"{settings['base']}?{urlencode(asked)}"


def _asked(ask: Ask, url: str) -> bytes:
    try:
        return ask(url, pause=_PAUSE).content
    except Refused as refusal:
        if refusal.content:
            _complain(refusal.content)
        raise


def _complain(content: bytes) -> None:
    """Raises Refused with what arXiv says of a question that it did not take, if it does."""
    try:
        for _, entry in elements(content, frozenset({"entry"})):
            _check(entry)
    except Broken:
        return


def _check(entry: Element) -> None:
    if "api/errors" in said(entry, "id"):
        raise Refused(f"arXiv answers: {said(entry, 'summary').strip()[:300]}.")


def _read(content: bytes, start: int) -> _Page:
    """Raises Unreachable where the answer is not whole, Refused where it is an error."""
    papers: dict[str, int] = {}
    size, total = 0, None
    try:
        for _, element in elements(content, frozenset({"entry", "totalResults"})):
            if not element.tag.endswith("entry"):
                total = int(said(element).strip() or 0)
                continue
            _check(element)
            size += 1
            if when := moment(said(element, "published")):
                papers[said(element, "id").rpartition("/abs/")[2]] = int(when.timestamp())
    except (Broken, ValueError) as broken:
        raise Unreachable(f"arXiv's answer is not whole: {broken}.") from None
    if total is None:
        raise Unreachable("What answers at the address is not arXiv's API.")
    if not size and total > start:
        raise Unreachable(f"arXiv gave an empty page at {start:,} of {total:,} papers.")
    return _Page(papers, size, total)


sources.register(ArxivApi())
