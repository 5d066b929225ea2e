"""Sentences that the site itself wrote into the database, said in the reader's language.

They are kept in English, whoever was at work: why a tag is on a paper, why a paper stands in an
edition, why a submission failed; and so are the parts of a score, where a list is read once for
people of several languages. What people wrote is none of these, and stays as they wrote it.
"""

import datetime as dt
import re
from collections.abc import Callable
from contextlib import suppress

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, gettext_noop

_SENTENCES = (
    gettext_noop("votes"),
    gettext_noop("votes plus %(given)s, as log10"),
    gettext_noop("time, by %(hours)s h"),
    gettext_noop("place in the digest"),
    gettext_noop("hours since 2020 when listed"),
    gettext_noop("votes since listed, as log10"),
    gettext_noop("usual at its age, as log10"),
    gettext_noop("what is usual for its tags, as log10"),
    gettext_noop("readers who follow its tags or authors"),
    gettext_noop("filed under %(category)s on arXiv"),
    gettext_noop("the title says “%(phrase)s”"),
    gettext_noop("the abstract says “%(phrase)s”"),
    gettext_noop("the digest names “%(keyword)s”"),
    gettext_noop("as in “%(title)s” and %(number)s more, tagged by a curator"),
    gettext_noop("as in “%(title)s”, tagged by a curator"),
    gettext_noop("put there by a curator"),
    gettext_noop("put there by %(who)s"),
    gettext_noop("Pinned by the curators."),
    gettext_noop("Added by a correction."),
    gettext_noop("From %(day)s: this day brought few papers."),
    gettext_noop("Its workers were lost too often."),
    gettext_noop("You gave it already, as %(given)s."),
    gettext_noop("arXiv knows no paper %(wanted)s."),
    gettext_noop("Crossref knows no DOI %(wanted)s."),
    gettext_noop("Its answer holds no paper that can be read."),
    gettext_noop("The page names no arXiv id and no DOI. Give one of these, if the paper has it."),
    gettext_noop("a curator"),
    gettext_noop("Looked at, and found in order."),
    gettext_noop(
        "First comments of new accounts that hold links are looked at before they are shown."
    ),
)


def in_readers_words(stored: str) -> str:
    """The sentence in the language of this thread; as it is where it is none of the site's."""
    if not stored or get_language() == "en":
        return stored
    for sentence, pattern in _PATTERNS:
        if found := pattern.fullmatch(stored):
            told = {name: _TOLD.get(name, str)(text) for name, text in found.groupdict().items()}
            return gettext(sentence) % told if told else gettext(sentence)
    return stored


def _pattern(sentence: str) -> re.Pattern[str]:
    parts = re.split(r"%\((\w+)\)s", sentence)
    texts, names = map(re.escape, parts[::2]), parts[1::2]
    holes = [f"(?P<{name}>.+)" for name in names] + [""]
    return re.compile(
        "".join(text + hole for text, hole in zip(texts, holes, strict=True)), re.DOTALL
    )


def _day(text: str) -> str:
    """ "24 April" as the language has it."""
    with suppress(ValueError):
        day = dt.datetime.strptime(f"{text} 2024", "%d %B %Y").replace(tzinfo=dt.UTC)
        return date_format(day, "DAY_OF_MONTH")
    return text


_PATTERNS = tuple((sentence, _pattern(sentence)) for sentence in _SENTENCES)
_TOLD: dict[str, Callable[[str], str]] = {"day": _day}
