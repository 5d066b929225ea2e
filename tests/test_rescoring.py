"""Stored scores follow the clock, a bounded part of them at a time."""

import datetime as dt
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from feeds import rescoring
from feeds.models import Paper, PaperStats, PaperTag, Tag
from feeds.models.paper import LONG_AGO
from feeds.query import SORTS, parse
from feeds.rankers.base import moving_rankers, rankers
from feeds.reading import papers_in
from feeds.rescoring import write_all, write_due
from feeds.scoring import score
from feeds.usual import learn_usual_votes, usual_votes
from feeds.voting import vote
from tests.factories import entry, put_in, put_in_many

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=4)


@pytest.fixture
def today() -> dt.date:
    return timezone.now().date()


def one() -> PaperStats:
    return PaperStats.objects.get()


def test_every_order_is_offered_and_stored() -> None:
    names = {*rankers.names(), *moving_rankers.names()}
    assert set(SORTS) == names
    put_in_many(3, upvotes=7)
    for row in PaperStats.objects.all():
        for order in SORTS:
            assert getattr(row, order) == pytest.approx(score(row, order).value, abs=1e-12)


def test_a_score_that_is_due_is_written_again_and_the_others_are_left(today) -> None:
    put_in(entry("Old", upvotes=9), day=today - timedelta(days=40))
    put_in(entry("New", upvotes=9), day=today)
    before = {row.paper_id: row.rising for row in PaperStats.objects.all()}
    later = timezone.now() + timedelta(hours=2)
    assert write_due(later) == 1
    new, old = (PaperStats.objects.get(paper__title=title) for title in ("New", "Old"))
    assert new.rising < before[new.paper_id]
    assert new.rising_at == later < new.rising_due
    assert old.rising == before[old.paper_id]
    assert write_due(later) == 0


def test_the_parts_that_are_shown_are_those_of_the_score_that_ranks(today) -> None:
    put_in(entry(upvotes=40), day=today)
    write_due(timezone.now() + timedelta(hours=3))
    shown = papers_in(parse("sort=rising")).papers[0].score
    assert shown.value == pytest.approx(one().rising, abs=1e-12)
    assert shown.value == pytest.approx(sum(part.value for part in shown.parts), abs=1e-12)


def test_a_vote_moves_a_paper_up_in_rising_at_once(django_user_model, today) -> None:
    put_in(entry("First", upvotes=9), entry("Second", upvotes=9), day=today)
    reader = django_user_model.objects.create_user("reader@example.org")
    vote(Paper.objects.get(title="Second").id, reader.id)
    assert [paper.title for paper in papers_in(parse("sort=rising")).papers] == ["Second", "First"]


def test_what_a_paper_came_with_stays_when_its_digest_comes_again(today) -> None:
    first = entry("A paper", id="2604.00011", upvotes=4)
    put_in(first, day=today)
    put_in(first | {"paper": first["paper"] | {"upvotes": 30}}, day=today)
    put_in(first | {"paper": first["paper"] | {"upvotes": 50}}, day=today + timedelta(days=1))
    assert (one().first_votes, one().reported_votes) == (4, 50)
    put_in(first | {"paper": first["paper"] | {"upvotes": 1}}, day=today - timedelta(days=1))
    assert one().first_votes == 1


def test_no_run_writes_more_than_its_bound(today, monkeypatch) -> None:
    monkeypatch.setattr(rescoring, "BATCH", 4)
    monkeypatch.setattr(rescoring, "MOST", 8)
    put_in_many(11, day=today)
    later = timezone.now() + timedelta(hours=3)
    assert [write_due(later) for _ in range(3)] == [8, 3, 0]


