import pytest

from feeds.records import PaperRecord
from feeds.taggers.base import taggers

BY_SOURCE = taggers.get("source")


def tags(*keywords: str) -> list[tuple[str, float, str]]:
    record = PaperRecord(title="A", keywords=keywords)
    return [(tag.slug, tag.confidence, tag.why) for tag in BY_SOURCE.tags(record)]


@pytest.mark.parametrize(
    "keyword", ["machine translation", "Machine-Translation (MT)", "machine translations"]
)
def test_a_keyword_that_names_a_topic_is_that_topic(keyword: str) -> None:
    assert tags(keyword) == [("machine-translation", 0.9, f"the digest names “{keyword}”")]


def test_a_keyword_that_only_speaks_of_a_topic_is_less_sure() -> None:
    assert [tag[:2] for tag in tags("robust machine translation of names")] == [
        ("machine-translation", 0.6)
    ]


def test_the_surer_of_two_keywords_gives_the_reason() -> None:
    ((_, confidence, why),) = tags("robust machine translation of names", "machine translation")
    assert (confidence, why) == (0.9, "the digest names “machine translation”")


def test_a_keyword_outside_the_taxonomy_is_left_alone() -> None:
    assert tags("Flurbification", "", "   ") == []
