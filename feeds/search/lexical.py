"""A question in words, answered by PostgreSQL's full text search.

The seam for another engine: `answering` takes papers and a tree of feeds/grammar and gives those
of the papers that the tree holds for. Nothing else knows how words are looked up.
"""

from collections.abc import Callable, Sequence
from operator import and_, or_
from typing import Any, TypeVar

from django.contrib.postgres.search import (
    CombinedSearchQuery,
    SearchQuery,
    SearchVector,
    SearchVectorExact,
)
from django.db.models import BooleanField, Exists, Func, Lookup, OuterRef, Q

from feeds.authors import author_key
from feeds.grammar import All, Either, Field, Node, Not, Phrase, Word
from feeds.identify import arxiv_id, doi
from feeds.models import Identifier
from feeds.models.paper import NAMES, WORDS, PaperQuerySet, tags_of_paper
from feeds.similar import like

_TITLE = SearchVector("title", config="english")
_Text = SearchQuery | CombinedSearchQuery
_Part = TypeVar("_Part")


def answering(found: PaperQuerySet, tree: Node) -> PaperQuerySet:
    """Those of the papers that the tree holds for."""
    text = _text(tree)
    return found.filter(Q(_matches(text)) if text else _holds(tree))


def _holds(node: Node) -> Q:
    """The tree as a condition. What is all words is one look into the index."""
    if isinstance(node, All):
        return _all(node.parts)
    if isinstance(node, Either):
        texts = [(part, _text(part)) for part in node.parts]
        return _joined([Q(_matches(text)) if text else _holds(part) for part, text in texts], or_)
    if isinstance(node, Not):
        return ~_holds(node.part)
    if isinstance(node, Field):
        return _FIELDS[node.name](node.value)
    return Q(_matches(_leaf(node)))


def _all(parts: tuple[Node, ...]) -> Q:
    texts = [(part, _text(part)) for part in parts]
    whole = _joined([_holds(part) for part, text in texts if text is None] or [Q()], and_)
    together = [text for _, text in texts if text is not None]
    return whole & _unless_empty(_joined(together, and_)) if together else whole


def _text(node: Node, *, denied: bool = False) -> _Text | None:
    """The node as one question to the index of words; None where it holds a field.

    With `denied` what it does not hold for: a negation goes down to the words, as Django has none
    of questions that were put together.
    """
    if isinstance(node, Word | Phrase):
        return _leaf(node, denied)
    if isinstance(node, Not):
        return _text(node.part, denied=not denied)
    if isinstance(node, Field):
        return None
    texts = [text for part in node.parts if (text := _text(part, denied=denied)) is not None]
    if len(texts) < len(node.parts):
        return None
    return _joined(texts, and_ if isinstance(node, All) != denied else or_)


def _joined(parts: Sequence[_Part], by: Callable[[Any, Any], Any]) -> _Part:
    """The parts as one, half beside half: many in a row would be as deep as they are many."""
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    both: _Part = by(_joined(parts[:middle], by), _joined(parts[middle:], by))
    return both


def _leaf(node: Word | Phrase, denied: bool = False) -> SearchQuery:
    kind = "phrase" if isinstance(node, Phrase) else "plain"
    return SearchQuery(node.text, config="english", search_type=kind, invert=denied)


def _matches(text: _Text) -> Lookup[bool]:
    return SearchVectorExact(WORDS, text)


def _unless_empty(text: _Text) -> Q:
    """Beside other conditions, words too common to be looked up ask for nothing."""
    return Q(_matches(text)) | Q(_Nothing(text, output_field=BooleanField()))


class _Nothing(Func):
    """Whether a question to the index has no word left; folded before the query is planned."""

    template = "(numnode(%(expressions)s) = 0)"


def _author(value: str) -> Q:
    """The whole name, or words that follow one another in it."""
    key = author_key(value)
    words = SearchQuery(key, config="simple", search_type="phrase")
    return Q(author_keys__contains=[key]) | Q(SearchVectorExact(NAMES, words))


def _title(value: str) -> Q:
    words = SearchQuery(value, config="english", search_type="plain")
    return Q(_matches(words)) & Q(SearchVectorExact(_TITLE, words))


def _tag(value: str) -> Q:
    return Q(Exists(tags_of_paper(value)))


def _year(value: str) -> Q:
    """By the day of publication, or where nobody told that by the day it was listed."""
    first, dots, last = value.partition("..")
    published, listed = Q(published_at__isnull=False), Q(published_at__isnull=True)
    if first:
        published &= Q(published_at__year__gte=int(first))
        listed &= Q(stats__listed_at__year__gte=int(first))
    if until := last if dots else first:
        published &= Q(published_at__year__lte=int(until))
        listed &= Q(stats__listed_at__year__lte=int(until))
    return published | listed


def _id(value: str) -> Q:
    named = Q(scheme="key", value=value)
    if number := arxiv_id(value):
        named |= Q(scheme="arxiv", value=number)
    if name := doi(value):
        named |= Q(scheme="doi", value=name)
    known = Identifier.objects.filter(named, paper=OuterRef("pk"))
    return Q(key=value) | Q(Exists(known))


def _similar(value: str) -> Q:
    return Q(pk__in=[near.paper for near in like(value)])


def _has(_value: str) -> Q:
    return ~Q(code_url="")


_FIELDS = {
    "author": _author,
    "title": _title,
    "tag": _tag,
    "year": _year,
    "id": _id,
    "similar": _similar,
    "has": _has,
}
