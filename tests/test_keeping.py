"""The bytes of a document are kept: whole, once, in parts, and found again."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.ingest import ingest, source_named
from feeds.keeping import keep
from feeds.models import Digest, RawDocument, RawPart
from feeds.packing import pack
from tests.factories import digest, entry

pytestmark = pytest.mark.django_db

SIZE = RawPart.PART_SIZE
LONG = random.Random(1).randbytes(2 * SIZE + 1000)


def test_a_long_document_is_kept_in_parts_and_read_in_any() -> None:
    document = keep(LONG)
    content = document.content()
    assert (document.size, document.parts.count(), len(content)) == (len(LONG), 3, len(LONG))
    assert content[:] == LONG
    for start, stop in [(0, 10), (SIZE - 5, SIZE + 5), (SIZE, 2 * SIZE), (-7, None), (9, 3)]:
        assert content[start:stop] == LONG[start:stop]


def test_a_document_is_kept_once_however_many_digests_it_is() -> None:
    content = digest(entry())
    ingest(content, source_named("one"))
    ingest(pack(content), source_named("two"))
    assert (Digest.objects.count(), RawDocument.objects.count()) == (2, 1)


def test_a_document_whose_writing_was_cut_off_is_written_to_its_end() -> None:
    document = keep(LONG)
    document.parts.filter(number__gte=1).delete()
    RawDocument.objects.update(whole_at=None)
    again = keep(LONG)
    assert again.pk == document.pk
    assert again.whole_at
    assert again.content()[:] == LONG


def test_nothing_is_a_document_too() -> None:
    assert keep(b"").content()[:] == b""


def test_a_document_is_read_forwards() -> None:
    with pytest.raises(ValueError, match="forwards"):
        keep(b"abc").content()[::2]


@given(st.integers(-40, 40) | st.none(), st.integers(-40, 40) | st.none())
def test_any_slice_is_that_of_the_bytes(start: int | None, stop: int | None) -> None:
    class Few:
        content = bytes(range(30))

    document = keep(Few.content)
    assert document.content()[start:stop] == Few.content[start:stop]
