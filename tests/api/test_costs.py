"""No list asks the database more often for a hundred papers than for two, at any output."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from feeds import following
from feeds.exports.base import exports
from feeds.models import Paper
from tests.factories import entry, put_in

pytestmark = pytest.mark.django_db

TEXT = "A diffusion model, with quantization."
LISTS = [
    "/api/v1/papers?limit=100",
    "/api/v1/papers?period=all&limit=100&sort=new",
    "/api/v1/papers?tag=diffusion&limit=100",
    "/api/v1/papers?author=ada+writer&limit=100",
    "/api/v1/papers?q=diffusion&limit=100",
    "/api/v1/papers/2604.00001/similar?limit=100",
    "/api/v1/papers/2604.00001?expand=similar,provenance",
    "/api/v1/facets",
    "/api/v1/tags",
    "/api/v1/feeds",
    "/api/daily_papers?limit=100",
    "/api/daily_papers?date=2026-04-24&limit=100",
    "/api/papers?limit=100",
    "/api/papers/search?q=diffusion&limit=100",
    "/feed.rss?limit=50",
    "/feed.atom?limit=50",
    "/feed.json?limit=50",
    *(f"/papers.{form.name}?limit=100" for form in exports.all()),
    "/",
    "/trending",
    "/t/diffusion",
]
# What only one who is signed in reads, and what they read otherwise than others.
OWN = [
    "/",
    "/api/v1/papers?limit=100",
    "/api/v1/papers?in=following&limit=100",
    "/papers.bib?limit=100",
]


def _counts(client: Client, paths: list[str]) -> dict[str, int]:
    counts = {}
    for path in paths:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200, path
        counts[path] = len(asked)
    return counts


def _batch() -> str:
    return "/api/v1/papers/batch?ids=" + ",".join(Paper.objects.values_list("key", flat=True))


def test_a_hundred_papers_take_no_more_questions_than_two(django_user_model) -> None:
    known = Client()
    reader = django_user_model.objects.create_user("reader@example.org")
    known.force_login(reader)
    put_in(entry(id="2604.00001", summary=TEXT, authors=["Ada Writer"]), entry(summary=TEXT))
    following.follow("tag=diffusion", reader.pk, timezone.now())
    for client in (Client(), known):  # what is looked up once in a process is known by now
        _counts(client, LISTS)
    few = _counts(Client(), [*LISTS, _batch()]), _counts(known, OWN)
    put_in(*(entry(summary=TEXT, authors=["Ada Writer"]) for _ in range(98)))
    many = _counts(Client(), [*LISTS, _batch()]), _counts(known, OWN)
    assert list(many[0].values()) == list(few[0].values()), (few[0], many[0])
    assert many[1] == few[1]
