"""What curators may do with the papers of an edition: the rules, whoever asks and by what.

Each act is kept and can be undone (feeds/acts.py). All raise CannotAct, and then changed nothing.
Those that take a time have it for the ledger. They give the words that tell what was done, ""
where all was so before.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from feeds import closing
from feeds.acts import CannotAct, Desk, Kind, as_it_stands, edition_at, keep
from feeds.decided import Decision, as_json, decide, decisions, pinned
from feeds.editions import compose
from feeds.models import Edition, Paper, Placing
from feeds.models.feed import MOST_PAPERS
from feeds.said_numbers import grouped
from feeds.standing import standing
from feeds.tag_decisions import CURATOR, Before, NoTag, deny_tag, give_tag

LONGEST_NOTE = 2000
_PLACED, _DROPPED = Placing.Verdict.PLACED, Placing.Verdict.DROPPED
# For each: what is decided, and what is said of one paper and of some.
_VERDICTS: dict[str, tuple[str | None, str, str]] = {
    Kind.PLACE: (_PLACED, gettext_noop("Placed."), gettext_noop("%(n)s placed.")),
    Kind.DROP: (_DROPPED, gettext_noop("Dropped."), gettext_noop("%(n)s dropped.")),
    Kind.CLEAR: (None, gettext_noop("Taken back."), gettext_noop("%(n)s taken back.")),
}

_NOT_OVER = {
    "week": gettext_noop(
        "This week is not over. Publish it from %(last)s on; until then readers see it as it is."
    ),
    "month": gettext_noop(
        "This month is not over. Publish it from %(last)s on; until then readers see it as it is."
    ),
}


def place(desk: Desk, papers: Iterable[int], now: dt.datetime) -> str:
    """Puts papers into the edition, whatever the feed asks for."""
    return _decide_all(desk, Kind.PLACE, papers, now)


def drop(desk: Desk, papers: Iterable[int], now: dt.datetime) -> str:
    """Keeps papers out of all editions of the feed that are still open; of a week's or month's
    desk out of that one alone.
    """
    return _decide_all(desk, Kind.DROP, papers, now)


def clear(desk: Desk, papers: Iterable[int], now: dt.datetime) -> str:
    """Takes back what was decided: the papers come in as if nobody had looked at them."""
    return _decide_all(desk, Kind.CLEAR, papers, now)


def pin(desk: Desk, paper: int, now: dt.datetime, at: int | None = None) -> str:
    """Places a paper at that place among those that stand first (from 0), or as the last of
    them; one that is pinned moves there.
    """
    with edition_at(desk):
        chosen = shown_now([paper])
        pins = [one for one in pinned(desk.feed.id, desk.at) if one not in chosen]
        at = len(pins) if at is None else max(0, min(at, len(pins)))
        done = _settle(desk, Kind.PIN, {}, [*pins[:at], *chosen, *pins[at:]], now)
        return _("Pinned as number %(number)s.") % {"number": at + 1} if done else ""


def unpin(desk: Desk, paper: int, now: dt.datetime) -> str:
    """The paper stays in the edition, where its score puts it."""
    with edition_at(desk):
        (one,) = shown_now([paper])
        pins = pinned(desk.feed.id, desk.at)
        if one not in pins:
            return ""
        pins.remove(one)
        _settle(desk, Kind.UNPIN, {one: _PLACED}, pins, now)
        return _("Unpinned.")


def move(desk: Desk, paper: int, steps: int, now: dt.datetime) -> str:
    """Moves a pinned paper so many places down, or up where `steps` is negative."""
    with edition_at(desk):
        (one,) = shown_now([paper])
        pins = pinned(desk.feed.id, desk.at)
        if one not in pins:
            raise CannotAct(_("Only what is pinned has a place of its own. Pin it first."))
        at = max(0, min(pins.index(one) + steps, len(pins) - 1))
        pins.remove(one)
        pins.insert(at, one)
        done = _settle(desk, Kind.MOVE, {}, pins, now)
        return _("Moved to %(number)s.") % {"number": at + 1} if done else ""


def write_note(desk: Desk, text: str, now: dt.datetime) -> str:
    """Sets the curators' word to the readers of this edition."""
    note = note_of(text)
    with edition_at(desk) as edition:
        before = edition.note
        if before == note:
            return ""
        edition.note = note
        edition.save(update_fields=["note"])
        keep(desk, Kind.NOTE, {"note": before}, {"note": note}, now)
        return _("The note is kept.") if note else _("The note is gone.")


def tag(desk: Desk, paper: int, name: str, now: dt.datetime, *, who: str) -> str:
    """Gives the paper a tag, or takes it where a minus stands before its name.

    `who` is the curator as readers may know them.
    """
    name = name.strip()
    with edition_at(desk):
        (one,) = shown_now([paper])
        denied = name.startswith("-")
        try:
            before = deny_tag(one, name[1:], by=desk.by) if denied else give_tag(one, name, who=who)
        except NoTag as unknown:
            raise CannotAct(str(unknown)) from unknown
        after = as_it_stands(before)
        if _stood(before) == (after["carried"], after["denied"]):
            return ""
        keep(desk, Kind.UNTAG if denied else Kind.TAG, {"tag": before}, {"tag": after}, now)
        return (
            _("It is not %(before)s.") % {"before": before["tag"]}
            if denied
            else _("Tagged %(before)s.") % {"before": before["tag"]}
        )


