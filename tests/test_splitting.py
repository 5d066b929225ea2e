"""A curator splits a tag that is several; its papers go where their words say, and come back."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feeds import splitting
from feeds.joining import join
from feeds.models import Paper, PaperTag, Tag, TagDenial, TagSplit
from feeds.reading import tag as tag_named
from feeds.retagging import retag
from feeds.splitting import CannotSplit, Splitting, Wanted, move_on, split_tag
from feeds.tag_decisions import NoTag, deny_tag, give_tag
from feeds.tag_keeping import merge_tags, part_tag
from feeds.unsplitting import undo_split
from tests.factories import entry, put_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 24, 12, tzinfo=UTC)
LATER = date(2026, 4, 25)
IMAGE = Wanted("Image diffusion", ("sketches", "pictures"))
TEXT = Wanted("Text diffusion", ("token", "wordy text"))


@pytest.fixture(autouse=True)
def _papers(db) -> None:
    """Of 1 the words say pictures, of 2 tokens, of 3 both, of 4 neither; 5 is of another tag."""
    put_in(
        entry(id="2604.00001", summary="A diffusion model draws a picture."),
        entry(id="2604.00002", summary="A diffusion model of tokens."),
        entry(id="2604.00003", summary="A diffusion model: sketches and tokens."),
        entry(id="2604.00004", summary="A diffusion model without pictures."),
        entry(id="2604.00005", summary="Quantization of pictures."),
    )


def pk(number: int) -> int:
    return Paper.objects.get(key=f"2604.0000{number}").pk


def split(*parts: Wanted, slug: str = "diffusion", **given) -> int:
    asked = Splitting(parts or (IMAGE, TEXT), **given)
    return split_tag(slug, asked, by=None, who="Ada", now=NOW)


def slugs(number: int) -> set[str]:
    rows = PaperTag.objects.filter(paper__key=f"2604.0000{number}")
    return set(rows.values_list("tag__slug", flat=True))


def state() -> tuple[list, list, list]:
    """All that stands of tags, in words that no row's id enters."""
    rows = PaperTag.objects.order_by("paper", "tag__slug")
    tags = Tag.objects.order_by("slug").values_list("slug", "merged_into__slug", "kind")
    said = ("paper__key", "tag__slug", "tagger", "why", "confidence", "merged_from", "split_from")
    denied = TagDenial.objects.order_by("paper", "tag__slug")
    return list(rows.values_list(*said)), list(denied.values_list("paper", "tag__slug")), list(tags)


def test_papers_go_where_their_words_say_and_the_others_stay() -> None:
    split()
    assert [slugs(n) for n in (1, 2, 3, 4, 5)] == [
        {"image-diffusion"},
        {"text-diffusion"},
        {"image-diffusion", "text-diffusion"},
        {"diffusion"},
        {"quantization"},
    ]
    row = PaperTag.objects.get(paper=pk(1), tag__slug="image-diffusion")
    assert (row.tagger, row.why) == ("keyword", "the abstract says “diffusion model”")
    assert Tag.objects.get(slug="image-diffusion").kind == "method"


def test_the_old_name_leads_to_a_part_where_the_curator_says_so() -> None:
    split(rest=1)
    assert slugs(4) == {"text-diffusion"}
    assert slugs(1) == {"image-diffusion"}
    found = tag_named("diffusion")
    assert found is not None
    assert found.slug == "text-diffusion"


@pytest.mark.parametrize("rest", [None, 0])
def test_new_papers_and_tagging_anew_keep_to_it(rest: int | None) -> None:
    split(rest=rest)
    before = state()
    retag(Paper.objects.all())
    assert state() == before
    put_in(
        entry(id="2604.00006", summary="A diffusion model of pictures."),
        entry(
            id="2604.00007", summary="A diffusion model.", keywords=[], ai_keywords=["diffusion"]
        ),
        entry(id="2604.00008", summary="It hums.", ai_keywords=["diffusion models"]),
        day=LATER,
    )
    other = "image-diffusion" if rest == 0 else "diffusion"
    assert (slugs(6), slugs(7), slugs(8)) == ({"image-diffusion"}, {other}, {other})
    put_in(entry(id="2604.00004", summary="A diffusion model of tokens."), day=LATER)
    assert slugs(4) == {"text-diffusion"}


