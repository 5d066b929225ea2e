"""Why a paper stands where it does in a reader's order: its words, authors and topics."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from feeds.authors import author_key
from feeds.embedding import text_of
from feeds.for_you.features import AUTHOR, TOPIC, Matter, features
from feeds.for_you.taste import Taste
from feeds.records import PaperView, Part, Score
from feeds.weighing import Rarity

WORDS, NAMES, TOPICS = 3, 2, 2  # of each kind, how many are named
TOLD = 4  # in the sentence
EXPLORED = "Beside what you usually read, to find out more."


@dataclass(frozen=True, slots=True)
class Reason:
    """What one thing of the paper adds to its score."""

    name: str
    kind: str
    value: float


def score_of(view: PaperView, taste: Taste, known: Rarity) -> Score:
    """The paper's score by this taste; its parts are named as far as they weigh most."""
    said = reasons(view, taste, known)
    parts = [Part(_label(one), one.value) for one in said]
    rest = sum(_contributions(view, taste, known).values()) - sum(one.value for one in said)
    return Score((*parts, Part("all else it says", rest), Part("every paper", taste.given)))


def because(score: Score) -> str:
    """ "Because of *sparse attention* and Z. Liu."; "" where nothing speaks for the paper."""
    named = [part for part in score.parts[:-2] if part.value > 0]
    best = sorted(named, key=lambda part: -part.value)[:TOLD]
    said = [part.label.removeprefix("by ").removeprefix("on ") for part in best]
    return f"Because of {_listed(said)}." if said else ""


def reasons(view: PaperView, taste: Taste, known: Rarity) -> list[Reason]:
    """What speaks most for the paper and, where little does, against it; the weightiest first."""
    adds = _contributions(view, taste, known)
    authors = {AUTHOR + author_key(name): name for name in view.authors}
    topics = {TOPIC + tag.slug: tag.name for tag in view.topics}
    words = {name: value for name, value in adds.items() if name[0] not in (AUTHOR, TOPIC)}
    found = [
        *_weightiest(_joined(words), "word", {}, WORDS),
        *_weightiest(adds, "author", authors, NAMES),
        *_weightiest(adds, "topic", topics, TOPICS),
    ]
    return sorted(found, key=lambda one: -abs(one.value))


def _contributions(view: PaperView, taste: Taste, known: Rarity) -> dict[str, float]:
    matter = Matter(
        text_of(view.title_tex, view.abstract),
        tuple(author_key(name) for name in view.authors),
        tuple(tag.slug for tag in view.topics),
    )
    return taste.contributions(features(matter, known))


def _weightiest(
    adds: Mapping[str, float], kind: str, called: Mapping[str, str], most: int
) -> list[Reason]:
    names = called or (adds if kind == "word" else {})
    told = [name for name in names if adds.get(name)]
    best = sorted(told, key=lambda name: (-abs(adds[name]), name))[:most]
    return [Reason(called.get(name, name), kind, adds[name]) for name in best]


def _joined(words: Mapping[str, float]) -> dict[str, float]:
    """The words with those of a pair taken together: "sparse attention" for "sparse" too."""
    joined, taken = dict(words), set()
    for pair in sorted((w for w in words if " " in w), key=lambda w: (-words[w], w)):
        ones = set(pair.split())
        if words[pair] <= 0 or ones & taken:
            continue
        taken |= ones
        joined[pair] += sum(joined.pop(one, 0.0) for one in ones)
    return joined


def _label(reason: Reason) -> str:
    return {"word": f"“{reason.name}”", "author": f"by {reason.name}"}.get(
        reason.kind, f"on {reason.name}"
    )


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