def publish(desk: Desk, now: dt.datetime) -> str:
    """Shows the edition to its readers as it is now, and closes it."""
    with edition_at(desk):
        _refuse_early(desk, now)
        if not compose(desk.feed, desk.at).papers:
            raise CannotAct(_("There is nothing in this edition yet. Place a paper first."))
        edition = closing.publish(desk.feed, desk.date, now, period=desk.period)
        keep(desk, Kind.PUBLISH, {}, {"count": len(edition.papers)}, now)
        return _("Published.")


def _decide_all(desk: Desk, kind: str, papers: Iterable[int], now: dt.datetime) -> str:
    verdict, of_one, of_some = _VERDICTS[kind]
    with edition_at(desk):
        chosen = shown_now(papers)
        pins = pinned(desk.feed.id, desk.at)
        if verdict != _PLACED:
            pins = [paper for paper in pins if paper not in chosen]
        if not _settle(desk, kind, dict.fromkeys(chosen, verdict), pins, now):
            return ""
        return _(of_one) if len(chosen) == 1 else _(of_some) % {"n": len(chosen)}


def _settle(
    desk: Desk,
    kind: str,
    verdicts: dict[int, str | None],
    pins: Sequence[int],
    now: dt.datetime,
) -> bool:
    """Decides so of these papers, and pins those in their order; whether that changes anything."""
    before = decisions(desk.feed.id, desk.at, {*verdicts, *pins, *pinned(desk.feed.id, desk.at)})
    places = {paper: number for number, paper in enumerate(pins)}
    after: dict[int, Decision | None] = {}
    for paper, was in before.items():
        verdict = _PLACED if paper in places else verdicts[paper]
        row = (desk.date.isoformat(), places.get(paper), was.why if was else "")
        after[paper] = Decision(verdict, *row) if verdict else None
    changed = {paper: row for paper, row in after.items() if row != before[paper]}
    if not changed:
        return False
    if len(places) > desk.feed.most:
        raise CannotAct(
            _("An edition has room for %(most)s papers. Unpin one first.")
            % {"most": desk.feed.most}
        )
    former = {paper: before[paper] for paper in changed}
    _refuse_closed(desk, former)
    decide(desk.feed.id, desk.at, changed, desk.by)
    keep(desk, kind, as_json(former), as_json(changed), now)
    return True


def _refuse_closed(desk: Desk, former: dict[int, Decision | None]) -> None:
    """Refuses papers that stand in another day's edition that is closed."""
    if desk.period != "day":  # what is decided here holds for this edition alone
        return
    days = {row.date for row in former.values() if row and row.verdict == _PLACED}
    closed = Edition.objects.filter(feed=desk.feed.id, period="day", date__in=days)
    found = closed.exclude(date=desk.date).filter(closed_at__isnull=False).first()
    if found:
        raise CannotAct(
            _(
                "It stands in the edition of %(date)s, which is closed. A correction there "
                "changes that."
            )
            % {"date": date_format(found.date, "DAY")}
        )


def _refuse_early(desk: Desk, now: dt.datetime) -> None:
    """A week or a month is published once its last day has come."""
    last = desk.at.last_day
    if desk.period != "day" and last and now.astimezone(dt.UTC).date() < last:
        raise CannotAct(_(_NOT_OVER[desk.period]) % {"last": date_format(last, "DAY_OF_MONTH")})


def shown_now(papers: Iterable[int]) -> list[int]:
    """The papers as which these are read now, each once. Raises CannotAct unless all are shown."""
    stands = standing(list(dict.fromkeys(papers))[: MOST_PAPERS + 1])
    found = list(dict.fromkeys(stands.values()))
    if len(found) > MOST_PAPERS:
        raise CannotAct(
            _("%(most_papers)s papers at a time, please.") % {"most_papers": MOST_PAPERS}
        )
    visible = set(Paper.objects.visible().filter(pk__in=found).values_list("pk", flat=True))
    shown = [paper for paper in found if paper in visible]
    if not found:
        raise CannotAct(_("Choose a paper first."))
    if len(shown) < len(found):
        raise CannotAct(_("A paper is not shown any more. Look at the page anew."))
    return shown


def note_of(text: str) -> str:
    note = text.replace("\0", "").replace("\r\n", "\n").strip()
    if len(note) > LONGEST_NOTE:
        raise CannotAct(
            _("The note is longer than %(longest_note)s characters. Shorten it.")
            % {"longest_note": grouped(LONGEST_NOTE)}
        )
    return note


def _stood(before: Before) -> tuple[bool, bool]:
    carried = before["carried"]
    return bool(carried and carried[0] == CURATOR), before["denied"]
