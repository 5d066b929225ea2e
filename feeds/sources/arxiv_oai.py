"""arXiv by OAI-PMH: everything in a set since a day, page by page, over any number of runs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

from django import forms

from feeds.http import Refused, Unreachable
from feeds.parsers.markup import Broken, elements, local, root, said
from feeds.sources.base import Ask, Document, Settings, State, sources

_PAUSE = 3  # seconds between requests, by arXiv's terms
_FIRST_DAYS = timedelta(days=7)
_EXPIRED = "badResumptionToken"
_EMPTY = "noRecordsMatch"


class ArxivOaiForm(forms.Form):
    set = forms.CharField(
        max_length=100, required=False, help_text="like cs or math:math:CO; else all of arXiv"
    )
    since = forms.DateField(
        label="First day", required=False, help_text="of the first run; else a week before it"
    )
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
    """A harvest, from the day on which the one before began.

    Its token is stored after each page. A token that expired makes the harvest start again from
    its day, once a run; tokens that go round in a circle end it.
    """

    name = "arxiv_oai"
    label = "arXiv, or another repository (OAI-PMH)"
    form = ArxivOaiForm

    def fetch(
        self, settings: Settings, state: State, now: datetime, ask: Ask
    ) -> Iterator[Document]:
        today = now.astimezone(UTC).date()
        harvest = _Harvest.resumed(state) or _Harvest(_first_day(settings, state, today), today)
        restarted = False
        while True:
            answer = ask(harvest.url(settings), pause=_PAUSE)
            page = _read(answer.content)
            if page.error == _EXPIRED and harvest.token and not restarted:
                restarted = True
                harvest = _Harvest(harvest.since, harvest.began)
                yield Document(None, "", harvest.state())
                continue
            if page.error not in ("", _EMPTY):
                raise Refused(f"The repository answers {page.error}: {page.message}")
            content = answer.content if not page.error else None
            if not page.token:
                yield Document(content, "oai.xml", {"since": harvest.began.isoformat()})
                return
            harvest = harvest.after(page.token)
            if harvest.in_a_circle:
                anew = _Harvest(harvest.since, harvest.began)
                yield Document(content, "oai.xml", anew.state())
                raise Refused("The repository's resumption tokens go round in a circle.")
            yield Document(content, "oai.xml", harvest.state())


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
    in_a_circle: bool = False

    @classmethod
    def resumed(cls, state: State) -> "_Harvest | None":
        if "began" not in state:
            return None
        since, began = (date.fromisoformat(state[name]) for name in ("since", "began"))
        rest = {name: state[name] for name in ("token", "mark", "reach", "steps")}
        return cls(since, began, **rest)

    def state(self) -> State:
        return {
            "since": self.since.isoformat(),
            "began": self.began.isoformat(),
            "token": self.token,
            "mark": self.mark,
            "reach": self.reach,
            "steps": self.steps,
        }

    def after(self, token: str) -> "_Harvest":
        if token == self.mark:
            return _Harvest(self.since, self.began, in_a_circle=True)
        if not self.mark:
            return _Harvest(self.since, self.began, token, token)
        steps, reach, mark = self.steps + 1, self.reach, self.mark
        if steps == reach:
            steps, reach, mark = 0, reach * 2, token
        return _Harvest(self.since, self.began, token, mark, reach, steps)

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
    token: str = ""
    error: str = ""
    message: str = ""


def _read(content: bytes) -> _Page:
    """Raises Unreachable where the page is not whole: its token stands at its end."""
    if local(root(content)) != "OAI-PMH":
        raise Unreachable("What answers at the address is no OAI-PMH repository.")
    page = _Page()
    wanted = frozenset({"record", "resumptionToken", "error"})
    try:
        for _, element in elements(content, wanted):
            if local(element.tag) == "resumptionToken":
                page.token = said(element).strip()
            elif local(element.tag) == "error":
                page.error = element.get("code", "an error")
                page.message = said(element).strip()[:300]
    except Broken as broken:
        raise Unreachable(f"The repository's answer is not whole: {broken}.") from None
    return page


sources.register(ArxivOai())
