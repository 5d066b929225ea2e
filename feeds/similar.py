"""Papers like one: near by their vectors, near by their words, and both mixed half and half.

Candidates are the nearest by each; each likeness is scaled to 0…1 over them, so that neither
drowns the other. Where no vectors are made, words alone decide, and the answer says so.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import reduce
from itertools import combinations
from operator import or_
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.postgres.search import SearchQuery
from django.core.cache import cache
from django.db.models import F, Value
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from feeds import nearest
from feeds.called import called
from feeds.embedders.base import OFF
from feeds.embedding import text_of
from feeds.models import Paper, PaperTag
from feeds.models.paper import WORDS
from feeds.query import FeedQuery, NotThere
from feeds.rarity import known_rarity
from feeds.records import PaperView
from feeds.search.alike import by_words
from feeds.weighed import weighed
from feeds.weighing import Rarity, Term, Weights, heaviest, likeness, number, shared, weights

BY_VECTOR, BY_WORDS = 60, 80  # candidates by each
MOST = 100  # papers that a list of like ones holds
SHARE_OF_WORDS = 0.5
SHOWN_WORDS = 3
KEPT, SOON = 600, 60  # seconds
# By the index many of its words are looked for; by PostgreSQL few, two of them in a paper.
LOOKED_FOR = 40
SEARCHED_WORDS, SEARCHED_PAIRS = 6, 8
FEW = 20
WORDED = 10  # papers whose words in common are kept with the answer


@dataclass(frozen=True, slots=True)
class Near:
    """A paper near another, all in 0…1: `score` mixes the other two after they were scaled.

    `meaning` is the cosine of the vectors, None where one of them has none; `wording` that of the
    words' weights, and `words` are those that both use and few others do, None until somebody
    is told (see `worded`).
    """

    paper: int
    score: float
    wording: float
    meaning: float | None
    words: tuple[str, ...] | None = None


class NoPaper(NotThere):
    def __init__(self, name: str) -> None:
        super().__init__("similar", f"There is no paper called {name}.")


def check_similar(query: FeedQuery) -> None:
    """Raises NoPaper where the question asks for papers like one that is not there."""
    if query.similar and called(Paper.objects.visible(), query.similar) is None:
        raise NoPaper(query.similar)


def like(name: str) -> tuple[Near, ...]:
    """The papers that are most like the one of that name, the nearest first, `MOST` at most.

    None of them was dropped when they were found, nor is the paper itself among them. Kept for
    some minutes: whoever shows them asks again which of them may be seen.
    """
    key = f"similar:2:{settings.EMBEDDER}:{quote(name[:300])}"
    with suppress(RedisError):
        kept: tuple[Near, ...] | None = cache.get(key)
        if kept is not None:
            return kept
    paper = called(Paper.objects.visible(), name) if name else None
    if paper is None:
        return ()
    vector = nearest.vector_of(paper.pk)
    found = _like(paper, vector)
    with suppress(RedisError):
        soon = vector is None and settings.EMBEDDER != OFF  # it comes within a minute
        cache.set(key, found, SOON if soon else KEPT)
    return found


def _like(paper: Paper, vector: nearest.Vector | None) -> tuple[Near, ...]:
    known = known_rarity()
    mine = weights(text_of(paper.title, paper.abstract), known)
    ids = set(_by_words(paper, mine))
    if vector:
        ids |= nearest.to(vector, BY_VECTOR)
    others = weighed(ids - {paper.pk})
    cosines = nearest.cosines(vector, others) if vector else {}
    found = mixed({number(term): weight for term, weight in mine.items()}, others, cosines)
    return (*_worded(mine, found[:WORDED], known), *found[WORDED:])


def mixed(
    mine: Mapping[Term, float],
    others: Mapping[int, Mapping[Term, float]],
    cosines: Mapping[int, float],
) -> tuple[Near, ...]:
    """The other papers by the mix of both likenesses, of those without a cosine by words."""
    wording = {paper: likeness(mine, other) for paper, other in others.items()}
    by_words, by_meaning = _scaled(wording), _scaled(cosines)
    share = SHARE_OF_WORDS if cosines else 1.0
    near = [
        Near(
            paper,
            share * by_words[paper] + (1 - share) * by_meaning.get(paper, by_words[paper]),
            wording[paper],
            cosines.get(paper),
        )
        for paper in others
    ]
    return tuple(sorted(near, key=lambda one: (-one.score, one.paper))[:MOST])


def worded(name: str, near: Mapping[int, Near], papers: Collection[int]) -> dict[int, Near]:
    """Those of the papers that are near the one of that name, with the words that both use."""
    found = {pk: near[pk] for pk in papers if pk in near}
    lacking = [one for one in found.values() if one.words is None]
    paper = called(Paper.objects.visible(), name) if lacking else None
    if paper:
        known = known_rarity()
        mine = weights(text_of(paper.title, paper.abstract), known)
        found |= {one.paper: one for one in _worded(mine, lacking, known)}
    return found


def _worded(mine: Weights, near: Sequence[Near], known: Rarity) -> list[Near]:
    rows = Paper.objects.filter(pk__in=[one.paper for one in near])
    texts = {pk: text_of(*told) for pk, *told in rows.values_list("pk", "title", "abstract")}
    return [
        replace(one, words=shared(mine, weights(texts.get(one.paper, ""), known), SHOWN_WORDS))
        for one in near
    ]


def _by_words(paper: Paper, mine: Weights) -> list[int]:
    """The papers that have most of its weightiest words, by the index of words."""
    heavy = {word: mine[word] for word in _heaviest_words(mine, LOOKED_FOR)}
    found = by_words(heavy, BY_WORDS, but=paper.pk)
    return _by_postgresql(paper, mine) if found is None else found


def _by_postgresql(paper: Paper, mine: Weights) -> list[int]:
    """The latest papers that have two of its weightiest words or one of its word pairs; where
    those are few, such as have one of its words too.
    """
    asked = [" ".join(two) for two in combinations(_heaviest_words(mine, SEARCHED_WORDS), 2)]
    asked += heaviest(mine, SEARCHED_PAIRS, pairs=True)
    found = _having(paper, asked)
    if len(found) < FEW:
        found += _having(paper, _heaviest_words(mine, 2 * SEARCHED_WORDS))
    return found


def _heaviest_words(mine: Weights, most: int) -> list[str]:
    return heaviest(mine, most, pairs=False)


def _having(paper: Paper, asked: list[str]) -> list[int]:
    """The latest other papers that have all words of one of these texts."""
    if not asked:
        return []
    text = reduce(or_, (_all_of(words) for words in asked))
    found = Paper.objects.visible().exclude(pk=paper.pk).annotate(_words=WORDS).filter(_words=text)
    # A sum has no index: by the one of the keys the words of paper after paper would be read.
    latest = found.annotate(_latest=F("pk") + Value(0)).order_by("-_latest")
    return list(latest.values_list("pk", flat=True)[:BY_WORDS])


def _all_of(words: str) -> Any:
    return SearchQuery(words, config="english", search_type="plain")


def _scaled(values: Mapping[int, float]) -> dict[int, float]:
    """From 0 for the least of them to 1 for the greatest."""
    low, high = min(values.values(), default=0.0), max(values.values(), default=0.0)
    return {key: (value - low) / ((high - low) or 1.0) for key, value in values.items()}


def why(near: Near, tags: Collection[str]) -> str:
    """Why the paper is like the other, in words; `tags` are the names of those that both carry."""
    said = []
    if tags:
        said.append(_("both on %(tags)s") % {"tags": _listed(list(tags)[:3])})
    if near.words:
        quoted = [_("“%(words)s”") % {"words": word} for word in near.words]
        said.append(_("both speak of %(words)s") % {"words": _listed(quoted)})
    if near.meaning is not None:
        said.append(_("closeness %(number)s") % {"number": number_format(near.meaning, 2)})
    text = "; ".join(said) or _("a few words in common")
    return f"{text[:1].upper()}{text[1:]}."


def explained(
    papers: tuple[PaperView, ...],
    name: str,
    tags: Collection[str] | None = None,
    near: Mapping[int, Near] | None = None,
) -> tuple[PaperView, ...]:
    """The papers, each with the reason why it is like the one of that name, if one is named.

    `tags` are the slugs of that paper's, `near` how near those papers are (with their words);
    they are looked up where they are not given.
    """
    if not name or not papers:
        return papers
    if near is None:
        near = worded(name, {one.paper: one for one in like(name)}, [one.id for one in papers])
    mine = _tags_of(name) if tags is None else tags
    return tuple(
        replace(one, note=why(near[one.id], [tag.name for tag in one.topics if tag.slug in mine]))
        if one.id in near
        else one
        for one in papers
    )


def _tags_of(name: str) -> set[str]:
    found = PaperTag.objects.filter(paper=called(Paper.objects.visible(), name), tag__hidden=False)
    return set(found.values_list("tag__slug", flat=True))


def titles(names: Iterable[str]) -> dict[str, str]:
    """The titles of the papers of these names, by "similar:" and the name."""
    found = {name: called(Paper.objects.visible(), name) for name in names}
    return {f"similar:{name}": paper.title_text for name, paper in found.items() if paper}


def _listed(words: list[str]) -> str:
    return f" {_('and')} ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
