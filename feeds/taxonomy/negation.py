"""Tells whether a mention is denied: "without X", "no X", "non-X", "X-free", "X is not needed"."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from feeds.taxonomy.flat import Flat

_REACH = 8  # how many words before a mention are looked at
_SIGNS = 50 * _REACH  # and how many signs, so that what is looked at is bounded

# Who works without hallucinations works on hallucinations: what nobody wants is never denied.
_TROUBLES = frozenset(
    "hallucination hallucinations hallucinated forgetting overthinking collapse hacking bias "
    "biases leakage attack attacks jailbreak jailbreaks jailbreaking backdoor backdoors "
    "contamination sycophancy deception misalignment correlations".split()
)
_NEED = (
    "need|needs|needing|rely|relies|relying|reliance|depend|depends|depending|dependence|"
    "require|requires|required|requiring|requirement|requirements|resort|resorting|recourse|"
    "access|use|usage|cost|costs|burden|overhead|form|kind|type|help|aid"
)
_USE = "uses|used|using|involve|involves|involving|employ|employs|employing"
_FILL = (
    "a|an|the|any|additional|further|extra|explicit|expensive|costly|heavy|separate|such|"
    "more|task|specific|dedicated|special|supervised|and|or|on|for|of|to"
)
# A preposition or a new verb begins another thought, unless it hangs on a word of need:
# "without labels for object detection" detects objects, "without the need for fine-tuning"
# does not tune. And who works "without hurting question answering" answers questions.
_STEP = (
    rf"(?:(?:{_NEED})(?:\ (?:on|for|of|to|in))?|(?!(?:but|with|by|while|via|through|which|that|"
    r"then|from|however|in|on|for|of|to|at|as|we|is|are|can|using|enables|improves|achieves|"
    r"sacrificing|compromising|hurting|harming|losing|degrading|reducing|affecting|changing|"
    r"loss|drop)\b)[^ ]+)"
)
_NOT = r"(?:not|[a-z]+n\ t|cannot|never)"
_BEFORE = re.compile(
    rf"""(?:^|\ )(?:
        non
      | (?:no|sans|neither|nor)(?:\ (?:{_NEED}|{_USE}|{_FILL}))*
      | (?:without|rather\ than|instead\ of|(?:lieu|place)\ of|opposed\ to)
        (?:\ (?:using|employing|involving))?(?:\ {_STEP}){{0,5}}
      | {_NOT}(?:\ (?:a|an|the|any|even))*
      | {_NOT}\ (?:{_NEED}|{_USE})(?:\ (?:{_NEED}|{_FILL}))*
      | (?:eliminat|avoid|obviat|remov|bypass|circumvent)[a-z]*(?:\ (?:{_FILL}))*
        \ (?:need|reliance|requirement|dependence)s?(?:\ (?:{_NEED}|{_FILL}))*
    )$""",
    re.VERBOSE,
)
# Some word of these stands in all that `_BEFORE` matches, so most mentions need no look at it.
CUES = frozenset(
    "non no sans neither nor without than instead lieu place opposed not t cannot never "
    "need needs reliance requirement requirements dependence".split()
)
_AFTER = re.compile(
    r"[-\u2010\u2011]free\b| (?:is|are|was|were) (?:(?:not|never|no longer) "
    r"(?:needed|required|necessary|used)|unnecessary)\b"
)
# What `_AFTER` matches begins so in a folded text; looking first costs less than the regex.
_FOLLOWS = frozenset((" fre", " is ", " are", " was", " wer"))


def negated(text: Flat, start: int, end: int, cues: Sequence[int]) -> bool:
    """Whether the words from sign `start` to sign `end` of `text` are said not to be in play.

    Looks back over at most eight words of the same clause and at what follows directly. `cues`
    are the places where words of CUES end in the text, in order.
    """
    if (cues and _denied_before(text.folded, start, cues)) or _denied_after(text, end):
        *_, last = text.words(start, end)
        return last not in _TROUBLES
    return False


def _denied_before(folded: str, start: int, cues: Sequence[int]) -> bool:
    passed = bisect_left(cues, start)
    first = max(0, start - _SIGNS)
    if not passed or cues[passed - 1] <= first:
        return False
    clause = folded.rfind("|", first, start) + 1
    if cues[passed - 1] <= clause:
        return False
    words = folded[max(first, clause) : start].split()[-_REACH:]
    return not CUES.isdisjoint(words) and _BEFORE.search(" ".join(words)) is not None


def _denied_after(text: Flat, end: int) -> bool:
    follows = text.folded[end : end + 4] in _FOLLOWS
    return follows and _AFTER.match(text.source, text.origin(end)) is not None
