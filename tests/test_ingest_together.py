"""Several who ingest at once, and one who is cut off."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from feeds.ingest import Report, ingest, source_named
from feeds.models import Digest, Identifier, Listing, Paper, PaperStats, Source, Vote
from tests.config.processes import wait_until
from tests.factories import digest, entry

pytestmark = pytest.mark.django_db(transaction=True)


def upload(content: bytes, source: str = "upload") -> Report:
    try:
        return ingest(content, source_named(source))
    finally:
        connection.close()


def test_the_same_digest_from_many_at_once_makes_each_paper_once() -> None:
    content = digest(*(entry() for _ in range(40)))
    with ThreadPoolExecutor(8) as pool:
        reports = list(pool.map(upload, [content] * 8))
    assert sum(report.new for report in reports) == 40
    assert sum(report.unchanged for report in reports) == 7 * 40
    assert [model.objects.count() for model in (Paper, PaperStats, Listing)] == [40, 40, 40]
    assert [model.objects.count() for model in (Digest, Source)] == [1, 1]


def test_papers_that_overlap_in_any_order_are_each_one_and_then_unchanged() -> None:
    papers = [entry() for _ in range(30)]
    days = [digest(*papers[start : start + 12]) for start in range(0, 20, 2)]
    shuffled = random.Random(1).sample(days * 2, len(days) * 2)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(upload, shuffled))
    assert Paper.objects.count() == 30
    assert Identifier.objects.filter(scheme="arxiv").count() == 30
    assert all(upload(content).unchanged == 12 for content in days)


def test_a_reader_who_votes_while_the_paper_moves_to_its_id_does_not_stop_either(
    django_user_model,
) -> None:
    """A vote locks the paper's numbers, then its row; so must a writer who gives it a key."""
    reader = django_user_model.objects.create_user("reader@example.org")
    title = "Known by its title at first"
    upload(digest(entry(title, id=None, authors=[])))
    paper = Paper.objects.get()
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        PaperStats.objects.select_for_update().get(paper=paper)
        writing = pool.submit(upload, digest(entry(title, id="2604.00001")))
        wait_until(_someone_waits)
        Vote.objects.create(paper=paper, user=reader)
    assert writing.result(timeout=30).updated == 1
    assert Paper.objects.get().key == "2604.00001"


def _someone_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks AS waiting JOIN pg_stat_activity USING (pid) "
            "WHERE NOT waiting.granted AND datname = current_database()"
        )
        return bool(cursor.fetchone()[0])
