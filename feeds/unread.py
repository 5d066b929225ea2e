"""Documents that no parser takes are kept all the same, where there is no other copy of them."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from feeds.keeping import keep
from feeds.models import Digest, PutAside, Source
from feeds.records import Content
from feeds.tex.clean import strip_controls


@transaction.atomic
def keep_unread(
    content: Content, source: Source, *, day: dt.date, name: str, reason: str
) -> Digest:
    """A digest without papers and without a parser, put aside as a whole for the `reason`.

    It is read again as any other is, by a parser that takes it one day.
    """
    digest, new = Digest.objects.get_or_create(
        source=source,
        date=day,
        document=keep(content),
        defaults={
            "name": strip_controls(name)[:255],
            "parser": "",
            "rejected": 1,
            "ingested_at": timezone.now(),
        },
    )
    if new:
        PutAside.objects.create(
            digest=digest, number=0, place="the whole document", reason=reason[:500]
        )
    return digest
