from feeds.records import PaperRecord
from feeds.taggers.base import taggers

BY_CATEGORY = taggers.get("category")


def slugs(*categories: str) -> list[str]:
    return [tag.slug for tag in BY_CATEGORY.tags(PaperRecord(title="A", categories=categories))]


def test_a_category_becomes_a_tag_with_its_name_and_reason() -> None:
    (tag,) = BY_CATEGORY.tags(PaperRecord(title="A", categories=("cs.CL",)))
    assert (tag.slug, tag.name, tag.kind) == ("cs-cl", "Computation and Language", "category")
    assert (tag.why, tag.confidence) == ("filed under cs.CL on arXiv", 1.0)


def test_a_category_given_twice_is_one_tag() -> None:
    assert slugs("cs.CL", "cs.LG", "cs.CL") == ["cs-cl", "cs-lg"]


def test_a_merged_category_is_the_present_one() -> None:
    assert slugs("cs.SY", "eess.SY") == ["eess-sy"]


def test_a_category_that_nobody_knows_keeps_its_own_name() -> None:
    (tag,) = BY_CATEGORY.tags(PaperRecord(title="A", categories=("xy.NEW",)))
    assert (tag.slug, tag.name) == ("xy-new", "xy.NEW")


def test_what_makes_no_slug_makes_no_tag() -> None:
    assert slugs("", "...", "數") == []
