"""Why a paper stands where it does in a reader's order: its words, authors and topics."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from feeds.authors import author_key
from feeds.embedding import text_of
from feeds.for_you.features import AUTHOR, TOPIC, Matter, features
from feeds.for_you.taste import Taste
from feeds.records import PaperView, Part, Score
from feeds.weighing import Rarity

WORDS, NAMES, TOPICS = 3, 2, 2  # of each kind, how many are named
TOLD = 4  # in the sentence, and none that adds less than this part of what the first one does
LEAST_TOLD = 0.1
EXPLORED = gettext_noop("Beside what you usually read, to find out more.")


@dataclass(frozen=True, slots=True)
class Reason:
    """What one thing of the paper adds to its score."""

    name: str
    kind: str
    value: float


def score_of(view: PaperView, taste: Taste, known: Rarity) -> tuple[Score, list[Reason]]:
    """The paper's score by this taste, and what of it is named."""
    adds = _contributions(view, taste, known)
    said = _reasons(view, adds)
    parts = [Part(_label(one), one.value) for one in said]
    rest = sum(adds.values()) - sum(one.value for one in said)
    rest_of_it = (Part(_("all else it says"), rest), Part(_("every paper"), taste.given))
    return Score((*parts, *rest_of_it)), said


def because(said: Sequence[Reason]) -> str:
    """ "Because of “sparse attention” and Z. Liu."; "" where nothing speaks for the paper."""
    least = max((one.value for one in said), default=0.0) * LEAST_TOLD
    best = [one for one in said if one.value > max(0.0, least)][:TOLD]
    names = [f"“{one.name}”" if one.kind == "word" else one.name for one in best]
    return _("Because of %(reasons)s.") % {"reasons": _listed(names)} if names else ""


def _reasons(view: PaperView, adds: Mapping[str, float]) -> list[Reason]:
    """What weighs most of the paper: what speaks for it first, then what speaks against it."""
    authors = {AUTHOR + author_key(name): name for name in view.authors}
    topics = {TOPIC + tag.slug: tag.name for tag in view.topics}
    words = {name: value for name, value in adds.items() if name[0] not in (AUTHOR, TOPIC)}
    found = [
        *_weightiest(_joined(words), "word", {}, WORDS),
        *_weightiest(adds, "author", authors, NAMES),
        *_weightiest(adds, "topic", topics, TOPICS),
    ]
    return sorted(found, key=lambda one: -one.value)


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
    joined, taken = dict(words), set[str]()
    for pair in sorted((w for w in words if " " in w), key=lambda w: (-words[w], w)):
        ones = set(pair.split())
        if words[pair] <= 0 or ones & taken:
            continue
        taken |= ones
        joined[pair] += sum(joined.pop(one, 0.0) for one in ones)
    return joined


def _label(reason: Reason) -> str:
    told = {"word": gettext_noop("“%(name)s”"), "author": gettext_noop("by %(name)s")}
    return _(told.get(reason.kind, gettext_noop("on %(name)s"))) % {"name": reason.name}


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} {_('and')} {last}" if first else last
