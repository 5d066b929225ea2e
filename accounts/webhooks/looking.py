"""Each minute: what happened since the last look is written down for the webhooks that want it.

Nothing is sent here. Each distinct question is asked once, and none where nothing came in.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Q

from accounts.models import Webhook, WebhookEvent, WebhookMark
from accounts.models.webhook import WebhookQuerySet
from accounts.webhooks.answers import Answers
from accounts.webhooks.shapes.base import shapes
from feeds import arrivals, lately
from feeds.query import QueryError, parse
from feeds.records import PaperView

logger = logging.getLogger(__name__)
BATCH = 200
# What was written while the last look looked is seen by the next one, however long that took.
OVERLAP = timedelta(minutes=10)
OVERLAPPING_COMMENTS = 200
TRENDS_EVERY = timedelta(minutes=10)

Kind = Webhook.Kind


def look(now: datetime) -> None:
    """Writes the events that happened up to `now`; any number of beats may call it at once."""
    for looking in (look_for_papers, look_for_trends, look_for_editions, look_for_comments):
        try:
            looking(now)
        except (OperationalError, InterfaceError):
            raise  # the database is away, for all of them
        except Exception:  # one kind's fault must not stop the others
            logger.exception("%s failed", looking.__name__)


def stand(hook: Webhook, now: datetime) -> None:
    """Notes in the webhook what stands there now, of which it is not told; saves nothing."""
    answers = Answers([hook])
    papers, more = answers.newest(hook) or ([], False)
    hook.stood, hook.floor = [paper.id for paper in papers], None
    if more:
        hook.floor = papers[-1].listed_at
    hook.stood_high = [paper.id for paper in answers.high(hook) or []]
    hook.looked, hook.on_since = arrivals.mark(), now


def look_for_papers(now: datetime) -> None:
    """paper.added: what is among a list's newest papers, and was not there before."""
    mark = arrivals.mark()
    # What a person keeps in a list leaves no mark.
    unlooked = Q(looked=None) | ~Q(looked=mark) | Q(query__regex=r"(^|&)in=")
    for hooks in _batches(Webhook.objects.wanting(Kind.ADDED).filter(unlooked)):
        with transaction.atomic():
            _write(hooks, Kind.ADDED, now, _added)
            Webhook.objects.filter(pk__in=[hook.pk for hook in hooks]).update(looked=mark)


def look_for_trends(now: datetime) -> None:
    """paper.trending: what is among the first of a list for the first time."""
    wanting = Webhook.objects.wanting(Kind.TRENDING)
    if not wanting.exists():
        return
    with _marked("trends", now, every=TRENDS_EVERY) as mark:
        for hooks in _batches(wanting) if mark else ():
            _write(hooks, Kind.TRENDING, now, _risen)


def look_for_editions(now: datetime) -> None:
    """edition.published: what came out of the feeds that are asked for."""
    wanting = Webhook.objects.wanting(Kind.PUBLISHED)
    if not wanting.exists():
        return
    with _marked("editions", now) as mark:
        out = lately.editions(mark.at - OVERLAP) if mark else []
        by_place = defaultdict(list)
        for edition in out:
            by_place[edition.feed, edition.period].append(edition)
        for hooks in _batches(wanting) if out else ():
            rows = [
                _row(hook, Kind.PUBLISHED, str(edition.id), now, thing=edition.id)
                for hook in hooks
                for edition in by_place[_place(hook)]
                if edition.at >= hook.on_since
            ]
            WebhookEvent.objects.bulk_create(rows, ignore_conflicts=True)


def look_for_comments(now: datetime) -> None:
    """comment.created: what was said of papers that a list means, whenever they came in."""
    wanting = Webhook.objects.wanting(Kind.SAID)
    if not wanting.exists():
        return
    with _marked("comments", now) as mark:
        said = lately.comments(mark.number - OVERLAPPING_COMMENTS) if mark else []
        for hooks in _batches(wanting) if said else ():
            _write_comments(hooks, said, now)
        if mark and said:
            mark.number = max(mark.number, said[-1][0])


