"""Papers whose words are like those of another, by the index of words."""

from collections.abc import Iterable, Mapping

from tantivy import Occur, Query

from feeds.search import copies
from feeds.search.fields import SCHEMA, english

_ENGLISH = english()


def by_words(words: Mapping[str, float], most: int, *, but: int) -> list[int] | None:
    """The papers (ids) that answer best where any of these words may be there, each counting as
    much as it weighs; without the paper `but`. None where there is no index that keeps up.
    """
    searcher = copies.searcher()
    if searcher is None:
        return None
    wishes = list(_wishes(words.items()))
    if not wishes:
        return []
    found = searcher.search(Query.boolean_query(wishes), most + 1, count=False).hits
    papers = searcher.fast_field_values("paper", [address for _, address in found])
    return [int(paper) for paper in papers if paper and paper != but][:most]


def _wishes(words: Iterable[tuple[str, float]]) -> Iterable[tuple[Occur, Query]]:
    for word, weight in words:
        for term in _ENGLISH.analyze(word):
            query = Query.term_query(SCHEMA, "text", term, "freq")
            yield Occur.Should, Query.boost_query(query, weight)
