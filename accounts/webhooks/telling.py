"""What an event says: read at the moment of sending, as the webhook's owner may read it then."""

from dataclasses import replace

import orjson
from django.conf import settings

from accounts import orders
from accounts.models import Webhook, WebhookEvent
from accounts.webhooks.shapes.base import shapes
from accounts.webhooks.told import Published, Told
from feeds import lately, reading
from feeds.query import FeedQuery, QueryError, parse
from feeds.records import PaperView
from feeds.web.addresses import address

Kind = Webhook.Kind
NOT_THEIRS = "Its list is not there, or not for its owner to read."
NOT_SHOWN = "None of its papers is shown any more."


class Nothing(Exception):
    """There is nothing to tell any more; the text says why."""


def body(event: WebhookEvent) -> str:
    """The body of the event's request: the one of the first try, if there was one.

    Raises Nothing where the owner may not read it now, or what it is about is gone.
    """
    said = told(event)
    return event.body or orjson.dumps(shapes.get(event.webhook.shape).body(said)).decode()


def told(event: WebhookEvent) -> Told:
    """What the event says. Raises Nothing."""
    hook = event.webhook
    try:
        query = parse(hook.query)
        reading.at_latest(query, viewer=hook.user_id)
    except QueryError:
        raise Nothing(NOT_THEIRS) from None
    what = orders.what(hook.query, reader=hook.user_id)
    said = Told(event.kind, event.made_at, what, hook.query)
    if event.kind in (Kind.ADDED, Kind.TRENDING):
        return _with_papers(said, event, query)
    if event.kind == Kind.PUBLISHED:
        return _with_edition(said, event, query)
    return _with_comment(said, event, query) if event.kind == Kind.SAID else said


def _with_papers(said: Told, event: WebhookEvent, query: FeedQuery) -> Told:
    papers = _held(query, reading.these(event.papers), event.webhook.user_id)
    if not papers:
        raise Nothing(NOT_SHOWN)
    return replace(said, papers=papers)


def _with_edition(said: Told, event: WebhookEvent, query: FeedQuery) -> Told:
    out = lately.edition(event.thing or 0)
    if out is None:
        raise Nothing("The edition is not out any more.")
    asked = query.on(out.period, out.date)
    page = reading.papers_in(asked, viewer=event.webhook.user_id, limit=reading.MOST)
    if not page.papers or page.feed is None:
        raise Nothing("Nothing in the edition fits.")
    edition = Published(
        feed=page.feed.slug, name=page.feed.name, period=out.period, date=out.date,
        url=settings.SITE_URL + address(page.query), note=page.note,
    )  # fmt: skip
    return replace(said, papers=page.papers, edition=edition)


def _with_comment(said: Told, event: WebhookEvent, query: FeedQuery) -> Told:
    comment = lately.said([event.thing or 0]).get(event.thing or 0)
    if comment is None:
        raise Nothing("The comment is not shown any more.")
    if not reading.among(query.on("all", None), [comment.paper], viewer=event.webhook.user_id):
        raise Nothing(NOT_SHOWN)
    return replace(said, comment=comment)


def _held(query: FeedQuery, papers: tuple[PaperView, ...], reader: int) -> tuple[PaperView, ...]:
    """Those that the question means now: a list may have lost a paper since."""
    ids = [paper.id for paper in papers]
    held = reading.among(query.on("all", None), ids, viewer=reader) if ids else set()
    return tuple(paper for paper in papers if paper.id in held)
