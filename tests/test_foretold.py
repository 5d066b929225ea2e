"""A submission tells its topics before it is a paper."""

import pytest

from feeds import submitted
from feeds.desk import submissions
from feeds.models import Submission, Tag
from feeds.records import PaperRecord
from feeds.taggers.base import tags_of
from tests.people import NOW, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def given() -> tuple[int, int]:
    ada = somebody("Ada")
    row = Submission.objects.create(
        made_by_id=ada,
        made_at=NOW,
        given="2604.00001",
        name="arxiv:2604.00001",
        state="waiting",
        title="Diffusion models and quantization",
        abstract="We make a diffusion model small by quantization.",
    )
    return ada, row.pk


def topics(given: tuple[int, int]) -> tuple[str, ...]:
    one = submitted.one_of(*given)
    assert one
    assert [line.submission.topics for line in submissions.queue()[0]] == [one.topics]
    return one.topics


def test_its_words_tell_them_to_the_reader_and_the_curators(given) -> None:
    found = [name.lower() for name in topics(given)]
    assert any("diffusion" in name for name in found)
    assert any("quantization" in name for name in found)


def test_they_are_called_as_readers_see_them(given) -> None:
    row = Submission.objects.get(pk=given[1])
    for tag in tags_of(PaperRecord(title=row.title, abstract=row.abstract)):
        Tag.objects.create(slug=tag.slug, name=tag.name, kind=tag.kind)
    hidden, merged, *_ = Tag.objects.order_by("id")
    hidden.hidden = True
    hidden.save()
    merged.merged_into = Tag.objects.create(slug="made-small", name="Made small", kind="topic")
    merged.save()
    left = topics(given)
    assert hidden.name not in left
    assert merged.name not in left
    assert "Made small" in left
