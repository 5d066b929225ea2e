"""Another spelling, for words that find nothing: the nearest of those that titles and tags use."""

import re
from difflib import get_close_matches

from django.core.cache import cache

from feeds.grammar import Word, leaves
from feeds.models import Paper, Tag
from feeds.query import QueryError, tree_of
from feeds.search.lexical import answering

KEPT = 3600  # seconds
TITLES = 2000
MOST_WORDS = 3  # that are mended at once
SHORTEST = 4
NEAR = 0.8
_WORD = re.compile(r"[^\W\d_]+")


def mended(words: str) -> str:
    """The question with its unknown words as they are usually spelled; "" where that is no other
    question, or finds nothing either.
    """
    known = _known()
    text, changed = words, 0
    for leaf in leaves(tree_of(words)):
        if not isinstance(leaf, Word) or changed == MOST_WORDS:
            continue
        near = _near(leaf.text, known)
        if near:
            text = re.sub(rf"(?<!\w){re.escape(leaf.text)}(?!\w)", near, text, count=1)
            changed += 1
    return text if changed and _finds(text) else ""


def _near(word: str, known: list[str]) -> str:
    small = word.casefold()
    if len(small) < SHORTEST or not _WORD.fullmatch(small) or small in known:
        return ""
    # A slip is seldom in the first letter, and a look at all words takes long.
    alike = [one for one in known if one[0] == small[0] and abs(len(one) - len(small)) <= 2]
    return next(iter(get_close_matches(small, alike, 1, NEAR)), "")


def _known() -> list[str]:
    """Words of the topics' names and of the hottest titles."""
    kept: list[str] | None = cache.get("spelling:words")
    if kept is None:
        names = list(Tag.objects.shown().values_list("name", flat=True))
        hottest = Paper.objects.visible().ranked("hot")
        names += hottest.values_list("title_text", flat=True)[:TITLES]
        found = {word for name in names for word in _WORD.findall(name.casefold())}
        kept = sorted(word for word in found if len(word) >= SHORTEST)
        cache.set("spelling:words", kept, KEPT)
    return kept


def _finds(text: str) -> bool:
    try:
        return answering(Paper.objects.visible(), tree_of(text)).exists()
    except QueryError:  # longer now than a question may be
        return False
