"""The gist of one paper as curators write it: on the paper's page, or at the desk of an edition."""

import datetime as dt

from django.utils.translation import gettext as _

from feeds.acts import CannotAct, Desk, Kind, edition_at, keep
from feeds.gist_words import By, NoGist, standing_word, take_back, write_gist
from feeds.placing import shown_now


class Overtaken(ValueError):
    """Someone wrote another since; the text says so."""


def word_of_curators(paper_id: int) -> int | None:
    """The word that holds, where curators said it: what can be taken back."""
    word = standing_word(paper_id)
    return word.pk if word and word.by == By.CURATORS else None


def write(paper_id: int, text: str, *, who: str, made_by: int, now: dt.datetime) -> str:
    """What came of it in a sentence. Raises NoGist."""
    write_gist(paper_id, text, who=who, made_by=made_by, now=now)
    if text.strip():
        return _("The gist is kept. It is the curators’ from now on, whatever digests say.")
    return _("The gist is left to the digests and the abstract.")


def undo(paper_id: int, word: int, now: dt.datetime) -> str:
    """Takes back the curators' word of that id. Raises Overtaken where it is not the last."""
    if word_of_curators(paper_id) != word:
        raise Overtaken(_("Someone wrote another gist since. Nothing was undone."))
    take_back(paper_id, now, to=word - 1)
    return _("The gist is what it was.")


def write_at(desk: Desk, paper: int, text: str, now: dt.datetime, *, who: str) -> str:
    """The same at the desk of an open edition, kept as an act there. Raises CannotAct."""
    with edition_at(desk):
        (one,) = shown_now([paper])
        try:
            before = write_gist(one, text, who=who, made_by=desk.by, now=now)
        except NoGist as error:
            raise CannotAct(f"{error}") from error
        after = word_of_curators(one)
        states = [{"gist": {"paper": one, "word": word}} for word in (before, after)]
        keep(desk, Kind.GIST, states[0], states[1], now)
        return _("The gist is kept.") if text.strip() else _("The gist is left to the abstract.")
