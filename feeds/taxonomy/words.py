"""How a text falls into words, and in which shapes a phrase of the taxonomy may stand there."""

import re
import unicodedata
from functools import cache
from itertools import product
from typing import NamedTuple

# Invisible characters and combining accents belong to the word that they stand in.
_MARKS = "\u00ad\u0300-\u036f\u200b-\u200d\u2060\ufeff"
MARK = re.compile(f"[{_MARKS}]")
_WORD = re.compile(rf"([^\W_]+(?:[{_MARKS}]+[^\W_]*)*)")
DASH = "~_\\-\u2010-\u2015\u2212\ufe58\ufe63\uff0d"
# What may stand between two words of one phrase: a space, one line break, dashes that touch
# a word, a sign with no space beside it ("AR/VR", "Qwen2.5", "Parkinson's"), and the dollar
# signs of a TeX "$k$-means". A dash with a space on both sides separates clauses, as every
# other sign does. Bounded, so that it cannot run away.
_BLANK = r"[^\S\n]{0,20}"
JOIN = re.compile(
    rf"[./:'\u2019]|['\u2019$]?(?:{_BLANK}\n?{_BLANK}|[{DASH}]{{1,3}}{_BLANK}\n?{_BLANK}"
    rf"|\s[{DASH}]{{1,3}})\$?"
)

# "training" and "learning" are not here for a reason: everything is trained and learned,
# so "pre-trained" says nothing about pre-training.
_UNSAFE_VERBS = frozenset({"training", "learning", "embedding", "setting", "string", "thing"})
_NOT_NOUNS = ("al", "ic", "ive", "ed", "ous", "ary", "able", "ible")
_SPELLINGS = (
    (re.compile(r"iz(ation|e|ed|er|ing)$"), r"is\1"),
    (re.compile(r"is(ation|e|ed|er|ing)$"), r"iz\1"),
    (re.compile(r"(mode|labe|signa)l(ing|ed|er)$"), r"\1ll\2"),
    (re.compile(r"(mode|labe|signa)ll(ing|ed|er)$"), r"\1l\2"),
    (re.compile(r"(behavi|col|neighb)or"), r"\1our"),
    (re.compile(r"(behavi|col|neighb)our"), r"\1or"),
)


class Text(NamedTuple):
    """A text in words.

    `parts` are gaps and words by turns and give the source when joined; word i is
    `parts[2 * i + 1]`. `words` have no accents and no ligatures, `folded` no capitals either.
    """

    parts: list[str]
    words: list[str]
    folded: list[str]

    def joined(self, index: int) -> bool:
        """Whether nothing but space or a hyphen lies between word `index` and the next."""
        gap = self.parts[2 * index + 2]
        return gap in {" ", "-"} or JOIN.fullmatch(gap) is not None

    def gap(self, index: int) -> str:
        """What stands before word `index`, or at the end of the text."""
        return self.parts[2 * index]

    def phrase(self, start: int, end: int) -> str:
        """The source from word `start` to word `end` (exclusive)."""
        return "".join(self.parts[2 * start + 1 : 2 * end])


def split(source: str) -> Text:
    """The words of `source`, in order. Linear in its length."""
    parts = _WORD.split(source)
    words = parts[1::2]
    if not source.isascii():
        words = [word if word.isascii() else plain(word) for word in words]
    return Text(parts, words, [word.lower() for word in words])


def plain(word: str) -> str:
    """`word` without accents, ligatures and invisible characters; capitals stay."""
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(char for char in decomposed if char.isalnum())


def is_acronym(word: str) -> bool:
    """Whether case matters: a capital after the first letter, as in "RAG", "MoE", "NeRF"."""
    letters = [char for char in word if char.isalpha()]
    return any(char.isupper() for char in letters[1:])


@cache
def shapes(phrase: str) -> frozenset[tuple[str, ...]]:
    """Every sequence of words in which `phrase` may stand in a text.

    None where it has no word, or a sign inside that no phrase can run across (a full stop).

    Acronyms keep their case, all else is in lower case. Covers plurals and singulars, both
    spellings of "-ise" and its like, a hyphen that becomes a space or vanishes ("fine-tuning",
    "fine tuning", "finetuning"), and verbs where that is safe: a phrase ends in "-ing", then
    "-ed" will do ("instruction-tuned"), and after a hyphen the bare verb too ("fine-tune").
    """
    text = split(phrase)
    if not text.words or not all(text.joined(i) for i in range(len(text.words) - 1)):
        return frozenset()
    glued = ["-" in text.gap(i) for i in range(1, len(text.words))]
    forms = [_forms(word) for word in text.words]
    for index, word in enumerate(text.folded[:-1]):
        if not is_acronym(text.words[index]) and (glued[index] or len(word) < 4):
            forms[index] = _spelled(word)  # no "images to videos", no "news dataset"
    if len(forms) > 1:
        forms[-1] = forms[-1] | _verb_forms(text.folded[-1], compound=glued[-1])
    return frozenset(closed for words in product(*forms) for closed in _closings(words, glued))


def _closings(words: tuple[str, ...], glued: list[bool]) -> list[tuple[str, ...]]:
    """`words` with each hyphen open or closed; acronyms are never closed up."""
    results: list[tuple[str, ...]] = [words[:1]]
    for word, hyphen in zip(words[1:], glued, strict=True):
        opened = [(*done, word) for done in results]
        if hyphen and word.islower():
            opened += [(*done[:-1], done[-1] + word) for done in results if done[-1].islower()]
        results = opened
    return results


def _forms(word: str) -> set[str]:
    if is_acronym(word):
        return {word, word[:-1] if word[-1] == "s" else word + "s"}
    spelled = _spelled(word.lower())
    return spelled | {form for one in spelled for form in _numbers(one)}


def _spelled(word: str) -> set[str]:
    return {word} | {pattern.sub(to, word) for pattern, to in _SPELLINGS}


def _numbers(noun: str) -> set[str]:
    """The singular and the plural of `noun`, as far as it is one and the rule is regular."""
    if len(noun) < 3 or not noun.isalpha() or noun.endswith(_NOT_NOUNS):
        return set()
    singular = _singular(noun)
    return {singular, _plural(singular)}


def _singular(noun: str) -> str:
    if (
        not noun.endswith("s")
        or noun.endswith(("ss", "us", "is", "as", "os", "ics"))
        or len(noun) < 4
    ):
        return noun
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("sses", "shes", "tches", "xes", "zes")):
        return noun[:-2]
    return noun[:-1]


def _plural(noun: str) -> str:
    if noun.endswith("sis"):
        return noun[:-2] + "es"
    if noun.endswith(("ics", "us")):
        return noun
    if noun.endswith("y") and noun[-2:-1] not in tuple("aeiou"):
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")


def _verb_forms(gerund: str, compound: bool) -> set[str]:
    """ "-ed" for a gerund; for one after a hyphen the bare verb and its "-s" as well."""
    if not gerund.endswith("ing") or len(gerund) < 6 or gerund in _UNSAFE_VERBS:
        return set()
    stem = gerund[:-3]
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "ls":
        bases = {stem[:-1]}
    else:
        bases = {stem, stem + "e"}
    past = {stem + "ed"}
    return past | {form for base in bases for form in (base, base + "s")} if compound else past
