"""Papers whose words are like those of another, by the index of words."""

from pathlib import Path

from feeds.models import Paper
from feeds.search.alike import by_words
from feeds.similar import like
from tests.factories import entry, put_in
from tests.search.indexed import build, data_dir

__all__ = ["data_dir"]
HEAVY = {"sparse": 0.6, "attention": 0.3, "bees": 0.1, "the": 0.1}


def test_who_shares_the_weightiest_words_stands_first(db, data_dir: Path) -> None:
    put_in(
        entry("Sparse attention", id="2604.00001"),
        entry("Attention and bees", id="2604.00002"),
        entry("Attending sparsely", id="2604.00003"),
        entry("Graphs", id="2604.00004"),
    )
    ids = {one.key: one.pk for one in Paper.objects.all()}
    assert by_words(HEAVY, 9, but=ids["2604.00001"]) is None  # no index, so nothing is known
    build()
    first, second, third = (ids[f"2604.0000{one}"] for one in (1, 3, 2))
    assert by_words(HEAVY, 9, but=0) == [first, second, third]
    assert by_words(HEAVY, 9, but=first) == [second, third]
    assert by_words(HEAVY, 1, but=first) == [second]
    assert by_words({"the": 1.0}, 9, but=0) == []


def test_papers_like_one_are_the_same_with_the_index_and_without(db, data_dir, settings) -> None:
    put_in(
        *(
            entry(f"Study {n} of sparse attention and bees", summary=f"Word{n} too.")
            for n in range(6)
        )
    )
    key = Paper.objects.order_by("pk").values_list("key", flat=True)[0]
    before = like(key)
    build()
    from django.core.cache import cache

    cache.clear()
    assert len(before) == 5
    assert like(key) == before
