"""Questions to the index of words: which papers, and how well each answers (BM25).

A hit is only an id: whether somebody may see that paper, PostgreSQL says.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import tantivy
from tantivy import FieldType, Occur, Query

from feeds.authors import author_key
from feeds.grammar import All, Either, Field, Node, Not, Phrase, Word, leaves
from feeds.identify import arxiv_id, doi
from feeds.models import Tag
from feeds.search.fields import SCHEMA, english, names
from feeds.similar import like

FIRST_YEAR, LAST_YEAR = 1900, 2100
_ENGLISH, _NAMES = english(), names()
_Clause = tuple[Occur, Query]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a question asks beside its words, as far as the index knows of it. It may let through
    more than the question means, never less.

    Tags and sources are ids, `days` the first and the last as numbers, `papers` ids.
    """

    tags: tuple[int, ...] = ()
    without_tags: tuple[int, ...] = ()
    authors: tuple[str, ...] = ()
    sources: tuple[int, ...] = ()
    days: tuple[int, int] | None = None
    code: bool = False
    papers: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Hits:
    """Papers by how well they answer, best first, each with its BM25; `whole` says that no other
    paper answers.
    """

    scores: tuple[tuple[int, float], ...]
    whole: bool
    papers: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "papers", tuple(paper for paper, _ in self.scores))


def best(
    searcher: tantivy.Searcher, tree: Node, most: int, narrowing: Narrowing | None = None
) -> Hits:
    """The `most` papers that answer best. Of bare words beside one another any may be there: the
    more, and the rarer, the better; all else has to hold.
    """
    return _hits(searcher, _ranked(tree), most, narrowing)


def matching(
    searcher: tantivy.Searcher, tree: Node, most: int, narrowing: Narrowing | None = None
) -> Hits:
    """`most` of the papers that the tree holds for."""
    return _hits(searcher, _holds(tree), most, narrowing)


def holding(searcher: tantivy.Searcher, tree: Node, papers: Sequence[int]) -> set[int]:
    """Those of the papers for which all holds that `best` takes for a condition."""
    clauses = _clauses(part for part in _parts(tree) if not isinstance(part, Word))
    if not clauses or not papers:
        return set(papers)
    found = _hits(searcher, _bool(clauses), len(papers), Narrowing(papers=tuple(papers)))
    return set(found.papers)


def said(tree: Node) -> str:
    """The words that it asks for; "" where there are none by which papers could be ranked."""
    asked = [leaf.text for leaf in leaves(tree) if isinstance(leaf, Word | Phrase)]
    return " ".join(asked) if any(_ENGLISH.analyze(text) for text in asked) else ""


def _hits(
    searcher: tantivy.Searcher, query: Query | None, most: int, narrowing: Narrowing | None
) -> Hits:
    if query is None:
        return Hits((), whole=True)
    clauses = [(Occur.Must, query), *_narrowed(narrowing or Narrowing())]
    found = searcher.search(_bool(clauses), most + 1, count=False).hits
    ids = searcher.fast_field_values("paper", [address for _, address in found[:most]])
    # Paper 0 is the row that keeps the copy's place: all but something finds it too.
    scores = ((int(paper), score) for paper, (score, _) in zip(ids, found, strict=False) if paper)
    return Hits(tuple(scores), whole=len(found) <= most)


def _ranked(tree: Node) -> Query | None:
    """Bare words on the top are wishes, what else stands there are conditions."""
    parts = _parts(tree)
    words = [part for part in parts if isinstance(part, Word)]
    if len(words) < 2:
        return _holds(tree)
    wishes = [wish for word in words if (wish := _holds(word))]
    clauses = _clauses(part for part in parts if not isinstance(part, Word))
    if wishes:
        clauses.append((Occur.Must, _any(wishes)))
    return _bool(clauses) if clauses else None


def _parts(tree: Node) -> tuple[Node, ...]:
    return tree.parts if isinstance(tree, All) else (tree,)


