"""A curator's word on tags outlives every tagging, and can be taken back."""

from datetime import date

import pytest
from django.test import Client

from feeds import reading
from feeds.models import Paper, PaperTag, Tag
from feeds.query import parse
from feeds.tag_decisions import NoTag, deny_tag, give_tag, restore, stands
from feeds.tag_keeping import change_tag, merge_tags, part_tag
from tests.factories import entry, put_in

pytestmark = pytest.mark.django_db
PAPER = {"id": "2604.00001", "title": "On pictures", "summary": "A diffusion model paints."}


@pytest.fixture(autouse=True)
def _papers(db) -> None:
    put_in(entry(**PAPER))


def paper() -> int:
    return Paper.objects.get(key="2604.00001").pk


def slugs() -> set[str]:
    found = reading.paper("2604.00001")
    assert found is not None
    return {tag.slug for tag in found.tags}


def again(**changes: object) -> None:
    put_in(entry(**(PAPER | changes)), day=date(2026, 4, 25))


def keys(query: str) -> list[str]:
    return [one.key for one in reading.papers_in(parse(query)).papers]


def test_a_no_outlives_every_tagging() -> None:
    assert "diffusion" in slugs()
    deny_tag(paper(), "diffusion", by=None)
    again()
    again(summary="Diffusion models, and again a diffusion model.")
    assert "diffusion" not in slugs()
    assert keys("tag=diffusion") == []


def test_a_yes_outlives_every_tagging_and_says_whose_it_is() -> None:
    give_tag(paper(), "Robotics", who="Ada")
    again(summary="Nothing to see.")
    found = reading.paper("2604.00001")
    assert found is not None
    given = next(tag for tag in found.tags if tag.slug == "robotics")
    assert (given.tagger, given.why, given.confidence) == ("curator", "put there by Ada", 1.0)
    assert "diffusion" not in slugs()


def test_a_tag_of_ones_own_is_made_by_giving_it() -> None:
    give_tag(paper(), "Worth a  Tuesday", who="Ada")
    assert Tag.objects.get(slug="worth-a-tuesday").kind == "curator"
    assert keys("tag=worth-a-tuesday") == ["2604.00001"]
    with pytest.raises(NoTag):
        give_tag(paper(), "…", who="Ada")
    with pytest.raises(NoTag):
        deny_tag(paper(), "never-heard-of", by=None)


def test_a_yes_and_a_no_can_be_taken_back_in_turn() -> None:
    before = list(PaperTag.objects.order_by("tag").values("tag", "tagger", "why", "confidence"))
    first = deny_tag(paper(), "diffusion", by=None)
    second = give_tag(paper(), "diffusion", who="Ada")
    restore(second)
    assert "diffusion" not in slugs()
    restore(first)
    after = list(PaperTag.objects.order_by("tag").values("tag", "tagger", "why", "confidence"))
    assert after == before
    again()
    assert "diffusion" in slugs()


def test_a_merged_tag_is_the_other_everywhere(client: Client) -> None:
    give_tag(paper(), "Painting", who="Ada")
    done = merge_tags("diffusion", "painting")
    assert (done.moved, done.both) == (0, 1)
    put_in(entry(id="2604.00002", summary="A diffusion model sings."), day=date(2026, 4, 25))
    assert set(keys("tag=painting")) == set(keys("tag=diffusion")) == {"2604.00001", "2604.00002"}
    assert keys("period=all&tag=-diffusion") == []
    moved = client.get("/t/diffusion")
    assert (moved.status_code, moved["Location"]) == (301, "/t/painting")
    assert "diffusion" not in {tag.slug for tag in reading.tags()}


def test_a_merged_tag_may_stand_for_itself_again() -> None:
    give_tag(paper(), "Painting", who="Ada")
    merge_tags("diffusion", "painting")
    part_tag("diffusion")
    again()
    assert {"diffusion", "painting"} <= slugs()
    with pytest.raises(NoTag):
        part_tag("diffusion")


def test_merging_follows_what_was_merged_before() -> None:
    for name in ("One", "Two", "Three"):
        give_tag(paper(), name, who="Ada")
    merge_tags("one", "two")
    merge_tags("two", "three")
    assert reading.tags_named(["one"])["one"].slug == "three"
    assert keys("tag=one") == ["2604.00001"]
    with pytest.raises(ValueError, match="one tag already"):
        merge_tags("three", "three")


def test_a_hidden_tag_is_shown_nowhere_and_can_still_be_asked_for() -> None:
    change_tag("diffusion", name="Diffusion", description="", kind="topic", hidden=True)
    assert "diffusion" not in slugs()
    assert "diffusion" not in {facet.tag.slug for facet in reading.facets(parse(""))}
    assert "diffusion" not in {tag.slug for tag in reading.tags()}
    assert keys("tag=diffusion") == ["2604.00001"]


