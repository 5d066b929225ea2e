"""What curators do at a feed's desk, kept act by act, and the last act taken back.

An act says the same of the same things before and after it: {"papers": {id: decision or None}},
{"note": text} or {"tag": how a paper stands to a tag}. It is undone by writing what was before,
unless someone has changed these things since.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from feeds.decided import Decision, as_json, decide, decisions
from feeds.gist_words import standing_word, take_back
from feeds.models import DeskAct, Edition, Feed
from feeds.named import FeedView
from feeds.query import FeedQuery
from feeds.standing import standing
from feeds.tag_decisions import Before, restore, stands

Kind = DeskAct.Kind
CLOSED = gettext_noop("This edition is closed. From now on only a correction changes it.")


class CannotAct(ValueError):
    """What was asked for cannot be done; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A curator (`by`, an id) at the desk of a feed's edition.

    `date` is the first day of its period: a day, a week or a month.
    """

    feed: FeedView
    date: dt.date
    by: int
    period: str = "day"

    @property
    def at(self) -> FeedQuery:
        """The edition's question, but for its feed."""
        return FeedQuery(period=self.period, date=self.date)


@contextmanager
def edition_at(desk: Desk, *, closed: bool = False) -> Iterator[Edition]:
    """Holds the feed and the desk's edition until the act is done, in a transaction.

    Raises CannotAct where the edition is closed, or for a `closed` one where it is not.
    """
    with transaction.atomic():
        if not Feed.objects.select_for_update(no_key=True).filter(pk=desk.feed.id).exists():
            raise CannotAct(_("The feed is gone."))
        edition, _made = Edition.objects.get_or_create(
            feed_id=desk.feed.id, period=desk.period, date=desk.date
        )
        edition = Edition.objects.select_for_update().get(pk=edition.pk)
        if edition.closed_at and not closed:
            raise CannotAct(_(CLOSED))
        if closed and not edition.closed_at:
            raise CannotAct(_("This edition is open. Change it as it is."))
        yield edition


def keep(desk: Desk, kind: str, before: object, after: object, now: dt.datetime) -> None:
    DeskAct.objects.create(
        feed_id=desk.feed.id,
        period=desk.period,
        date=desk.date,
        kind=kind,
        before=before,
        after=after,
        made_by_id=desk.by,
        made_at=now,
    )


def last_act(desk: Desk) -> DeskAct | None:
    """The curator's last act at this desk that can be undone."""
    acts = DeskAct.objects.filter(feed=desk.feed.id, period=desk.period, date=desk.date)
    acts = acts.filter(made_by=desk.by)
    return acts.filter(undone_at__isnull=True).exclude(before={}).order_by("-id").first()


def undo(desk: Desk, now: dt.datetime) -> str:
    """Takes the curator's last act back; what it was, in a word. Raises CannotAct."""
    with edition_at(desk) as edition:
        act = last_act(desk)
        if act is None:
            raise CannotAct(_("There is nothing of yours to undo here."))
        if _as_it_is(desk, edition, act.after) != act.after:
            raise CannotAct(_("Someone changed the same since. Nothing was undone."))
        _write(desk, edition, act.before, now)
        act.undone_at = now
        act.save(update_fields=["undone_at"])
        return str(act.get_kind_display())


def as_it_stands(before: Mapping[str, Any]) -> dict[str, Any]:
    """What curators say now of a paper and a tag, of which a decision told what was before."""
    of = Before(paper=before["paper"], tag=before["tag"], carried=None, denied=False)
    words = {"carried": stands(of, carried=True), "denied": stands(of, carried=False)}
    return {"paper": of["paper"], "tag": of["tag"], **words}


def _as_it_is(desk: Desk, edition: Edition, then: Mapping[str, Any]) -> dict[str, Any]:
    """What holds now of the things of which an act speaks."""
    if "papers" in then:
        papers = [int(paper) for paper in then["papers"]]
        if any(paper != now for paper, now in standing(papers).items()):
            raise CannotAct(_("A paper was joined to another since. Nothing was undone."))
        return as_json(decisions(desk.feed.id, desk.at, papers))
    if "note" in then:
        return {"note": edition.note}
    if "gist" in then:
        word = standing_word(then["gist"]["paper"])
        return {"gist": {"paper": then["gist"]["paper"], "word": word.pk if word else None}}
    return {"tag": as_it_stands(then["tag"])}


def _write(desk: Desk, edition: Edition, then: Mapping[str, Any], now: dt.datetime) -> None:
    if "papers" in then:
        rows = then["papers"].items()
        wanted = {int(paper): Decision(*row) if row else None for paper, row in rows}
        decide(desk.feed.id, desk.at, wanted, desk.by)
    elif "note" in then:
        edition.note = then["note"]
        edition.save(update_fields=["note"])
    elif "gist" in then:
        take_back(then["gist"]["paper"], now, to=then["gist"]["word"])
    else:
        restore(then["tag"])