@pytest.mark.parametrize("rest", [None, 0, 1])
def test_taken_back_everything_is_as_it_was(rest: int | None) -> None:
    give_tag(pk(5), "diffusion", who="Ben")
    deny_tag(pk(4), "diffusion", by=None)
    put_in(entry(id="2604.00006", ai_keywords=["diffusion models"]))
    merge_tags("quantization", "diffusion")
    before = state()
    split(rest=rest, by_hand={pk(6): 1})
    assert state() != before
    undo_split("diffusion", NOW)
    assert state() == before
    with pytest.raises(CannotSplit, match="not split any more"):
        undo_split("diffusion", NOW)
    retag(Paper.objects.all())
    assert state() == before


def test_papers_that_no_phrase_decides_are_chosen_by_hand_and_stay_so() -> None:
    split(by_hand={pk(4): 0, pk(5): 1, pk(2): 0})
    assert (slugs(4), slugs(5), slugs(2)) == (
        {"image-diffusion"}, {"quantization"}, {"image-diffusion"},
    )  # fmt: skip
    row = PaperTag.objects.get(paper=pk(4))
    assert (row.tagger, row.why) == ("curator", "put there by Ada")
    retag(Paper.objects.all())
    put_in(entry(id="2604.00004", summary="A diffusion model, again."), day=LATER)
    assert slugs(4) == {"image-diffusion"}


def test_a_curators_yes_goes_to_the_part_and_a_no_is_a_no_to_each() -> None:
    give_tag(pk(5), "diffusion", who="Ben")
    deny_tag(pk(2), "diffusion", by=None)
    split()
    row = PaperTag.objects.get(paper=pk(5), tag__slug="image-diffusion")
    assert (row.tagger, row.why) == ("curator", "put there by Ben")
    assert slugs(2) == set()
    put_in(entry(id="2604.00002", summary="Diffusion models, tokens and pictures."), day=LATER)
    retag(Paper.objects.all())
    assert slugs(2) == set()
    give_tag(pk(2), "text-diffusion", who="Ben")
    assert slugs(2) == {"text-diffusion"}
    undo_split("diffusion", NOW)
    assert slugs(2) == {"text-diffusion"}
    retag(Paper.objects.all())
    assert slugs(2) == {"text-diffusion"}


def test_a_part_may_be_a_tag_that_is_known_and_a_word_on_it_stands() -> None:
    give_tag(pk(1), "Painting", who="Ben")
    deny_tag(pk(3), give_tag(pk(4), "Painting", who="Ben")["tag"], by=None)
    split(Wanted("painting", ("pictures", "sketches")), TEXT)
    assert (slugs(1), slugs(3)) == ({"painting"}, {"text-diffusion"})
    assert PaperTag.objects.get(paper=pk(1)).tagger == "curator"
    assert slugs(4) == {"painting", "diffusion"}
    undo_split("diffusion", NOW)
    assert slugs(4) == {"painting", "diffusion"}
    retag(Paper.objects.all())
    assert (slugs(1), slugs(3)) == ({"painting", "diffusion"}, {"diffusion"})


def test_a_yes_of_a_curators_goes_before_a_taggers_on_the_part() -> None:
    give_tag(pk(5), "diffusion", who="Ben")
    split(Wanted("quantization", ("quantization", "pictures")))
    row = PaperTag.objects.get(paper=pk(5))
    assert (row.tag.slug, row.tagger) == ("quantization", "curator")


def test_what_is_merged_before_and_after_is_kept_to() -> None:
    give_tag(pk(5), "Art", who="Ben")
    merge_tags("art", "diffusion")
    split()
    assert slugs(5) == {"image-diffusion", "quantization"}
    Tag.objects.create(slug="painting", name="Painting")
    merge_tags("image-diffusion", "painting")
    put_in(entry(id="2604.00006", summary="A diffusion model of pictures."), day=LATER)
    assert (slugs(5), slugs(6)) == ({"painting", "quantization"}, {"painting"})
    part_tag("art")
    assert slugs(5) == {"art", "quantization"}
    undo_split("diffusion", NOW)
    assert (slugs(1), slugs(6)) == ({"diffusion"}, {"diffusion"})
    merge_tags("quantization", "diffusion")
    split(Wanted("Art of pictures", IMAGE.phrases), TEXT, rest=0)
    with pytest.raises(NoTag, match="Take that back"):
        part_tag("diffusion")
    part_tag("quantization")
    assert slugs(5) == {"art", "quantization"}
    undo_split("diffusion", NOW)
    assert Tag.objects.get(slug="quantization").merged_into is None


def test_what_is_merged_into_a_split_tag_is_split_too_and_parted_again() -> None:
    made = split()
    merge_tags("quantization", "diffusion")
    assert slugs(5) == {"diffusion"}
    assert splitting.unmoved(datetime(2026, 4, 25, tzinfo=UTC)) == [made]
    move_on(made, NOW)
    assert slugs(5) == {"image-diffusion"}
    retag(Paper.objects.all())
    assert slugs(5) == {"image-diffusion"}
    part_tag("quantization")
    assert slugs(5) == {"quantization"}


