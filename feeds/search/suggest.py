"""What the search box offers while someone types: papers, authors and topics that begin so."""

import hashlib
import re
from collections import Counter
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from django.contrib.postgres.search import SearchQuery, SearchVectorExact
from django.core.cache import cache
from django.db.models.functions import Length

from feeds.authors import author_key
from feeds.grammar.tree import QUOTES
from feeds.models import Paper, Tag
from feeds.models.paper import NAMES, WORDS, PaperQuerySet

KEPT = 300  # seconds
LONGEST = 100
MOST_PAPERS, MOST_AUTHORS, MOST_TAGS = 4, 3, 3
SHORTEST = 2
_LOOKED_AT = 40  # papers whose authors are counted
_WORD = re.compile(r"[^\W_]+")
_LAST = re.compile(rf"(?:^|[\s(])-?(author|tag):[{QUOTES}]?([^{QUOTES}]*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`kind` is "paper", "author" or "topic", `path` where it leads."""

    kind: str
    text: str
    path: str


def suggestions(typed: str) -> list[Suggestion]:
    """At most ten, papers first; of `author:…` or `tag:…` at the end the ways to complete it."""
    text = " ".join(typed.replace("\0", " ").split())
    if not SHORTEST <= len(text) <= LONGEST:
        return []
    key = f"suggest:{hashlib.sha256(text.casefold().encode('utf-8', 'replace')).hexdigest()}"
    kept = cache.get(key)
    if kept is None:
        kept = [asdict(one) for one in _looked_up(text)]
        cache.set(key, kept, KEPT)
    return [Suggestion(**one) for one in kept]


def _looked_up(text: str) -> list[Suggestion]:
    if last := _LAST.search(text):
        begun, field = text[: last.start(1)], last[1].lower()
        if field == "author":
            texts = [f'{begun}author:"{name}"' for name in _authors(last[2], MOST_PAPERS)]
        else:
            texts = [f"{begun}tag:{tag.slug}" for tag in _tags(last[2], MOST_PAPERS)]
        return [Suggestion("topic" if field == "tag" else field, one, _asked(one)) for one in texts]
    papers = [Suggestion("paper", one.title_text, f"/papers/{one.key}") for one in _papers(text)]
    authors = [
        Suggestion("author", name, f"/?{urlencode({'author': name})}")
        for name in _authors(text, MOST_AUTHORS)
    ]
    tags = [Suggestion("topic", tag.name, f"/t/{tag.slug}") for tag in _tags(text, MOST_TAGS)]
    return papers + authors + tags


def _asked(words: str) -> str:
    return f"/?{urlencode({'q': words})}"


def _papers(text: str) -> list[Paper]:
    """The hottest papers whose title has a word that begins so, and the words before it."""
    *words, last = _WORD.findall(text) or [""]
    if len(last) < SHORTEST and not words:
        return []
    asked = SearchQuery(_beginnings(last), config="simple", search_type="raw")
    if words:
        asked &= SearchQuery(" ".join(words), config="english")
    found = Paper.objects.visible().filter(
        SearchVectorExact(WORDS, asked), title_text__iregex=rf"\m{last}"
    )
    return list(_hottest(found)[:MOST_PAPERS])


def _beginnings(word: str) -> str:
    """All that the index may have of words that begin so: they end in it, or were cut shorter."""
    word = word.lower()
    cut = [word[:end] for end in range(len(word) - 1, max(2, len(word) - 8), -1)]
    if word.endswith("y"):
        cut.append(f"{word[:-1]}i")
    return " | ".join([f"'{word}':*", *(f"'{one}'" for one in cut)])


def _authors(text: str, most: int) -> list[str]:
    """Names of the hottest papers' authors whose words begin so, the most frequent first."""
    words = author_key(text).split()
    if not words or len(words[-1]) < SHORTEST:
        return []
    asked = " & ".join(f"'{word}':*" for word in words)
    found = Paper.objects.visible().filter(
        SearchVectorExact(NAMES, SearchQuery(asked, config="simple", search_type="raw"))
    )
    names = Counter[str]()
    for authors in _hottest(found).values_list("authors", flat=True)[:_LOOKED_AT]:
        names.update(name for name in authors if _begins(name, words))
    return [name for name, _ in names.most_common(most)]


def _begins(name: str, words: list[str]) -> bool:
    own = author_key(name).split()
    return all(any(one.startswith(word) for one in own) for word in words)


def _tags(text: str, most: int) -> list[Tag]:
    begins = r"\m" + re.escape(text.strip())
    found = Tag.objects.shown().filter(name__iregex=begins)
    return list(found.order_by(Length("name"), "name")[:most])


def _hottest(found: PaperQuerySet) -> PaperQuerySet:
    return found.only("key", "title_text").ranked("hot")
