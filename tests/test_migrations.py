"""An instance that is upgraded keeps what it holds."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from feeds.models import Digest, PaperStats, PutAside, RawDocument
from feeds.packing import pack
from feeds.rescoring import write_due
from tests.factories import digest, entry, put_in

pytestmark = pytest.mark.django_db(transaction=True)


def migrate(*targets: tuple[str, str]) -> Apps:
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets))
    return executor.loader.project_state(list(targets)).apps


@pytest.fixture
def before() -> Iterator[Apps]:
    """The database as it was when raw documents stood on their digests."""
    yield migrate(("feeds", "0002_sources_that_fetch"))
    migrate(*MigrationExecutor(connection).loader.graph.leaf_nodes())


def test_documents_move_into_a_table_of_their_own(before: Apps) -> None:
    content = digest(entry())
    source = before.get_model("feeds", "Source").objects.create(slug="old", name="Old")
    for day in (1, 2):
        before.get_model("feeds", "Digest").objects.create(
            source=source,
            date=date(2026, 4, day),
            parser="hf_json",
            sha256="0" * 64,
            raw=pack(content),
            problems=[{"place": "entry 2", "reason": "it has no title"}],
        )
    migrate(*MigrationExecutor(connection).loader.graph.leaf_nodes())
    assert RawDocument.objects.count() == 1
    assert [one.content()[:] for one in Digest.objects.all()] == [content, content]
    assert list(PutAside.objects.values_list("digest__date__day", "place", "reason")) == [
        (1, "entry 2", "it has no title"),
        (2, "entry 2", "it has no title"),
    ]


def test_papers_of_before_get_their_new_scores_within_a_minute() -> None:
    put_in(entry(upvotes=6), entry(upvotes=9))
    names = ("hot", "scaled", "first_votes")
    wanted = list(PaperStats.objects.order_by("paper").values_list(*names))
    try:
        old = migrate(("feeds", "0013_collections"))
        old.get_model("feeds", "PaperStats").objects.update(hot=1)
    finally:
        migrate(*MigrationExecutor(connection).loader.graph.leaf_nodes())
    assert write_due(timezone.now()) == 2
    assert list(PaperStats.objects.order_by("paper").values_list(*names)) == wanted
