"""Finds the topics that a title and an abstract name: the engine behind the `keyword` tagger."""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from feeds.taxonomy.acronyms import means_another
from feeds.taxonomy.flat import Flat, flat
from feeds.taxonomy.load import Topic
from feeds.taxonomy.negation import CUES, negated
from feeds.taxonomy.phrases import Phrases, Shape
from feeds.taxonomy.words import is_acronym, shapes, split

Where = Literal["title", "abstract"]
_OPENING = 0.2  # the part of an abstract that tells of others' work
_SHORT = 80  # words: an abstract below this comes to the point at once
_PARENTHESES = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Match:
    """A topic found. `phrase` is its first mention as it stood, in the title if it is there.

    `count` counts the mentions in title and abstract, a phrase and its acronym in
    parentheses as one. `confidence` lies in 0…1, see `confidence()`.
    """

    topic_id: str
    phrase: str
    where: Where
    count: int
    confidence: float


def confidence(in_title: bool, others: float) -> float:
    """How sure a tag is, from its mentions: one in the title or not, and `others`.

    The other mentions give 1 - 0.55**others, so that each is worth less than the one before.
    A title gives 0.7 at once and they fill up the rest; without a title they lead no higher
    than 0.7. So: 0.32 for one passing mention, 0.49 for two, 0.7 for a title, 0.84 for both.
    Half counts what an abstract says in its opening, which tells what others did, or in a phrase
    that many say in passing: 0.18.
    """
    repeated = 1 - math.pow(0.55, others)
    return 0.7 + 0.3 * repeated if in_title else 0.7 * repeated


class _Mention(NamedTuple):
    topic: str
    where: Where
    text: Flat
    start: int
    end: int
    capitals: bool
    denied: bool
    half: bool

    @property
    def phrase(self) -> str:
        """The mention as it stands in the text."""
        return self.text.phrase(self.start, self.end)


class Matcher:
    """The phrases of `topics`, compiled into one automaton.

    Where two topics claim a phrase, the first keeps it. A Matcher does not change once
    made, so threads may share it.
    """

    def __init__(self, topics: Iterable[Topic]) -> None:
        self._named: dict[tuple[str, ...], str] = {}
        self._vocabulary: dict[str, set[str]] = {}
        self._passing: set[str] = set()
        known: list[Shape] = []
        for topic in topics:
            vocabulary = self._vocabulary.setdefault(topic.id, set())
            for shape in (shape for phrase in topic.phrases for shape in shapes(phrase)):
                folded = tuple(word.lower() for word in shape)
                known.append(Shape(shape, topic.id))
                self._named.setdefault(folded, topic.id)
                vocabulary.update(folded)
            for shape in (shape for phrase in topic.passing for shape in shapes(phrase)):
                self._passing.add(" ".join(shape).lower())
        self._phrases = Phrases(known, CUES)

    def find(self, title: str, abstract: str, limit: int = 8, least: float = 0.2) -> list[Match]:
        """The `limit` best topics that the texts name, the surest first, then as they stand.

        Matches with a confidence below `least` are left out; by default those are the ones
        that an abstract names once, in its opening or in passing.

        The longest phrase wins: "graph neural network" is no "neural network". An acronym
        that the text defines as something else is none of ours. A topic that the title
        denies ("without fine-tuning"), or the text as often as it affirms it, is left out.
        Time is linear in the texts' length.
        """
        mentions = [*self._mentions("title", title), *self._mentions("abstract", abstract)]
        if foreign := {_key(one) for one in mentions if one.capitals and self._means_another(one)}:
            mentions = [one for one in mentions if _key(one) not in foreign]
        found: dict[str, list[_Mention]] = {}
        for one in mentions:
            found.setdefault(one.topic, []).append(one)
        affirmed = [kept for one in found.values() if (kept := _affirmed(one))]
        sure = [(how, one) for one in affirmed if (how := _confidence(one)) >= least]
        sure.sort(key=lambda pair: -pair[0])
        return [_match(one, how) for how, one in sure[:limit]]

    def named(self, phrase: str) -> str | None:
        """The id of the topic that `phrase` as a whole names, None where there is none.

        For keywords, which stand alone: case does not matter ("rag"), and "mixture of
        experts (MoE)" is known by either half.
        """
        parts = [phrase]
        if "(" in phrase:
            parts += _PARENTHESES.sub(" ", phrase), *_PARENTHESES.findall(phrase)
        for part in parts:
            if topic := self._named.get(tuple(split(part).folded)):
                return topic
        return None

    def _mentions(self, where: Where, source: str) -> Iterator[_Mention]:
        """Mentions from left to right, none inside another; a run of one topic is one."""
        if not source:
            return
        text = flat(source)
        if where == "title" and source.isupper() and len(text.words()) > 3:
            text = text._replace(cased=text.cased.lower())  # nothing in it is an acronym
        phrases, cues = self._phrases.see(text)
        told = where == "abstract"
        opening = _opening(text) if phrases and told else 0
        reach, last = 0, ""
        for start, end, topic in phrases:
            if end <= reach:
                continue
            again = topic == last and start > reach and not text.words(reach, start)
            reach, last = end, topic
            if not again:
                capitals = not text.cased[start:end].islower()
                denied = negated(text, start, end, cues)
                half = start < opening or (told and text.folded[start:end] in self._passing)
                yield _Mention(topic, where, text, start, end, capitals, denied, half)

    def _means_another(self, one: _Mention) -> bool:
        word = one.text.cased[one.start : one.end]
        return (
            " " not in one.text.folded[one.start : one.end]
            and is_acronym(word)
            and means_another(one.text, one.start, one.end, self._vocabulary[one.topic])
        )


def _opening(text: Flat) -> int:
    """Where the opening of an abstract ends; 0 where it has none."""
    words = text.words()
    if len(words) < _SHORT:
        return 0
    rest = text.spaced.split(maxsplit=math.ceil(_OPENING * len(words)))[-1]
    return len(text.folded) - len(rest)


def _key(one: _Mention) -> tuple[str, str]:
    return one.topic, one.phrase.rstrip("s")


def _affirmed(mentions: list[_Mention]) -> list[_Mention]:
    """The mentions that are not denied, or none where the denials outweigh them."""
    if True not in [one.denied for one in mentions]:
        return mentions
    affirmed = [one for one in mentions if not one.denied]
    said = any(one.where == "title" for one in affirmed)
    unsaid = any(one.where == "title" for one in mentions if one.denied)
    outweighed = 2 * len(affirmed) <= len(mentions)
    return [] if (unsaid and not said) or outweighed else affirmed


def _confidence(mentions: list[_Mention]) -> float:
    in_title = mentions[0].where == "title"
    halves = 2 * (len(mentions) - in_title) - sum([one.half for one in mentions])
    return _rounded(in_title, halves)


@lru_cache(maxsize=1024)
def _rounded(in_title: bool, halves: int) -> float:
    """The confidence with so many half mentions besides; few papers have more than a dozen."""
    return round(confidence(in_title, halves / 2), 4)


def _match(mentions: list[_Mention], confidence: float) -> Match:
    first = mentions[0]
    return Match(first.topic, first.phrase, first.where, len(mentions), confidence)