def _holds(node: Node) -> Query | None:
    """The tree as a query; None where nothing is left of it but words that are in no index."""
    if isinstance(node, All):
        clauses = _clauses(node.parts)
        return _bool(clauses) if clauses else None
    if isinstance(node, Either):
        parts = [query for part in node.parts if (query := _holds(part))]
        return _any(parts) if parts else None
    if isinstance(node, Not):
        clauses = _clauses([node])
        return _bool(clauses) if clauses else None
    if isinstance(node, Field):
        return _unweighed(_FIELDS[node.name](node.value))
    return _phrase(node.text) if isinstance(node, Phrase) else _words(node.text)


def _clauses(parts: Iterable[Node]) -> list[_Clause]:
    found = []
    for part in parts:
        denied = isinstance(part, Not)
        query = _holds(part.part if isinstance(part, Not) else part)
        if query is not None:
            found.append((Occur.MustNot if denied else Occur.Must, query))
    return found


def _bool(clauses: Sequence[_Clause]) -> Query:
    if len(clauses) == 1 and clauses[0][0] == Occur.Must:
        return clauses[0][1]
    if all(occur == Occur.MustNot for occur, _ in clauses):
        clauses = [*clauses, (Occur.Must, _unweighed(Query.all_query()))]
    return Query.boolean_query(clauses)


def _any(queries: Sequence[Query]) -> Query:
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _unweighed(query: Query) -> Query:
    """It is a condition, and makes no paper a better answer."""
    return Query.const_score_query(query, 0.0)


def _words(text: str, of: str = "text") -> Query | None:
    terms = list(dict.fromkeys(_ENGLISH.analyze(text)))
    queries = [Query.term_query(SCHEMA, of, term, "freq") for term in terms]
    return _bool([(Occur.Must, query) for query in queries]) if queries else None


def _phrase(text: str) -> Query | None:
    tokens = [(token.position, token.text) for token in _ENGLISH.pre_tokenize(text).tokens]
    return _in_a_row("text", tokens)


def _in_a_row(of: str, tokens: list[tuple[int, str]]) -> Query | None:
    if not tokens:
        return None
    if len(tokens) == 1:
        return Query.term_query(SCHEMA, of, tokens[0][1], "freq")
    first = tokens[0][0]
    return Query.phrase_query(SCHEMA, of, [(place - first, text) for place, text in tokens])


def _author(value: str) -> Query:
    tokens = list(enumerate(_NAMES.analyze(author_key(value))))
    return _in_a_row("names", tokens) or Query.empty_query()


def _title(value: str) -> Query:
    return _words(value, "title") or Query.empty_query()


def _tag(value: str) -> Query:
    return _one_of("tags", Tag.objects.named([value]).values_list("pk", flat=True))


def _year(value: str) -> Query:
    first, dots, last = value.partition("..")
    until = last if dots else first
    return _between("year", int(first or FIRST_YEAR), int(until or LAST_YEAR))


def _id(value: str) -> Query:
    named = [f"key:{value}"]
    named += [f"arxiv:{number}"] if (number := arxiv_id(value)) else []
    named += [f"doi:{name}"] if (name := doi(value)) else []
    return _one_of("ids", named)


def _similar(value: str) -> Query:
    return _one_of("paper", [near.paper for near in like(value)])


def _has(_value: str) -> Query:
    return Query.term_query(SCHEMA, "code", True, "basic")


def _one_of(of: str, values: Iterable[int | str]) -> Query:
    return Query.term_set_query(SCHEMA, of, list(values))


def _between(of: str, first: int, last: int) -> Query:
    kind = FieldType.Unsigned
    return Query.range_query(SCHEMA, of, kind, first, last, use_inverted_index=True)


def _narrowed(asked: Narrowing) -> list[_Clause]:
    must = [_one_of("tags", [tag]) for tag in asked.tags]
    must += [_author(name) for name in asked.authors]
    must += [_one_of("sources", asked.sources)] if asked.sources else []
    must += [_between("days", *asked.days)] if asked.days else []
    must += [_has("")] if asked.code else []
    must += [_one_of("paper", asked.papers)] if asked.papers is not None else []
    clauses = [(Occur.Must, _unweighed(query)) for query in must]
    return clauses + [(Occur.MustNot, _one_of("tags", [tag])) for tag in asked.without_tags]


_FIELDS = {
    "author": _author,
    "title": _title,
    "tag": _tag,
    "year": _year,
    "id": _id,
    "similar": _similar,
    "has": _has,
}
