"""Which papers are one work: what curators joined and parted, and what a parting can choose."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.contrib.auth.base_user import AbstractBaseUser

from feeds import reading
from feeds.desk.records import format_of
from feeds.models import Joining, Listing, Paper, Parting
from feeds.provenance import provenance
from feeds.records import PaperView
from feeds.standing import standing

ON_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class JoiningLine:
    """A joining: `title` and `key` are of the kept paper, `absorbed` what was joined to it."""

    id: int
    title: str
    key: str
    absorbed: str
    absorbed_key: str
    why: str
    by: str
    at: dt.datetime
    undone_by: str
    undone_at: dt.datetime | None
    can_be_undone: bool


@dataclass(frozen=True, slots=True)
class PartingLine:
    """A parting: what left `title` goes by `other`; `one_again` says that they were joined."""

    id: int
    title: str
    key: str
    other: str
    other_key: str
    why: str
    by: str
    at: dt.datetime
    one_again: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A listing of a paper, and which of the paper's fields its digest told."""

    id: int
    source: str
    date: dt.date
    place: int
    format: str
    votes: int | None
    fields: tuple[str, ...]


def named(text: str, viewer: int | None = None) -> PaperView | None:
    """The paper that a curator means by a key, an arXiv id, a DOI or an address."""
    text = text.strip()
    for name in (text, _after_papers(text)):
        found = reading.paper(name, viewer=viewer) if name else None
        if found:
            return found
    return None


def joinings(before: int | None = None) -> tuple[list[JoiningLine], int | None]:
    """A page of joinings, the latest first, and the id before which the next one begins."""
    rows = Joining.objects.select_related("kept", "absorbed", "made_by", "undone_by")
    rows = rows.defer("before", "names", "tags").order_by("-id")
    if before is not None:
        rows = rows.filter(id__lt=before)
    found = list(rows[: ON_A_PAGE + 1])
    shown = found[:ON_A_PAGE]
    stands = standing({row.kept_id for row in shown})
    lines = [_joining(row, stands[row.kept_id] == row.kept_id) for row in shown]
    return lines, shown[-1].pk if len(found) > ON_A_PAGE else None


def partings(before: int | None = None) -> tuple[list[PartingLine], int | None]:
    """A page of partings, the latest first, and the id before which the next one begins."""
    rows = Parting.objects.select_related("paper", "other", "made_by").order_by("-id")
    if before is not None:
        rows = rows.filter(id__lt=before)
    found = list(rows[: ON_A_PAGE + 1])
    shown = found[:ON_A_PAGE]
    stands = standing({paper for row in shown for paper in (row.paper_id, row.other_id)})
    lines = [_parting(row, stands[row.paper_id] == stands[row.other_id]) for row in shown]
    return lines, shown[-1].pk if len(found) > ON_A_PAGE else None


def has_joinings(paper_id: int) -> bool:
    """Whether other papers were joined to this one."""
    return Joining.objects.filter(kept=paper_id, undone_at__isnull=True).exists()


def places(paper_id: int) -> list[Place]:
    """Where digests name the paper, the earliest first."""
    rows = Listing.objects.filter(paper=paper_id).select_related("source", "digest")
    words = provenance(paper_id)
    return [
        Place(
            id=row.pk,
            source=row.source.name,
            date=row.date,
            place=row.position + 1,
            format=format_of(row.digest.parser),
            votes=row.votes,
            fields=tuple(word.field for word in words if word.digest_id == row.digest_id),
        )
        for row in rows.defer("digest__byline").order_by("date", "id")
    ]


def _after_papers(text: str) -> str:
    """What stands behind /papers/ in an address."""
    try:
        path = urlsplit(text).path
    except ValueError:
        return ""
    return unquote(path.partition("/papers/")[2]).strip("/")


def _joining(row: Joining, stands: bool) -> JoiningLine:
    return JoiningLine(
        id=row.pk,
        title=row.kept.title_text,
        key=row.kept.key,
        absorbed=row.absorbed.title_text,
        absorbed_key=row.absorbed_key,
        why=row.why,
        by=_name(row.made_by),
        at=row.made_at,
        undone_by=_name(row.undone_by),
        undone_at=row.undone_at,
        can_be_undone=stands and row.undone_at is None,
    )


def _parting(row: Parting, one_again: bool) -> PartingLine:
    return PartingLine(
        id=row.pk,
        title=row.paper.title_text,
        key=row.paper.key,
        other=row.other.title_text,
        other_key=row.other.key,
        why=row.why,
        by=_name(row.made_by),
        at=row.made_at,
        one_again=one_again,
    )


def _name(user: AbstractBaseUser | None) -> str:
    return str(user) if user else ""


def shown_key(paper_id: int) -> str:
    """The key under which a paper is read now."""
    now = standing([paper_id])[paper_id]
    return Paper.objects.filter(pk=now).values_list("key", flat=True).first() or ""
