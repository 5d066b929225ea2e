"""Another spelling, for words that find little: the nearest of those that titles and tags use."""

import itertools
import re
from difflib import get_close_matches

from django.core.cache import cache

from feeds.grammar import Node, Word, leaves
from feeds.models import Paper, Tag
from feeds.query import QueryError, tree_of
from feeds.search import bm25, copies
from feeds.search.lexical import answering

KEPT = 3600  # seconds
TITLES = 2000
MOST_WORDS = 3  # that are mended at once
LOOKED_AT = 12  # words of a question: who asks a whole sentence is not helped by its spelling
SHORTEST = 4
NEAR = 0.8
FEW = 5  # papers that have all the words: below, another spelling may be meant
_WORD = re.compile(r"[^\W\d_]+")


def mended(words: str) -> str:
    """The question with its unknown words as they are usually spelled; "" where that is no other
    question, where enough papers have the words as they are, or no more have the others.
    """
    known = _known()
    tree, text, changed = tree_of(words), words, 0
    asked = (leaf for leaf in leaves(tree) if isinstance(leaf, Word))
    for leaf in itertools.islice(asked, LOOKED_AT):
        near = _near(leaf.text, known)
        if near and changed < MOST_WORDS:
            text = re.sub(rf"(?<!\w){re.escape(leaf.text)}(?!\w)", near, text, count=1)
            changed += 1
    return text if changed and _finds_more(text, tree) else ""


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


def _finds_more(text: str, than: Node) -> bool:
    """Whether few papers have the words of the one question, and more those of the other."""
    try:
        other = tree_of(text)
    except QueryError:  # longer now than a question may be
        return False
    found = _count(than, FEW)
    return found < FEW and _count(other, found + 1) > found


def _count(tree: Node, most: int) -> int:
    """How many papers have all the words, as far as `most`."""
    searcher = copies.searcher()
    if searcher:
        return len(bm25.matching(searcher, tree, most).papers)
    return answering(Paper.objects.visible(), tree)[:most].count()
