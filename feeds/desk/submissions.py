"""What readers submitted, as curators see it: one line for a paper, whoever gave it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from feeds.models import Feed, Submission
from feeds.models.submission import SubmissionQuerySet
from feeds.named import FeedView, feed_view
from feeds.offering import waiting_for
from feeds.shown_names import shown_names
from feeds.submitted import SubmissionView, submission_views

ON_A_PAGE = 30
MOST_TOGETHER = 500
DECIDED = 20
NOBODY = gettext_noop("someone who is gone")
MOST_FEEDS = 200


@dataclass(frozen=True, slots=True)
class Given:
    """Who gave it, and why."""

    by: str
    at: dt.datetime
    why: str


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A paper in the queue. `people` are all who gave it, the first first."""

    submission: SubmissionView
    people: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class DecidedLine:
    submission: SubmissionView
    by: str
    at: dt.datetime | None


def queue(feed: FeedView | None = None) -> tuple[list[QueueLine], bool]:
    """The papers that wait, the longest-waiting first; and whether there are more.

    With a feed: those that it asks for.
    """
    rows = Submission.objects.waiting().select_related("made_by").order_by("id")
    together: dict[str, list[Submission]] = {}
    for row in waiting_for(feed) if feed else rows[:MOST_TOGETHER]:
        together.setdefault(row.name, []).append(row)
    first = [alike[0] for alike in together.values()][:ON_A_PAGE]
    views = submission_views(first, with_topics=True)
    names = shown_names(one.made_by for row in first for one in together[row.name])
    lines = [
        QueueLine(view, tuple(_given(together[row.name], names)))
        for row, view in zip(first, views, strict=True)
    ]
    return lines, len(together) > ON_A_PAGE


def decided() -> list[DecidedLine]:
    """The last decisions, the latest first."""
    states = (Submission.State.ACCEPTED, Submission.State.DECLINED)
    return _decided(Submission.objects.filter(state__in=states))


def accepted_by(person: int) -> list[DecidedLine]:
    """What the person accepted last, which they can take back."""
    accepted = Submission.State.ACCEPTED
    return _decided(Submission.objects.filter(state=accepted, decided_by=person))


def _decided(rows: SubmissionQuerySet) -> list[DecidedLine]:
    rows = rows.select_related("decided_by")
    found = list(rows.order_by("-decided_at", "-id")[:DECIDED])
    names = shown_names(row.decided_by for row in found)
    return [
        DecidedLine(view, names.get(row.decided_by_id or 0, _(NOBODY)), row.decided_at)
        for row, view in zip(found, submission_views(found), strict=True)
    ]


def feeds() -> list[FeedView]:
    """The feeds into which a paper can go at once, by name: for staff all of them."""
    return [feed_view(row) for row in Feed.objects.order_by("name", "id")[:MOST_FEEDS]]


def _given(rows: Iterable[Submission], names: Mapping[int, str]) -> Iterable[Given]:
    for row in rows:
        yield Given(names[row.made_by_id], row.made_at, row.why)