def test_a_tag_that_a_joined_paper_took_over_comes_back_too() -> None:
    split()
    join(pk(5), pk(1), by=None, why="", now=NOW)
    assert "image-diffusion" in slugs(5)
    undo_split("diffusion", NOW)
    assert slugs(5) == {"diffusion", "quantization"}


def test_a_long_tag_is_split_a_batch_at_a_time(monkeypatch) -> None:
    monkeypatch.setattr(splitting, "BATCH", 1)
    made = split()
    assert (slugs(1), slugs(2)) == ({"image-diffusion"}, {"diffusion"})
    assert TagSplit.objects.get().ended_at is None
    assert splitting.unmoved(NOW) == []
    assert splitting.unmoved(datetime(2026, 4, 25, tzinfo=UTC)) == [made]
    move_on(made, NOW)
    assert (slugs(2), slugs(4)) == ({"text-diffusion"}, {"diffusion"})
    assert TagSplit.objects.get().ended_at == NOW
    move_on(made, NOW)
    assert splitting.unmoved(datetime(2026, 4, 25, tzinfo=UTC)) == []


@pytest.mark.parametrize(
    ("parts", "given", "says"),
    [
        ((), {}, "two tags at least"),
        ((IMAGE,), {"rest": 0}, "two tags at least"),
        ((Wanted("…", ("x",)),), {}, "letter from a to z"),
        ((Wanted("x" * 101, ("x",)),), {}, "100 characters"),
        ((Wanted("Diffusion", ("x",)),), {}, "the tag itself"),
        ((IMAGE, Wanted("image-diffusion", ("x",))), {}, "one name"),
        ((Wanted("A", ()),), {}, "needs a phrase"),
        ((Wanted("A", ("…",)),), {}, "no phrase"),
        ((Wanted("A", ("one. two",)),), {}, "no phrase"),
        ((Wanted("A", tuple(f"x{n}" for n in range(31))),), {}, "30 phrases"),
        ((IMAGE, Wanted("B", ("Pictures",))), {}, "stands at two parts"),
        (tuple(Wanted(f"A{n}", (f"a{n}",)) for n in range(9)), {}, "8 parts"),
    ],
)
def test_a_splitting_that_cannot_be_says_why_and_changes_nothing(parts, given, says) -> None:
    before = state()
    with pytest.raises(CannotSplit, match=says):
        split_tag("diffusion", Splitting(parts, **given), by=None, who="Ada", now=NOW)
    assert state() == before


def test_a_split_tag_and_its_parts_are_not_split_again() -> None:
    split()
    for slug, says in (("diffusion", "already"), ("image-diffusion", "a part of")):
        with pytest.raises(CannotSplit, match=says):
            split(Wanted("A", ("a1",)), slug=slug)
    with pytest.raises(CannotSplit, match="is split itself"):
        split(Wanted("diffusion", ("a1",)), slug="quantization")
    with pytest.raises(NoTag):
        split(slug="nothing-such")


PHRASES = ["pictures", "tokens", "sketches", "wordy text", "it", "diffusion models"]


@given(
    first=st.sets(st.sampled_from(PHRASES), min_size=1),
    second=st.sets(st.sampled_from(PHRASES), min_size=1),
    rest=st.sampled_from([None, 0, 1]),
    given_to=st.sets(st.integers(1, 5)),
    denied_to=st.sets(st.integers(1, 5)),
    hand=st.dictionaries(st.integers(1, 5), st.integers(0, 1)),
)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_split_comes_back_whole(
    first, second, rest, *, given_to, denied_to, hand
) -> None:
    with transaction.atomic():
        for number in given_to:
            give_tag(pk(number), "diffusion", who="Ben")
        for number in denied_to:
            deny_tag(pk(number), "diffusion", by=None)
        before = state()
        parts = (Wanted("A one", tuple(first)), Wanted("A two", tuple(second - first) or ("zzz",)))
        split(*parts, rest=rest, by_hand={pk(number): to for number, to in hand.items()})
        carrying = set(
            PaperTag.objects.filter(tag__slug__in=["diffusion", "a-one", "a-two"]).values_list(
                "paper__key", flat=True
            )
        )
        assert carrying == {key for key, slug, *_ in before[0] if slug == "diffusion"}
        middle = state()
        retag(Paper.objects.all())
        assert state() == middle
        undo_split("diffusion", NOW)
        assert state() == before
        transaction.set_rollback(True)
