"""Tags as they are written onto papers."""

import pytest

from feeds.ingest import reread
from feeds.models import Digest, Paper, PaperTag, Tag
from feeds.records import PaperRecord
from feeds.tagging import Tagged, write_tags
from tests.factories import entry, put_in

pytestmark = pytest.mark.django_db

QUANTIZED = {"title": "On quantization", "summary": "Quantization is looked at, closely, by us."}
TRANSLATED = {
    "title": "On machine translation",
    "summary": "Machine translation is looked at, closely, by us.",
}


def reasons() -> dict[str, tuple[str, str]]:
    rows = PaperTag.objects.select_related("tag").exclude(tag__kind="category")
    return {row.tag.slug: (row.tagger, row.why) for row in rows}


def test_a_tag_says_who_put_it_there_and_why() -> None:
    put_in(entry(**QUANTIZED))
    assert reasons() == {"quantization": ("keyword", "the title says “quantization”")}
    assert PaperTag.objects.get().confidence > 0.7


def test_tags_that_no_longer_follow_from_a_changed_text_go() -> None:
    put_in(entry(id="2604.00001", **QUANTIZED))
    put_in(entry(id="2604.00001", **TRANSLATED))
    assert set(reasons()) == {"machine-translation"}


def test_a_tag_that_still_follows_is_given_its_new_reason() -> None:
    put_in(entry(id="2604.00001", **QUANTIZED))
    put_in(entry(id="2604.00001", **(QUANTIZED | {"title": "On post-training quantization"})))
    assert reasons()["quantization"][1] == "the title says “post-training quantization”"


def test_what_somebody_else_put_there_outlives_a_changed_text() -> None:
    put_in(entry(id="2604.00001", **QUANTIZED))
    PaperTag.objects.create(
        paper=Paper.objects.get(),
        tag=Tag.objects.create(slug="favourites", name="favourites", kind="curator"),
        tagger="curator",
        why="a curator says so",
    )
    put_in(entry(id="2604.00001", **TRANSLATED))
    assert reasons()["favourites"] == ("curator", "a curator says so")


def test_a_keyword_of_the_digest_outlives_a_changed_text() -> None:
    put_in(entry(id="2604.00001", ai_keywords=["quantization"], **QUANTIZED))
    put_in(entry(id="2604.00001", **TRANSLATED))
    assert reasons()["quantization"][0] == "source"


@pytest.mark.parametrize("orderly", [True, False])
def test_the_tagger_asked_earliest_gives_the_reason_whichever_digest_came_first(orderly) -> None:
    told = [QUANTIZED, QUANTIZED | {"ai_keywords": ["quantization"]}]
    for given in told if orderly else reversed(told):
        put_in(entry(id="2604.00001", **given))
    assert reasons() == {"quantization": ("source", "the digest names “quantization”")}


@pytest.mark.parametrize("keywords", [["a", "b"], ["b", "a"]])
@pytest.mark.parametrize("at_once", [True, False])
def test_of_two_reasons_by_one_tagger_the_surer_stands(keywords, at_once) -> None:
    words = {"a": "robust quantization of nets", "b": "quantization"}
    told = [entry(id="2604.00001", **QUANTIZED, ai_keywords=[words[one]]) for one in keywords]
    for part in [told] if at_once else [[one] for one in told]:
        put_in(*part)
    assert reasons() == {"quantization": ("source", "the digest names “quantization”")}


def test_a_reason_stays_when_digests_are_read_again() -> None:
    put_in(entry(id="2604.00001", **QUANTIZED))
    put_in(entry(id="2604.00001", **QUANTIZED, ai_keywords=["quantization"]))
    before = reasons()
    for digest in Digest.objects.order_by("-id"):
        reread(digest)
    assert reasons() == before


def test_a_curators_word_stays_whatever_a_digest_says() -> None:
    put_in(entry(id="2604.00001", **QUANTIZED))
    PaperTag.objects.update(tagger="curator", why="a curator says so")
    put_in(entry(id="2604.00001", **QUANTIZED, ai_keywords=["quantization"]))
    assert reasons() == {"quantization": ("curator", "a curator says so")}


def test_the_same_paper_again_adds_nothing() -> None:
    put_in(entry(id="2604.00001", **QUANTIZED))
    before = list(PaperTag.objects.values())
    put_in(entry(id="2604.00001", upvotes=7, **QUANTIZED))
    assert list(PaperTag.objects.values()) == before


def test_a_category_is_a_tag_with_a_slug() -> None:
    put_in(entry(id="2604.00001", **QUANTIZED))
    paper = Paper.objects.get()
    record = PaperRecord(title=paper.title, abstract=paper.abstract, categories=("cs.CL",))
    assert write_tags([Tagged(paper.id, record)]) == {paper.id}
    assert write_tags([Tagged(paper.id, record)]) == set()
    tag = Tag.objects.get(kind="category")
    assert (tag.slug, tag.get_absolute_url()) == ("cs-cl", "/t/cs-cl")


def test_tagging_asks_a_fixed_number_of_questions(django_assert_max_num_queries) -> None:
    put_in(*(entry() for _ in range(40)))
    record = PaperRecord(title="Quantization", abstract="", categories=("cs.CL",))
    papers = [
        Tagged(pk, record, rewritten=True) for pk in Paper.objects.values_list("id", flat=True)
    ]
    with django_assert_max_num_queries(10):
        write_tags(papers)