@pytest.mark.django_db(transaction=True)
def test_a_row_that_someone_holds_is_left_for_the_next_time(today) -> None:
    put_in_many(2, day=today)
    later = timezone.now() + timedelta(hours=3)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            held = PaperStats.objects.earliest("paper_id").paper_id
            cursor.execute("SELECT FROM feeds_paperstats WHERE paper_id = %s FOR UPDATE", [held])
            assert write_due(later) == 1
            cursor.execute("ROLLBACK")
    finally:
        other.close()
    assert write_due(later) == 1


def test_an_upgrade_scores_every_paper_anew(monkeypatch, capsys) -> None:
    monkeypatch.setattr(rescoring, "BATCH", 2)
    put_in_many(5, upvotes=6)
    wanted = list(PaperStats.objects.order_by("paper").values_list("hot", "scaled", "first_votes"))
    PaperStats.objects.update(
        hot=1, scaled=0, rising=0, first_votes=0, rising_at=LONG_AGO, rising_due=LONG_AGO
    )
    call_command("rescore")
    assert "5 papers were scored." in capsys.readouterr().out
    found = list(PaperStats.objects.order_by("paper").values_list("hot", "scaled", "first_votes"))
    assert found == wanted
    assert not PaperStats.objects.filter(rising_due=LONG_AGO).exists()


def test_the_next_minute_does_what_an_upgrade_left() -> None:
    put_in(entry(upvotes=6))
    wanted = one().hot
    PaperStats.objects.update(hot=1, rising_at=LONG_AGO, rising_due=LONG_AGO, first_votes=0)
    write_due(timezone.now())
    assert (one().hot, one().first_votes) == (wanted, 6)


def test_a_batch_takes_a_fixed_number_of_statements(today) -> None:
    later = timezone.now() + timedelta(hours=3)
    counts = []
    for number in (2, 9):
        put_in_many(number, day=today)
        with CaptureQueriesContext(connection) as asked:
            assert sum(write_all(later)) >= number
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_what_a_tag_usually_gets_is_counted_over_its_papers_of_late(today) -> None:
    put_in(entry("A", upvotes=28), entry("B", upvotes=56), day=today)
    put_in(entry("Old", upvotes=900), day=today - timedelta(days=40))
    tag = Tag.objects.create(slug="busy", name="Busy")
    quiet = Tag.objects.create(slug="quiet", name="Quiet")
    for paper in Paper.objects.all():
        PaperTag.objects.create(paper=paper, tag=tag, tagger="curator", why="")
    learn_usual_votes(timezone.now())
    tag.refresh_from_db()
    quiet.refresh_from_db()
    assert (tag.usual_votes, quiet.usual_votes) == (3.0, 0.0)


def test_a_new_paper_takes_what_is_usual_for_its_tags_and_keeps_it(today) -> None:
    fields = {"ai_keywords": ["diffusion models"]}
    put_in(entry("Diffusion models", upvotes=280, **fields), day=today)
    learn_usual_votes(timezone.now())
    put_in(entry("More diffusion models", upvotes=3, **fields), day=today)
    new = PaperStats.objects.get(paper__title="More diffusion models")
    assert new.usual_votes == usual_votes([new.paper_id])[new.paper_id] == 10.0
    Tag.objects.update(usual_votes=500)
    write_due(timezone.now() + timedelta(hours=1))
    new.refresh_from_db()
    assert new.usual_votes == 10.0


def test_a_paper_of_a_much_voted_tag_stands_lower_in_scaled_alone(today) -> None:
    put_in(entry("Diffusion models", upvotes=0), day=today)
    Tag.objects.update(usual_votes=500)
    put_in(entry("Diffusion models once more", upvotes=9), entry("Aardvarks", upvotes=8), day=today)

    def titles(order: str) -> list[str]:
        return [paper.title for paper in papers_in(parse(f"sort={order}")).papers][:2]

    assert titles("hot") == ["Diffusion models once more", "Aardvarks"]
    assert titles("scaled") == ["Aardvarks", "Diffusion models once more"]
    assert sum(write_all(timezone.now())) == 3
    assert titles("scaled") == ["Aardvarks", "Diffusion models once more"]
