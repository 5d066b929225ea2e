"""What is like a paper, by mail: the latest day's, the likest first."""

from datetime import UTC, datetime

import pytest

from accounts import editions
from accounts.models import Delivery
from feeds.models import Paper
from tests.factories import entry, put_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 25, 8, tzinfo=UTC)
ATTENTION = "Sparse attention skips most keys of a transformer."


def test_an_order_for_papers_like_one_brings_those_that_may_be_seen(reads) -> None:
    put_in(
        entry("Sparse attention", id="2604.00001", summary=ATTENTION),
        entry("Sparse attention kernels", id="2604.00002", summary=ATTENTION),
        entry("Keys that sparse attention skips", id="2604.00003", summary=ATTENTION),
        entry("A census of bees", id="2604.00004", summary="We count them on meadows."),
    )
    Paper.objects.filter(key="2604.00003").update(dropped_at=NOW)
    order = reads(query="similar=2604.00001")
    row = Delivery.objects.create(
        subscription=order, period=NOW.date(), state=Delivery.State.CLAIMED, claimed_at=NOW
    )
    edition = editions.choose([row])[row.pk]
    assert [paper.key for paper in edition.papers] == ["2604.00002"]
    assert "like “Sparse attention”" in edition.what
