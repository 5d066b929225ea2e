"""Reads definitions: "Spatial Attention Module (SAM)" says what SAM is in this text."""

import re
from collections.abc import Sequence

from feeds.taxonomy.flat import Flat

_SMALL = frozenset("a an and as at by for from in of on or the to via with".split())
_WINDOW = 3  # a definition has at most this many words more than its acronym has letters
_SIGNS = 40  # for a word, so that what is looked at is bounded
_GAP = 9  # signs beside an acronym among which the parenthesis must be
_OPENED_BEFORE = re.compile(r"(?:^|[^\W_])\s*\(\s*$")
_OPENED_AFTER = re.compile(r"\s*\(\s*(?:[^\W_]|$)")


def means_another(text: Flat, start: int, end: int, vocabulary: set[str]) -> bool:
    """Whether `text` defines the acronym from `start` to `end` as something else than its topic.

    It does where the words beside it, parentheses between, spell the acronym with their
    first letters, and fewer than half of them are in `vocabulary`, the words of the topic.
    """
    before, after = text.cased[max(0, start - _GAP) : start], text.cased[end : end + _GAP]
    if "(" not in before and "(" not in after:
        return False
    letters = text.cased[start:end].rstrip("s").lower()
    most = len(letters) + _WINDOW
    meant: Sequence[str] = ()
    if _OPENED_BEFORE.search(before):
        words = text.words(max(0, start - most * _SIGNS), start)
        meant = _spelled(letters[::-1], words[: -most - 1 : -1])
    elif _OPENED_AFTER.match(after):
        meant = _spelled(letters, text.words(end, end + most * _SIGNS)[:most])
    return bool(meant) and 2 * sum(word in vocabulary for word in meant) < len(meant)


def _spelled(letters: str, words: Sequence[str]) -> Sequence[str]:
    """The words that give `letters` one by one, small words passed over; () if they do not."""
    used: list[str] = []
    remaining = iter(words)
    for letter in letters:
        for word in remaining:
            if word.startswith(letter):
                used.append(word)
                break
            if word not in _SMALL:
                return ()
        else:
            return ()
    return used