def _write_comments(
    hooks: Sequence[Webhook], said: list[tuple[int, int, datetime]], now: datetime
) -> None:
    answers, papers = Answers(hooks), {paper for _, paper, _ in said}
    rows = []
    for hook in hooks:
        fresh = [(pk, paper) for pk, paper, at in said if at >= hook.on_since]
        held = (answers.holds(hook, papers) if fresh else None) or set()
        rows += [
            _row(hook, Kind.SAID, str(pk), now, thing=pk, papers=[paper])
            for pk, paper in fresh
            if paper in held
        ]
    WebhookEvent.objects.bulk_create(rows, ignore_conflicts=True)


def _write(
    hooks: Sequence[Webhook],
    kind: str,
    now: datetime,
    find: Callable[[Webhook, Answers], list[PaperView]],
) -> None:
    """Writes events of the papers that are found for each webhook and that it was not told."""
    answers = Answers(hooks)
    found = {hook.pk: find(hook, answers) for hook in hooks}
    told = _told(hooks, kind, {paper.id for papers in found.values() for paper in papers})
    rows = []
    for hook in hooks:
        new = [paper.id for paper in found[hook.pk] if paper.id not in told[hook.pk]]
        size = shapes.get(hook.shape).batch
        for start in range(0, len(new), size):
            papers = new[start : start + size]
            rows.append(_row(hook, kind, str(papers[0]), now, papers=papers))
    WebhookEvent.objects.bulk_create(rows, ignore_conflicts=True)


def _added(hook: Webhook, answers: Answers) -> list[PaperView]:
    """The papers that were not there at the first look, the oldest first."""
    papers, _ = answers.newest(hook) or ([], False)
    stood = set(hook.stood)
    return [
        paper
        for paper in reversed(papers)
        if paper.id not in stood and (hook.floor is None or paper.listed_at >= hook.floor)
    ]


def _risen(hook: Webhook, answers: Answers) -> list[PaperView]:
    stood = set(hook.stood_high)
    return [paper for paper in answers.high(hook) or [] if paper.id not in stood]


def _told(hooks: Sequence[Webhook], kind: str, papers: set[int]) -> dict[int, set[int]]:
    """The papers among these that each webhook was told of."""
    found: dict[int, set[int]] = defaultdict(set)
    if papers:
        rows = WebhookEvent.objects.filter(webhook__in=hooks, kind=kind)
        rows = rows.filter(papers__overlap=list(papers))
        for hook, had in rows.values_list("webhook_id", "papers"):
            found[hook].update(had)
    return found


def _row(
    hook: Webhook,
    kind: str,
    subject: str,
    now: datetime,
    *,
    thing: int | None = None,
    papers: Sequence[int] = (),
) -> WebhookEvent:
    return WebhookEvent(
        webhook=hook, kind=kind, subject=subject, thing=thing, papers=list(papers), made_at=now,
        next_try_at=now,
    )  # fmt: skip


def _place(hook: Webhook) -> tuple[str, str]:
    """The feed and the period whose editions the webhook is told of."""
    try:
        query = parse(hook.query)
    except QueryError:
        return "", ""
    return query.feed, "day" if query.period == "all" else query.period


def _batches(wanted: WebhookQuerySet) -> Iterator[list[Webhook]]:
    """The webhooks that no other beat looks after, those that ask the same side by side."""
    rows = iter(wanted.order_by("query", "id").values_list("pk", flat=True))
    while ids := list(islice(rows, BATCH)):
        with transaction.atomic():
            held = wanted.filter(pk__in=ids).select_for_update(skip_locked=True, of=("self",))
            yield list(held.order_by("query", "id"))


@contextmanager
def _marked(
    name: str, now: datetime, every: timedelta | None = None
) -> Iterator[WebhookMark | None]:
    """The mark of the last look, which becomes `now`; None where it is not time, or another
    beat is at it. The first look of all starts here."""
    first = {"at": now, "number": lately.last_comment() if name == "comments" else 0}
    WebhookMark.objects.get_or_create(name=name, defaults=first)
    with transaction.atomic():
        rows = WebhookMark.objects.filter(name=name).select_for_update(skip_locked=True)
        mark = rows.first()
        if mark is None or (every and mark.at > now - every):
            yield None
            return
        yield mark
        mark.at = max(mark.at, now)
        mark.save()
