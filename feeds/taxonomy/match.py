"""Finds the topics that a title and an abstract name: the engine behind the `keyword` tagger."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from feeds.taxonomy.acronyms import means_another
from feeds.taxonomy.load import Topic
from feeds.taxonomy.negation import negated
from feeds.taxonomy.words import Text, is_acronym, shapes, split

Where = Literal["title", "abstract"]
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


def confidence(in_title: bool, others: int) -> float:
    """How sure a tag is, from its mentions: one in the title or not, and `others`.

    The other mentions give 1 - 0.55**others, so that each is worth less than the one before.
    A title gives 0.7 at once and they fill up the rest; without a title they lead no higher
    than 0.7. So: 0.32 for one passing mention, 0.49 for two, 0.7 for a title, 0.84 for both.
    """
    repeated = 1 - 0.55**others
    return 0.7 + 0.3 * repeated if in_title else 0.7 * repeated


class _Node:
    """A place in the trie: the words that may follow, and the topic whose phrase ends here."""

    __slots__ = ("after", "topic")

    def __init__(self) -> None:
        self.after: dict[str, _Node] = {}
        self.topic = ""


class _Mention(NamedTuple):
    topic: str
    where: Where
    text: Text
    start: int
    end: int

    @property
    def phrase(self) -> str:
        return self.text.source[self.text.spans[self.start][0] : self.text.spans[self.end - 1][1]]


class Matcher:
    """The phrases of `topics`, compiled into one trie of words.

    Where two topics claim a phrase, the first keeps it. A Matcher does not change once
    made, so threads may share it.
    """

    def __init__(self, topics: Iterable[Topic]) -> None:
        self._root = _Node()
        self._named: dict[tuple[str, ...], str] = {}
        self._vocabulary: dict[str, set[str]] = {}
        for topic in topics:
            vocabulary = self._vocabulary.setdefault(topic.id, set())
            for shape in (shape for phrase in topic.phrases for shape in shapes(phrase)):
                self._add(topic.id, shape)
                vocabulary.update(word.lower() for word in shape)

    def find(self, title: str, abstract: str, limit: int = 8) -> list[Match]:
        """The `limit` best topics that the texts name, the surest first, then as they stand.

        The longest phrase wins ("graph neural network" is no "neural network"), what is
        denied does not count, an acronym that the text defines as something else neither.
        Time is linear in the texts' length.
        """
        mentions = [*self._mentions("title", title), *self._mentions("abstract", abstract)]
        foreign = {
            (one.topic, one.phrase) for one in mentions if self._means_another(one)
        }
        found: dict[str, list[_Mention]] = {}
        for one in mentions:
            if (one.topic, one.phrase) not in foreign:
                found.setdefault(one.topic, []).append(one)
        matches = [_match(evidence) for evidence in found.values()]
        return sorted(matches, key=lambda match: -match.confidence)[:limit]

    def named(self, phrase: str) -> str | None:
        """The id of the topic that `phrase` as a whole names, None where there is none.

        For keywords, which stand alone: case does not matter ("rag"), and "mixture of
        experts (MoE)" is known by either half.
        """
        for part in (phrase, _PARENTHESES.sub(" ", phrase), *_PARENTHESES.findall(phrase)):
            if topic := self._named.get(tuple(split(part).folded)):
                return topic
        return None

    def _add(self, topic: str, shape: tuple[str, ...]) -> None:
        node = self._root
        for word in shape:
            node = node.after.setdefault(word, _Node())
        node.topic = node.topic or topic
        self._named.setdefault(tuple(word.lower() for word in shape), topic)

    def _mentions(self, where: Where, source: str) -> Iterator[_Mention]:
        """Affirmed mentions from left to right, none inside another, runs of one topic as one."""
        text = split(source)
        if where == "title" and source.isupper() and len(text.words) > 3:
            text = text._replace(words=text.folded)  # all in capitals: nothing is an acronym
        known = self._root.after
        reach, last = 0, ""
        for start, word in enumerate(text.folded):
            if word not in known and text.words[start] not in known:
                continue
            end, topic = self._longest(text, start)
            if end <= reach:
                continue
            again = topic == last and start == reach
            reach, last = end, topic
            if not again and not negated(text, start, end):
                yield _Mention(topic, where, text, start, end)

    def _longest(self, text: Text, start: int) -> tuple[int, str]:
        """Where the longest phrase from word `start` ends, and its topic; (0, "") if none."""
        best = 0, ""
        nodes = [self._root]
        for index in range(start, len(text.words)):
            keys = {text.folded[index], text.words[index]}
            nodes = [node.after[key] for node in nodes for key in keys if key in node.after]
            for node in nodes:
                if node.topic:
                    best = index + 1, node.topic
            if not nodes or index + 1 == len(text.words) or not text.joined(index):
                break
        return best

    def _means_another(self, one: _Mention) -> bool:
        return (
            one.end - one.start == 1
            and is_acronym(one.text.words[one.start])
            and means_another(one.text, one.start, self._vocabulary[one.topic])
        )


def _match(mentions: list[_Mention]) -> Match:
    first = mentions[0]
    in_title = first.where == "title"
    return Match(
        topic_id=first.topic,
        phrase=first.phrase,
        where=first.where,
        count=len(mentions),
        confidence=round(confidence(in_title, len(mentions) - in_title), 4),
    )
