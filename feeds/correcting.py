"""A closed edition changes by a correction alone: what it changes, and the words that say so."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from feeds import closing
from feeds.acts import CannotAct, Desk, Kind, edition_at, keep
from feeds.decided import Decision, decide, decisions
from feeds.editions import Chosen, edition_of
from feeds.models import Placing
from feeds.models.feed import MOST_PAPERS
from feeds.placing import note_of, shown_now

LONGEST = 300
ADDED = "Added by a correction."


@dataclass(frozen=True, slots=True)
class Change:
    """What a correction takes off an edition and puts in (ids); `note` None leaves the note."""

    takes: frozenset[int] = frozenset()
    adds: tuple[int, ...] = ()
    note: str | None = None


def correct(desk: Desk, change: Change, text: str, now: dt.datetime) -> str:
    """Changes the closed edition; readers see the text. Raises CannotAct."""
    text = " ".join(text.split())
    if not text or len(text) > LONGEST:
        raise CannotAct(
            _("Say what is corrected, in at most %(longest)s characters.") % {"longest": LONGEST}
        )
    with edition_at(desk, closed=True) as edition:
        stood = edition_of(desk.feed, desk.at)
        adds = [one for one in _shown(change.adds) if one not in stood.papers]
        papers = [one for one in stood.papers if one not in change.takes] + adds
        note = stood.note if change.note is None else note_of(change.note)
        if tuple(papers) == stood.papers and note == stood.note:
            raise CannotAct(_("It changes nothing yet. Choose what is taken off or put in."))
        if len(papers) > MOST_PAPERS:
            raise CannotAct(
                _("An edition has room for %(most_papers)s papers.") % {"most_papers": MOST_PAPERS}
            )
        notes = {one: words for one, words in stood.notes.items() if one in papers}
        chosen = Chosen(tuple(papers), notes | dict.fromkeys(adds, ADDED))
        edition.note = note
        edition.save(update_fields=["note"])
        closing.correct(edition.pk, chosen, text, desk.by)
        _decide(desk, [one for one in stood.papers if one in change.takes], adds)
        keep(desk, Kind.CORRECT, {}, {"text": text}, now)
        return _("Corrected.")


def _shown(papers: tuple[int, ...]) -> list[int]:
    return shown_now(papers) if papers else []


def _decide(desk: Desk, taken: Collection[int], added: Collection[int]) -> None:
    """What the feed as a whole shows follows the edition; what stands in another stays there."""
    day = desk.date.isoformat()
    verdicts = dict.fromkeys(taken, Placing.Verdict.DROPPED)
    verdicts |= dict.fromkeys(added, Placing.Verdict.PLACED)
    was = decisions(desk.feed.id, desk.at, verdicts)
    elsewhere = {
        paper
        for paper, row in was.items()
        if row and row.verdict == Placing.Verdict.PLACED and row.date != day
    }
    wanted = {one: Decision(verdicts[one], day) for one in was if one not in elsewhere}
    decide(desk.feed.id, desk.at, wanted, desk.by)
