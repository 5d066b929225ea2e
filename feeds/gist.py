"""The gist: the sentence of an abstract that says what the paper contributes.

Each sentence gets a sum of what speaks for it and against it; the best is taken, and loses the
words that only tie it to the sentence before. docs/gist.md tells how well that does.
"""

import re
from typing import NamedTuple

from feeds.sentences import sentences

LONGEST = 300
_MOST = 40  # sentences that are looked at; an abstract has eight
_OURS = frozenset("we our paper work study here article".split())
_GIVES = frozenset(
    """propose proposes introduce introduces present presents develop develops design designs build
    release releases contribute contributes""".split()
)
_FINDS = frozenset(
    """show shows demonstrate demonstrates find finds prove proves establish study investigate
    analyze analyse examine explore""".split()
)
_AIMS = frozenset("address addresses tackle overcome bridge fill mitigate novel new first".split())
_RESULTS = frozenset("experiments results outperforms outperform achieves improves".split())
_BEFORE = frozenset(
    """recent recently existing current traditional conventional prior previous often however
    despite although while remains remain suffer struggle lack typically increasingly
    emerged attracted growing widely""".split()
)
_ELSEWHERE = frozenset("code github available https http page url".split())
# A sentence that begins so speaks of the one before it.
_POINTS_BACK = frozenset(
    """it they these those such its their he she moreover furthermore additionally finally also
    second third secondly thirdly meanwhile similarly""".split()
)
_GOES_ON = frozenset("also further then additionally therefore thus".split())
_POINTS_AT = frozenset("paper work article study survey report thesis".split())
_COMMON = frozenset(
    """a an the of and or in on for to with by from is are as at via using towards toward its their
    our""".split()
)
_PAPERS_OWN = ("本文", "我们提出", "本研究", "本論文", "本稿", "提案")

_TELLING = frozenset().union(
    _OURS, _GIVES, _FINDS, _AIMS, _RESULTS, _BEFORE, _ELSEWHERE, _POINTS_AT
)

# What ties a sentence to others or labels it, and reads well left out.
_TIES = re.compile(
    r"""(?:
      (?:abstract|background|purpose|objectives?|aims?|methods?|results?|findings?|conclusions?
         |contributions?|summary|significance)\s?[:—–]\s
    | (?:in|through|with)\ (?:this|the\ present)\ (?:paper|work|article|study|report|thesis|letter)
         (?:,|(?=\ we\b))\s?
    | (?:to\ (?:this|that)\ end|to\ do\ (?:so|this)|here(?:in)?|therefore|thus|hence|consequently
         |specifically|in\ particular|concretely|accordingly|in\ response|instead|in\ contrast
         |however|moreover|furthermore|additionally|in\ addition|finally|overall|importantly
         |notably|as\ a\ result|in\ summary|first(?:ly)?|second(?:ly)?),\s
    | here(?=\ we\b)\s
    | (?:to\ [a-z]+|by\ [a-z]+ing|motivated\ by|inspired\ by|building\ (?:up)?on|based\ on
         |leveraging|using|with|given|in\ (?:the\ )?light\ of)
         \ (?:this|these|the\ above|those|such|both|that)\b[^,.;:]{0,60},\s
    )""",
    re.IGNORECASE | re.VERBOSE,
)


class _About(NamedTuple):
    """What the title says: its words, the name before its colon, all words that tell."""

    words: frozenset[str]
    name: str
    telling: frozenset[str]


def gist(title: str, abstract: str) -> str:
    """The sentence, without what ties it to others and with a capital; "" of an empty abstract.

    Both are readable text in one line. At most `LONGEST` signs; a longer sentence is cut between
    words and ends in an ellipsis.
    """
    found = sentences(abstract)[:_MOST]
    if not found:
        return ""
    if len(found) == 1:
        return shortened(_untied(found[0]))
    about = _about(title)
    scores = [_score(one, place / len(found), about) for place, one in enumerate(found)]
    return shortened(_untied(found[scores.index(max(scores))]))


def _about(title: str) -> _About:
    words = frozenset(_words(title)) - _COMMON
    name = title.partition(":")[0].strip().lower() if ":" in title else ""
    return _About(words, name, _TELLING | words)


def _score(sentence: str, place: float, about: _About) -> float:
    """What speaks for the sentence: `place` is where it stands, from 0 for the first on.

    The weights were fitted to half of the real gists that docs/gist.md tells of, and rounded;
    those against words that point back were set by hand, as no such gist begins so.
    """
    words = _words(sentence)
    if not words:
        return -9.0
    # A look at the few words that matter costs a fifth of making a set of all.
    among = about.telling.intersection(words)
    ours = not among.isdisjoint(_OURS)
    score = 2.5 * len(about.words & among) / max(len(about.words), 4) - 0.5 * place
    score += 0.6 if ours and not among.isdisjoint(_GIVES) else 0.0
    score += 0.1 if ours and not among.isdisjoint(_FINDS) else 0.0
    score += 0.2 if not among.isdisjoint(_AIMS) else 0.0
    score += 0.1 if not among.isdisjoint(_RESULTS) else 0.0
    score -= 0.15 if not among.isdisjoint(_BEFORE) else 0.0
    score -= 0.2 if words[0] in _BEFORE else 0.0
    score -= 0.4 if not among.isdisjoint(_ELSEWHERE) else 0.0
    score += 0.4 if about.name and about.name in sentence.lower() else 0.0
    score += min(len(words), 40) / 100 - (0.25 if not 10 <= len(words) <= 40 else 0.0)
    score -= 0.4 if len(words) < 5 else 0.0
    if words[0] in _POINTS_BACK or (words[0] == "this" and among.isdisjoint(_POINTS_AT)):
        score -= 0.5
    if words[1:2] and words[1] in _GOES_ON:
        score -= 0.2
    if not sentence.isascii():
        score += 0.6 if any(one in sentence for one in _PAPERS_OWN) else 0.0
    return score


def _words(text: str) -> list[str]:
    for sign in ",.:()":
        text = text.replace(sign, " ")
    return text.lower().split()


def _untied(sentence: str) -> str:
    """The sentence without such words at its beginning, but never without all that follows."""
    begin = 0
    while (tie := _TIES.match(sentence, begin)) and len(sentence) - tie.end() > 20:
        begin = tie.end()
    return sentence[begin : begin + 1].upper() + sentence[begin + 1 :] if begin else sentence


def shortened(text: str) -> str:
    """The text, or what of it fits into `LONGEST` signs, with an ellipsis."""
    if len(text) <= LONGEST:
        return text
    cut = text[: LONGEST - 1].rsplit(" ", 1)[0][: LONGEST - 2]
    return cut.rstrip(" ,;:.–—-(") + " …"
