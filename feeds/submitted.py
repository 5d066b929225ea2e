"""What readers gave, as they see it themselves; and under whose name a paper is shown."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from feeds.foretold import topics
from feeds.models import Identifier, Paper, Submission
from feeds.records import Giver
from feeds.shown_names import pages_of, shown_names
from feeds.standing import former_ids
from feeds.tex import to_text

SHOWN = 50
MOST_NAMES = 5
STATES = tuple(Submission.State.values)


@dataclass(frozen=True, slots=True)
class Known:
    """A paper that readers can see."""

    title: str
    path: str


@dataclass(frozen=True, slots=True)
class SubmissionView:
    """A submission as the person who made it sees it.

    `stands` says its state in words, `said` why it failed or was declined. `known` is the paper,
    once it is here; `topics` are the names of those that it would get, where they were asked for.
    """

    id: int
    given: str
    state: str
    stands: str
    said: str
    title: str
    authors: tuple[str, ...]
    abstract: str
    arxiv_id: str
    doi: str
    why: str
    made_at: dt.datetime
    known: Known | None = None
    topics: tuple[str, ...] = ()

    @property
    def can_be_withdrawn(self) -> bool:
        return self.state in (*Submission.OPEN, Submission.State.FAILED)

    @property
    def is_being_fetched(self) -> bool:
        return self.state == Submission.State.FETCHING


def of_person(person: int) -> list[SubmissionView]:
    """The person's latest submissions, the last first."""
    rows = Submission.objects.filter(made_by=person).order_by("-id")[:SHOWN]
    return submission_views(rows)


def one_of(person: int, submission_id: int) -> SubmissionView | None:
    """The person's submission, None where it is not theirs or there is none."""
    rows = Submission.objects.filter(made_by=person, pk=submission_id)
    return next(iter(submission_views(rows, with_topics=True)), None)


def submission_views(
    rows: Iterable[Submission], *, with_topics: bool = False
) -> list[SubmissionView]:
    rows = list(rows)
    foretold = topics(rows) if with_topics else {}
    papers = known(name for row in rows for name in names_of(row))
    return [
        SubmissionView(
            id=row.pk,
            given=row.given,
            state=row.state,
            stands=str(row.get_state_display()),
            said=row.said,
            title=to_text(row.title),
            authors=tuple(row.authors),
            abstract=to_text(row.abstract),
            arxiv_id=row.arxiv_id,
            doi=row.doi,
            why=row.why,
            made_at=row.made_at,
            topics=foretold.get(row.pk, ()),
            known=next((papers[name] for name in names_of(row) if name in papers), None),
        )
        for row in rows
    ]


def names_of(row: Submission) -> list[str]:
    """All names of the paper that are known so far."""
    ids = [("arxiv", row.arxiv_id), ("doi", row.doi)]
    return list(dict.fromkeys([row.name, *(f"{kind}:{value}" for kind, value in ids if value)]))


def known(names: Iterable[str]) -> dict[str, Known]:
    """The papers that are here, by those of the names ("arxiv:…", "doi:…") that they go by."""
    pairs = [name.partition(":")[::2] for name in names]
    by_scheme = {
        scheme: [value for kind, value in pairs if kind == scheme] for scheme in ("arxiv", "doi")
    }
    found: dict[str, Known] = {}
    for scheme, values in by_scheme.items():
        rows = Identifier.objects.filter(scheme=scheme, value__in=values)
        rows = rows.filter(paper__in=Paper.objects.visible()).select_related("paper")
        for row in rows if values else ():
            path = row.paper.get_absolute_url()
            found[f"{scheme}:{row.value}"] = Known(row.paper.title_text, path)
    return found


def submitters(paper_id: int) -> tuple[Giver, ...]:
    """Those who gave the paper, the first first: by their names, never by an address."""
    rows = Submission.objects.filter(
        state=Submission.State.ACCEPTED, paper__in=[paper_id, *former_ids(paper_id)]
    )
    people = [row.made_by for row in rows.select_related("made_by").order_by("id")[:MOST_NAMES]]
    names = shown_names(people) if people else {}
    pages = pages_of(people) if people else {}
    given = (Giver(names[person.pk], pages.get(person.pk, "")) for person in people)
    return tuple(dict.fromkeys(given))
