"""Reads definitions: "Spatial Attention Module (SAM)" says what SAM is in this text."""

from collections.abc import Sequence

from feeds.taxonomy.words import Text

_SMALL = frozenset("a an and as at by for from in of on or the to via with".split())
_WINDOW = 3  # a definition has at most this many words more than its acronym has letters


def means_another(text: Text, index: int, vocabulary: set[str]) -> bool:
    """Whether `text` defines the acronym at word `index` as something else than its topic.

    It does where the words beside it, parentheses between, spell the acronym with their
    first letters, and fewer than half of them are in `vocabulary`, the words of the topic.
    """
    letters = text.words[index].rstrip("s").lower()
    size = len(letters) + _WINDOW
    meant: Sequence[str] = ()
    if text.gap(index).strip() == "(":
        meant = _spelled(letters[::-1], text.folded[max(0, index - size) : index][::-1])
    elif text.gap(index + 1).strip() == "(":
        meant = _spelled(letters, text.folded[index + 1 : index + 1 + size])
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
