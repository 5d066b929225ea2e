"""Which papers changed since a place."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from feeds import changes
from feeds.models import Paper, PaperTag, Tag
from tests.config.processes import wait_until
from tests.factories import entry, put_in


@pytest.fixture
def other(transactional_db) -> Iterator[psycopg.Connection]:
    """Somebody else's connection to the same database."""
    told = connection.get_connection_params()
    names = ("dbname", "host", "port", "user", "password")
    with psycopg.connect(**{name: told[name] for name in names if told.get(name)}) as one:
        yield one


def changed(place: changes.Place) -> set[int]:
    found = changes.since(place)
    assert found is not None
    return set(found.papers)


RETITLE = "UPDATE feeds_paper SET title = title || '!' WHERE id = %s"


def test_a_change_that_is_committed_late_is_not_passed_over(other) -> None:
    put_in(entry("First"), entry("Second"))
    first, second = Paper.objects.order_by("id").values_list("id", flat=True)
    start = changes.here()
    other.execute(RETITLE, [first])  # begins first, and is committed last
    Paper.objects.filter(pk=second).update(title="Again")
    found = changes.since(start)
    assert found is not None
    assert found.papers == (second,)
    other.commit()
    assert changed(found.place) == {first}
    assert changed(start) == {first, second}


def test_what_is_taken_back_is_no_change(other) -> None:
    put_in(entry())
    start = changes.here()
    other.execute(RETITLE, [Paper.objects.get().pk])
    other.rollback()
    assert changed(start) == set()


def test_whoever_changes_a_paper_waits_for_nobody_who_changed_it(other) -> None:
    put_in(entry())
    paper = Paper.objects.get().pk
    tag = Tag.objects.create(slug="one", name="One")
    other.execute("INSERT INTO feeds_papertag (paper_id, tag_id, tagger, why, confidence) "
                  "VALUES (%s, %s, 'x', '', 1)", [paper, tag.pk])  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '1s'")
        cursor.execute("SELECT feeds_note_papers(ARRAY[%s])", [paper])
        cursor.execute("RESET lock_timeout")


def test_words_tags_places_names_and_drops_are_changes_and_votes_are_none(db) -> None:
    put_in(entry("One"), entry("Two"))
    paper = Paper.objects.order_by("id").first()
    tag = Tag.objects.create(slug="one", name="One")
    acts = [
        lambda: Paper.objects.filter(pk=paper.pk).update(abstract="Other words"),
        lambda: Paper.objects.filter(pk=paper.pk).update(dropped_at="2026-01-01T00:00Z"),
        lambda: PaperTag.objects.create(paper=paper, tag=tag, tagger="x", why=""),
        lambda: PaperTag.objects.filter(tag=tag).delete(),
        lambda: paper.listings.all().delete(),
        lambda: paper.identifiers.update(value="10.1/x"),
    ]
    for act in acts:
        clear()
        act()
        assert noted() == {paper.pk}
    clear()
    Paper.objects.update(gist="Said shortly", told={})
    paper.stats.votes = 7
    paper.stats.save()
    assert noted() == set()


def test_a_row_that_moves_changes_both_papers(db) -> None:
    put_in(entry("One"), entry("Two"))
    one, two = Paper.objects.order_by("id")
    tag = Tag.objects.create(slug="one", name="One")
    PaperTag.objects.create(paper=one, tag=tag, tagger="x", why="")
    clear()
    PaperTag.objects.filter(tag=tag).update(paper=two)
    assert noted() == {one.pk, two.pk}


def test_a_digest_that_says_nothing_new_changes_nothing(db) -> None:
    told = entry("One")
    put_in(told)
    clear()
    put_in(told)
    assert noted() == set()


def clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM feeds_paperchange")


def noted() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT paper_id FROM feeds_paperchange")
        return {row[0] for row in cursor.fetchall()}


def test_whoever_stayed_away_too_long_starts_anew_or_is_told_all(other) -> None:
    put_in(entry())
    old = changes.here()
    paper = Paper.objects.get().pk
    for _ in range(2):
        Paper.objects.filter(pk=paper).update(title=f"{Paper.objects.get().title}!")
    now = changes.here()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE feeds_paperchange SET at = now() - interval '8 days'")
    changes.forget()
    found = changes.since(old)  # a transaction of anybody's that lasts keeps what came after it
    assert found is None or set(found.papers) == {paper}
    assert changed(now) == set()


def test_a_place_of_another_database_is_none_here(db) -> None:
    place = changes.here()
    assert changes.since(changes.Place("1.1.1", place.seen)) is None


def test_emptying_the_tables_leaves_no_place_that_holds(other) -> None:
    put_in(entry())
    place = changes.here()
    call_command("flush", interactive=False, verbosity=0)
    assert changes.since(place) is None


def test_a_place_is_read_as_it_was_told(db) -> None:
    place = changes.here()
    assert changes.Place.read(place.told()) == place


def test_how_far_a_place_is_behind(other) -> None:
    # Whoever emptied the tables before may be about to commit yet.
    wait_until(lambda: changes.behind(changes.here()) == (0, 0.0))
    place = changes.here()
    assert changes.behind(changes.Place("1.1.1", place.seen)) is None
    put_in(entry("One"), entry("Two"))
    count, seconds = changes.behind(place) or (0, 0)
    assert count == 2
    assert 0 < seconds < 60


def test_the_bell_rings_as_a_change_is_committed(other) -> None:
    put_in(entry())
    paper = Paper.objects.get().pk
    with changes.listening() as bell, ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: (other.execute(RETITLE, [paper]), other.commit()))
        bell.wait(20)
    assert Paper.objects.get().title.endswith("!")
