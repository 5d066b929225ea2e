"""arXiv by OAI-PMH: everything in a set since a day, page by page, over any number of runs."""

import re
from collections.abc import Generator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

from django import forms

from feeds.http import Refused, Unreachable
from feeds.parsers.markup import Broken, elements, local, root, said
from feeds.sources.base import Ask, Document, Settings, State, first_day, remembered, sources

_PAUSE = 3  # seconds between requests, by arXiv's terms
_FIRST_DAYS = timedelta(days=7)
# A record may be shown a day after its own date: the next harvest begins a day earlier.
_OVERLAP = timedelta(days=1)
_MOST_PAGES = 100_000
_EXPIRED = "badResumptionToken"
_EMPTY = "noRecordsMatch"


class ArxivOaiForm(forms.Form):
    set = forms.CharField(
        max_length=100, required=False, help_text="like cs or math:math:CO; else all of arXiv"
    )
    since = first_day()
    format = forms.CharField(
        max_length=50, required=False, help_text="arXiv (the default), arXivRaw or oai_dc"
    )
    base = forms.URLField(
        label="Address",
        assume_scheme="https",
        required=False,
        help_text="only for another repository",
    )

    def clean_set(self) -> str:
        name: str = self.cleaned_data["set"]
        if not re.fullmatch(r"[\w.:-]*", name, re.ASCII):
            raise forms.ValidationError(f"{name!r} is no set like cs or math:math:CO.")
        return name

    def clean_format(self) -> str:
        return self.cleaned_data["format"] or "arXiv"

    def clean_base(self) -> str:
        return self.cleaned_data["base"] or "https://oaipmh.arxiv.org/oai"


class ArxivOai:
    """A harvest, from the day before the one on which the harvest before began.

    Its token is stored after each page. A token that expired makes the harvest start again from
    its day, once a run; tokens that go round in a circle end it.
    """

    name = "arxiv_oai"
    label = "arXiv, or another repository (OAI-PMH)"
    every = 720
    form = ArxivOaiForm

    def fetch(
        self, settings: Settings, state: State, now: datetime, ask: Ask
    ) -> Generator[Document]:
        names = ("base", "set", "format", "since")
        of = " ".join(str(settings[name] or "") for name in names)
        known = remembered(state, of)
        today = now.astimezone(UTC).date()
        harvest = _Harvest.resumed(known) or _Harvest(_first_day(settings, known, today), today)
        restarted = False
        while not harvest.over:
            content, page = _asked(ask, harvest.url(settings))
            expired = page.error == _EXPIRED and harvest.token != "" and not restarted
            if page.error not in ("", _EMPTY) and not expired:
                raise Refused(f"The repository answers {page.error}: {page.message}")
            restarted = restarted or expired
            harvest = harvest.anew() if expired else harvest.after(page.token)
            kept = content if page.records else None
            yield Document(kept, "oai.xml", {"of": of, **harvest.state()})
        if harvest.endless:
            raise Refused("The repository's resumption tokens do not come to an end.")


def _first_day(settings: Settings, state: State, today: date) -> date:
    if "since" in state:
        return date.fromisoformat(state["since"])
    first: date = settings["since"] or today - _FIRST_DAYS
    return first


@dataclass(frozen=True, slots=True)
class _Harvest:
    """Where a harvest stands.

    Circles of tokens are found by Brent's algorithm: each token is compared with one `mark`,
    which moves on after 1, 2, 4 … `reach` pages, so that no list of them is kept.
    """

    since: date
    began: date
    token: str = ""
    mark: str = ""
    reach: int = 1
    steps: int = 0
    over: bool = False
    endless: bool = False

    @classmethod
    def resumed(cls, state: State) -> "_Harvest | None":
        if "began" not in state:
            return None
        since, began = (date.fromisoformat(state[name]) for name in ("since", "began"))
        rest = {name: state[name] for name in ("token", "mark", "reach", "steps")}
        return cls(since, began, **rest)

    def state(self) -> State:
        if self.endless:
            return self.anew().state()
        if self.over:
            return {"since": (self.began - _OVERLAP).isoformat()}
        return {
            "since": self.since.isoformat(),
            "began": self.began.isoformat(),
            "token": self.token,
            "mark": self.mark,
            "reach": self.reach,
            "steps": self.steps,
        }

    def anew(self) -> "_Harvest":
        return _Harvest(self.since, self.began)

    def after(self, token: str) -> "_Harvest":
        """Where it stands after a page that ended with this token."""
        if not token:
            return replace(self, over=True)
        if not self.mark:
            return replace(self, token=token, mark=token)
        if token == self.mark or self.reach > _MOST_PAGES:
            return replace(self, over=True, endless=True)
        if self.steps + 1 == self.reach:
            return replace(self, token=token, mark=token, reach=self.reach * 2, steps=0)
        return replace(self, token=token, steps=self.steps + 1)

    def url(self, settings: Settings) -> str:
        asked = {"verb": "ListRecords"}
        if self.token:
            asked["resumptionToken"] = self.token
        else:
            asked |= {"metadataPrefix": settings["format"], "from": self.since.isoformat()}
            asked |= {"set": settings["set"]} if settings["set"] else {}
        return f"{settings['base']}?{urlencode(asked)}"


@dataclass(slots=True)
class _Page:
    records: int = 0
    token: str = ""
    error: str = ""
    message: str = ""


def _asked(ask: Ask, url: str) -> tuple[bytes, _Page]:
    """The answer and what is in it; some repositories send their errors with a 4xx."""
    try:
        content = ask(url, pause=_PAUSE).content
    except Refused as refusal:
        if local(root(refusal.content)) != "OAI-PMH":
            raise
        content = refusal.content
    return content, _read(content)


def _read(content: bytes) -> _Page:
    """Raises Unreachable where the page is not whole: its token stands at its end."""
    if local(root(content)) != "OAI-PMH":
        raise Unreachable("What answers at the address is no OAI-PMH repository.")
    page = _Page()
    wanted = frozenset({"record", "resumptionToken", "error"})
    try:
        for _, element in elements(content, wanted):
            if local(element.tag) == "record":
                page.records += 1
            elif local(element.tag) == "resumptionToken":
                page.token = said(element).strip()
            else:
                page.error = element.get("code", "an error")
                page.message = said(element).strip()[:300]
    except Broken as broken:
        raise Unreachable(f"The repository's answer is not whole: {broken}.") from None
    return page


sources.register(ArxivOai())
