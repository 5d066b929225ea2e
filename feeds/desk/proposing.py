"""A curator gives a document; it waits on the server until it is put in, discarded, or too old."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.text import slugify
from django.utils.translation import gettext as _

from feeds.desk import readings
from feeds.keeping import keep
from feeds.models import Digest, Proposal, RawDocument, Run, Source
from feeds.packing import TooLarge, unpacked
from feeds.parsers.base import parse
from feeds.records import Content, ParsedDigest, RawDigest
from feeds.said_numbers import grouped
from feeds.tex.clean import strip_controls

KEPT = dt.timedelta(days=1)
READINGS_KEPT = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a curator chose for a document; an empty `day` or `parser` leaves it to the content."""

    source_name: str
    day: dt.date | None = None
    parser: str = ""


class Empty(ValueError):
    """A document without a byte in it."""


class Gone(Exception):
    """The proposal is not there any more: put in, discarded, or too old."""


def propose(content: Content, choice: Choice, *, name: str, curator: int) -> int:
    """Keeps the document, unpacked, for a day; the id of the proposal.

    Raises Empty, and TooLarge beyond `UPLOAD_LARGEST`, packed or not.
    """
    largest = settings.UPLOAD_LARGEST
    if len(content) > largest:
        raise TooLarge(
            _("The document is longer than %(largest)s bytes.") % {"largest": grouped(largest)}
        )
    with unpacked(content, largest) as plain:
        if not len(plain):
            raise Empty(_("There is nothing in it."))
        document = keep(plain)
    row = Proposal.objects.create(
        document=document, made_by_id=curator, name=strip_controls(name)[:255], **_chosen(choice)
    )
    return row.pk


def choose(proposal_id: int, choice: Choice) -> None:
    """Changes what was chosen; what was counted is forgotten. Raises Gone."""
    forgotten = {"entries": 0, "rejected": 0, "problems": [], "told_at": None, "counted_at": None}
    rows = Proposal.objects.filter(pk=proposal_id)
    if not rows.update(**_chosen(choice), **forgotten):
        raise Gone


def discard(proposal_id: int) -> None:
    """Lets it go; its document goes with the next sweep."""
    Proposal.objects.filter(pk=proposal_id).delete()


@transaction.atomic
def put_in(proposal_id: int) -> tuple[int, int | None]:
    """Makes the proposal a digest; its id, and that of the reading for which the caller rings.

    A document that its source gave for that day already is the digest it was; without an id
    it is being read just now. Raises Gone, UnknownFormat.
    """
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("document")
    proposal = rows.filter(pk=proposal_id).first()
    if proposal is None:
        raise Gone
    parsed = recognised(proposal)
    digest, _ = Digest.objects.get_or_create(
        source=_source(proposal.source_name),
        date=day_of(proposal, parsed),
        document=proposal.document,
        defaults={
            "name": proposal.name,
            "parser": parsed.parser,
            "byline": parsed.byline[:100],
        },
    )
    total = proposal.entries if proposal.counted_at else None
    try:
        run = readings.ask(digest.pk, proposal.parser, total)
    except readings.BeingRead:
        run = None
    proposal.delete()
    return digest.pk, run


def recognised(proposal: Proposal) -> ParsedDigest:
    """The document as the chosen parser, or the first that takes it, reads it.

    Raises UnknownFormat.
    """
    content = proposal.document.content()
    today = proposal.created_at.astimezone(dt.UTC).date()
    return parse(RawDigest(content, today, proposal.day, proposal.name), proposal.parser)


def day_of(proposal: Proposal, parsed: ParsedDigest) -> dt.date:
    """The day chosen, else the document's own, else that on which it was given."""
    return proposal.day or parsed.date or proposal.created_at.astimezone(dt.UTC).date()


def slug_of(source_name: str) -> str:
    """The slug under which a source of that name is known; "" where the name has no letters."""
    return slugify(source_name)[:50].strip("-_")


def sweep(now: dt.datetime) -> None:
    """Lets go of what is too old: proposals, documents that nobody holds, past readings."""
    Proposal.objects.filter(created_at__lt=now - KEPT).delete()
    old = RawDocument.objects.filter(created_at__lt=now - KEPT)
    old.filter(proposals=None, digests=None, submissions=None).delete()
    later = Run.objects.filter(digest=OuterRef("digest"), id__gt=OuterRef("id"))
    past = Run.objects.filter(ended_at__lt=now - READINGS_KEPT)
    past.filter(Exists(later)).delete()


def _chosen(choice: Choice) -> dict[str, object]:
    return {
        "source_name": choice.source_name[:100],
        "day": choice.day,
        "parser": choice.parser,
    }


def _source(name: str) -> Source:
    source, _ = Source.objects.get_or_create(slug=slug_of(name), defaults={"name": name})
    return source
