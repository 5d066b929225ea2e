"""Raw documents go into the database: once each, in parts, whatever their length."""

import hashlib
from itertools import islice

from django.utils import timezone

from feeds.models import RawDocument, RawPart
from feeds.packing import pack, steps
from feeds.records import Content

_PARTS_AT_ONCE = 16


def keep(content: Content) -> RawDocument:
    """The document, kept whole; one that is known already is not written again.

    A document whose writing was cut off is written to its end.
    """
    document, _ = RawDocument.objects.get_or_create(
        sha256=_sha256(content), defaults={"size": len(content)}
    )
    if document.whole_at is None:
        _write(document, content)
        document.whole_at = timezone.now()
        document.save(update_fields=["whole_at"])
    return document


def _write(document: RawDocument, content: Content) -> None:
    parts = (
        RawPart(document=document, number=number, packed=pack(piece))
        for number, piece in enumerate(steps(content))
    )
    while batch := list(islice(parts, _PARTS_AT_ONCE)):
        RawPart.objects.bulk_create(batch, ignore_conflicts=True)


def _sha256(content: Content) -> str:
    found = hashlib.sha256()
    for piece in steps(content):
        found.update(piece)
    return found.hexdigest()
