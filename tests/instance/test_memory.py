"""An instance of any size goes out and comes in through little memory."""

import os
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.utils import timezone

from feeds.models import RawDocument, RawPart
from tests.instance.conftest import emptied, taken_in

pytestmark = pytest.mark.django_db(transaction=True)
PART, PARTS = 1 << 18, 96  # 24 MB that cannot be packed
MOST = 12 << 20  # half of it


@contextmanager
def peak(most: int) -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < most
    finally:
        tracemalloc.stop()


def test_documents_pass_a_few_parts_at_a_time(exported, tmp_path: Path) -> None:
    document = RawDocument.objects.create(
        sha256="0" * 64, size=PART * PARTS, whole_at=timezone.now()
    )
    for number in range(PARTS):
        RawPart.objects.create(document=document, number=number, packed=os.urandom(PART))
    with peak(MOST):
        path = exported("long.jsonl")
    assert path.stat().st_size > PART * PARTS
    emptied()
    with peak(MOST):
        taken_in(path)
    assert RawPart.objects.count() == PARTS
