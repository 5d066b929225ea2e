"""Old papers get what a better taxonomy, or a curator's word, brings."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from feeds.models import Paper, PaperTag, Tag
from tests.factories import DAY, entry, put_in

pytestmark = pytest.mark.django_db
TEXT = "A diffusion model paints."


def retag(*arguments: str) -> dict[str, int]:
    out = StringIO()
    call_command("retag", *arguments, "--json", stdout=out)
    told: dict[str, int] = json.loads(out.getvalue())
    return told


@pytest.fixture(autouse=True)
def _papers(db) -> None:
    put_in(entry("One", id="2604.00001", summary=TEXT), source="daily")
    put_in(entry("Two", id="2604.00002", summary=TEXT), source="other", day=date(2026, 4, 25))


def test_what_is_as_it_should_be_stays() -> None:
    before = list(PaperTag.objects.order_by("id").values())
    assert retag() == {"papers": 2, "changed": 0}
    assert list(PaperTag.objects.order_by("id").values()) == before


def test_what_the_taxonomy_knows_by_now_comes_and_what_it_forgot_goes() -> None:
    PaperTag.objects.all().delete()
    tag = Tag.objects.create(slug="of-old", name="Of old")
    PaperTag.objects.create(paper=Paper.objects.first(), tag=tag, tagger="keyword", why="Once.")
    assert retag() == {"papers": 2, "changed": 2}
    assert set(PaperTag.objects.values_list("tag__slug", flat=True)) == {"diffusion"}
    call_command("retag", stdout=(out := StringIO()))
    assert out.getvalue() == "2 papers: 0 carry other tags now\n"


def test_what_digests_and_people_said_stays() -> None:
    paper = Paper.objects.get(title="One")
    for tagger in ("category", "source", "curator"):
        tag = Tag.objects.create(slug=f"by-{tagger}", name=tagger)
        PaperTag.objects.create(paper=paper, tag=tag, tagger=tagger, why="So it is.")
    retag()
    assert PaperTag.objects.filter(paper=paper).count() == 4


@pytest.mark.parametrize(
    "asked",
    [("--source", "other"), ("--since", "2026-04-25"), ("--source=other", f"--since={DAY}")],
)
def test_only_papers_that_are_asked_for_are_tagged_anew(asked: tuple[str, ...]) -> None:
    PaperTag.objects.all().delete()
    assert retag(*asked) == {"papers": 1, "changed": 1}
    assert PaperTag.objects.get().paper.title == "Two"


def test_a_dropped_paper_stays_as_it_is() -> None:
    PaperTag.objects.all().delete()
    Paper.objects.filter(title="One").update(dropped_at="2026-04-26T00:00Z")
    assert retag() == {"papers": 1, "changed": 1}


def test_a_long_run_is_done_batch_by_batch(monkeypatch) -> None:
    from feeds import retagging

    monkeypatch.setattr(retagging, "BATCH", 1)
    PaperTag.objects.all().delete()
    seen: list[tuple[int, int]] = []
    assert retagging.retag(Paper.objects.all(), lambda *told: seen.append(told)) == (2, 2)
    assert seen == [(1, 1), (2, 2)]


@pytest.mark.parametrize(
    ("asked", "says"),
    [(["--source", "nobody"], "No source is called 'nobody'"), (["--since", "then"], "no day")],
)
def test_what_is_not_there_cannot_be_asked_for(asked: list[str], says: str) -> None:
    with pytest.raises(CommandError, match=says):
        call_command("retag", *asked)
