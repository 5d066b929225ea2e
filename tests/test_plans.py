"""The first page of a long list is found by an index, not by sorting all papers."""

import pytest
from django.db import connection

from feeds.models import Paper
from feeds.models.paper import PaperQuerySet
from feeds.query import SORTS
from tests.factories import put_in_many

pytestmark = pytest.mark.django_db


def plan(papers: PaperQuerySet) -> str:
    """How the first page is found where neither reading all nor sorting is cheap."""
    with connection.cursor() as cursor:
        for dear in ("seqscan", "bitmapscan", "sort", "hashjoin", "mergejoin"):
            cursor.execute(f"SET LOCAL enable_{dear} = off")
    return papers[:50].explain()


@pytest.mark.parametrize("sort", sorted(SORTS))
def test_each_order_is_read_off_its_index(sort: str) -> None:
    put_in_many(3)
    found = plan(Paper.objects.visible().ranked(sort))
    assert f"stats_by_{sort}" in found
    assert "Sort" not in found


def test_the_papers_of_a_common_tag_are_read_off_the_orders_index() -> None:
    put_in_many(3, summary="A diffusion model.")
    found = plan(Paper.objects.visible().tagged("diffusion").ranked("hot"))
    assert "stats_by_hot" in found
    assert "Sort Key: feeds_paperstats.hot" not in found
