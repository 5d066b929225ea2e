"""Curators who work on one day at once."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection

from feeds import acts, placing
from feeds.acts import CannotAct, Desk
from feeds.models import DeskAct, Edition, Feed, Paper, Placing
from feeds.named import feed_view
from tests.factories import DAY, put_in_many

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 4, 24, 9, tzinfo=UTC)


def at_once(tasks: list[Callable[[], object]]) -> None:
    def run(task: Callable[[], object]) -> None:
        try:
            task()
        except CannotAct:
            pass  # someone else was faster
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(run, task) for task in tasks]:
            done.result(timeout=60)


@pytest.fixture
def desks(transactional_db: None, django_user_model) -> list[Desk]:
    put_in_many(8)
    feed = feed_view(Feed.objects.create(slug="picks", name="Picks", reviewed=True))
    names = ("ada", "ben", "cy")
    people = [django_user_model.objects.create_user(f"{name}@example.org") for name in names]
    return [Desk(feed, DAY, person.pk) for person in people]


def tasks_of(desks: list[Desk], papers: list[int], chance: random.Random) -> list[Callable]:
    made: list[Callable[[], object]] = []
    for _ in range(24):
        desk, paper = chance.choice(desks), chance.choice(papers)
        some = chance.sample(papers, 3)
        acts_of_one: list[Callable[[], object]] = [
            lambda d=desk, p=paper: placing.pin(d, p, NOW, at=0),
            lambda d=desk, p=paper: placing.move(d, p, 1, NOW),
            lambda d=desk, p=some: placing.drop(d, p, NOW),
            lambda d=desk, p=some: placing.place(d, p, NOW),
            lambda d=desk: acts.undo(d, NOW),
        ]
        made.append(chance.choice(acts_of_one))
    return made


def test_acts_at_once_follow_each_other(desks: list[Desk]) -> None:
    papers = list(Paper.objects.values_list("pk", flat=True))
    at_once(tasks_of(desks, papers, random.Random(4)))
    last = {}
    for act in DeskAct.objects.filter(undone_at=None).order_by("id"):
        last |= act.after["papers"]
    for row in Placing.objects.all():
        assert last[str(row.paper_id)][0] == row.verdict
    placing.pin(desks[0], papers[0], NOW)
    pins = sorted(Placing.objects.exclude(pin=None).values_list("pin", flat=True))
    assert pins == list(range(len(pins)))


def test_nothing_is_placed_behind_the_back_of_who_publishes(desks: list[Desk]) -> None:
    papers = list(Paper.objects.values_list("pk", flat=True))
    placing.place(desks[0], papers[:1], NOW)
    tasks: list[Callable[[], object]] = [
        lambda p=paper: placing.place(desks[1], [p], NOW) for paper in papers[1:]
    ]
    tasks.insert(3, lambda: placing.publish(desks[0], NOW))
    at_once(tasks)
    placed = set(Placing.objects.placed(DAY, DAY).values_list("paper_id", flat=True))
    assert set(Edition.objects.get().papers) == placed
