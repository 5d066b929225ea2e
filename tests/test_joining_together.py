"""Curators who join overlapping papers at once, while readers vote and digests come in."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from feeds.joining import CannotJoin, join, undo
from feeds.models import Identifier, Joining, Paper, PaperStats, Vote
from feeds.standing import standing
from feeds.voting import vote
from tests.factories import entry, put_in
from tests.papers import state

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(tasks: list[Callable[[], object]]) -> None:
    def run(task: Callable[[], object]) -> None:
        try:
            task()
        except CannotJoin:
            pass  # someone else was faster
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(run, task) for task in tasks]:
            done.result(timeout=60)


def joining_of(kept: int, absorbed: int) -> Callable[[], object]:
    return lambda: join(kept, absorbed, by=None, why="", now=timezone.now())


def test_overlapping_joinings_votes_and_digests_lose_no_row(django_user_model) -> None:
    entries = [entry(f"Paper {number}", authors=["Ada One"]) for number in range(6)]
    put_in(*entries)
    before = state()
    ids = list(Paper.objects.order_by("id").values_list("id", flat=True))
    readers = [django_user_model.objects.create_user(f"r{n}@example.org").id for n in range(12)]
    chance = random.Random(7)
    pairs = [chance.sample(ids, 2) for _ in range(16)]
    votes = [(chance.choice(ids), reader) for reader in readers for _ in range(2)]
    tasks: list[Callable[[], object]] = [joining_of(*pair) for pair in pairs]
    tasks += [lambda given=given: vote(*given) for given in votes]
    tasks.append(lambda: put_in(*entries))
    at_once(chance.sample(tasks, len(tasks)))

    shown = set(Paper.objects.visible().values_list("id", flat=True))
    stands = standing(ids)
    assert set(stands.values()) == shown
    assert set(Identifier.objects.values_list("paper", flat=True)) == shown
    wanted = {(reader, stands[paper]) for paper, reader in votes}
    visible = Vote.objects.filter(paper__in=shown)
    assert set(visible.values_list("user", "paper")) == wanted
    for stats in PaperStats.objects.filter(paper__in=shown):
        assert stats.votes == stats.paper.vote_set.count()

    at_once(
        [
            lambda pk=pk: undo(pk, by=None, now=timezone.now())
            for pk in Joining.objects.filter(undone_at__isnull=True).values_list("id", flat=True)
        ]
    )
    while left := Joining.objects.filter(undone_at__isnull=True).order_by("-id").first():
        undo(left.id, by=None, now=timezone.now())
    Vote.objects.all().delete()
    PaperStats.objects.update(votes=0)
    after = state()
    for one in (*before.values(), *after.values()):
        for score in ("new", "top", "hot", "scaled"):
            one["numbers"].pop(score)
    assert after == before


def test_a_pair_joined_both_ways_at_once_is_joined_once() -> None:
    put_in(entry("One"), entry("Two"))
    one, two = Paper.objects.order_by("id").values_list("id", flat=True)
    at_once([joining_of(one, two), joining_of(two, one)] * 4)
    assert Joining.objects.count() == 1
    assert Paper.objects.visible().count() == 1