def test_a_renamed_tag_keeps_its_name_when_taggers_meet_it() -> None:
    change_tag("diffusion", name="Diffusing", description="By heat.", kind="topic", hidden=False)
    again(summary="Diffusion models once more: a diffusion model.")
    tag = reading.tag("diffusion")
    assert tag is not None
    assert (tag.name, tag.description) == ("Diffusing", "By heat.")
    with pytest.raises(ValueError, match="needs a name"):
        change_tag("diffusion", name=" ", description="", kind="topic", hidden=False)


def test_a_yes_to_either_of_two_tags_is_a_yes_to_the_one() -> None:
    give_tag(paper(), "Painting", who="Ada")
    done = merge_tags("painting", "diffusion")
    assert (done.moved, done.both) == (0, 1)
    again(summary="Nothing to see.")
    found = reading.paper("2604.00001")
    assert found is not None
    assert [tag.why for tag in found.tags if tag.slug == "diffusion"] == ["put there by Ada"]


@pytest.mark.parametrize("denied", ["diffusion", "painting"])
def test_a_no_to_either_of_two_tags_is_a_no_to_the_one(denied: str) -> None:
    put_in(entry(id="2604.00002"))
    give_tag(Paper.objects.get(key="2604.00002").pk, "Painting", who="Ada")
    deny_tag(paper(), denied, by=None)
    merge_tags("diffusion", "painting")
    again(summary="Diffusion models, and again a diffusion model.")
    assert not {"diffusion", "painting"} & slugs()


def test_a_yes_to_one_of_two_tags_stands_before_a_no_to_the_other() -> None:
    give_tag(paper(), "Painting", who="Ada")
    deny_tag(paper(), "diffusion", by=None)
    merge_tags("diffusion", "painting")
    again(summary="Diffusion models, and again a diffusion model.")
    assert "painting" in slugs()


def test_a_tag_is_known_by_its_name_and_by_the_name_of_what_was_merged_into_it() -> None:
    change_tag("diffusion", name="Heat", description="", kind="topic", hidden=False)
    assert give_tag(paper(), " hEAT ", who="Ada")["tag"] == "diffusion"
    give_tag(paper(), "Painting", who="Ada")
    merge_tags("diffusion", "Painting")
    assert give_tag(paper(), "Heat", who="Ada")["tag"] == "painting"
    assert give_tag(paper(), "Pain\0ting", who="Ada")["tag"] == "painting"


def test_a_tag_that_was_made_by_mistake_goes_with_the_word_that_made_it() -> None:
    restore(give_tag(paper(), "Difusion", who="Ada"))
    assert not Tag.objects.filter(slug="difusion").exists()
    put_in(entry(id="2604.00002"))
    made = give_tag(paper(), "Of use", who="Ada")
    give_tag(Paper.objects.get(key="2604.00002").pk, "of-use", who="Ben")
    restore(made)
    assert keys("tag=of-use") == ["2604.00002"]


def test_a_word_stands_until_another_is_said() -> None:
    given = give_tag(paper(), "diffusion", who="Ada")
    assert stands(given, carried=True)
    denied = deny_tag(paper(), "diffusion", by=None)
    assert stands(denied, carried=False)
    assert not stands(given, carried=True)


def test_parted_again_each_paper_carries_what_it_carried_whoever_said_so() -> None:
    put_in(entry(id="2604.00002", keywords=[], ai_keywords=["diffusion models"]))
    put_in(entry(id="2604.00003"))
    ids = {key: Paper.objects.get(key=f"2604.0000{key}").pk for key in (1, 2, 3)}
    give_tag(ids[3], "Painting", who="Ada")
    deny_tag(ids[3], "diffusion", by=None)
    rows = PaperTag.objects.order_by("paper", "tag").values("paper", "tag__slug", "tagger", "why")
    before = list(rows)
    merge_tags("painting", "diffusion")
    merge_tags("diffusion", give_tag(ids[1], "Art", who="Ada")["tag"])
    assert {row["tag__slug"] for row in rows.all()} == {"art"}
    put_in(entry(id="2604.00004", summary="A diffusion model sings."), day=date(2026, 4, 25))
    part_tag("painting")
    part_tag("diffusion")
    after = [row for row in rows.all() if row["tag__slug"] != "art"]
    assert [row for row in after if row["paper"] in ids.values()] == [
        row for row in before if row["paper"] != ids[1]
    ]
    assert [row["tag__slug"] for row in after if row["paper"] not in ids.values()] == ["diffusion"]


def test_parted_again_a_no_is_a_no_to_the_tag_that_it_was_said_of() -> None:
    deny_tag(paper(), "diffusion", by=None)
    Tag.objects.create(slug="painting", name="Painting")
    merge_tags("diffusion", "painting")
    part_tag("diffusion")
    again(summary="Diffusion models, and again a diffusion model.")
    assert "diffusion" not in slugs()
    give_tag(paper(), "painting", who="Ada")
    assert "painting" in slugs()


def test_a_word_that_is_taken_back_still_knows_which_tag_it_was() -> None:
    Tag.objects.create(slug="painting", name="Painting")
    merge_tags("diffusion", "painting")
    restore(give_tag(paper(), "painting", who="Ada"))
    part_tag("diffusion")
    assert slugs() == {"diffusion"}
