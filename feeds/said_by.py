"""What one person said, and what moderators did: lists, the last first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Model, QuerySet

from feeds.models import Comment, ModerationAct, Mute, Paper, PenName
from feeds.standing import standing

PAGE = 30

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Work:
    """The paper of which something was said, as it is read now."""

    key: str
    title: str
    title_html: str

    @property
    def path(self) -> str:
        return f"/papers/{self.key}"


@dataclass(frozen=True, slots=True)
class Said:
    id: int
    html: str
    at: datetime
    work: Work


@dataclass(frozen=True, slots=True)
class Person:
    """A reader by their name, with what they said; `more` begins the next page."""

    name: str
    slug: str
    said: tuple[Said, ...]
    more: int | None
    muted: bool
    is_viewer: bool


@dataclass(frozen=True, slots=True)
class ActLine:
    """An act of a moderator or a rule: what, why, when, on which comment. No words of it."""

    comment: int
    what: str
    role: str
    why: str
    at: datetime
    work: Work | None


def person(slug: str, *, viewer: int | None, before: int | None = None) -> Person | None:
    """The reader of that name; None if there is none."""
    found = PenName.objects.filter(slug=slug).first() if "\0" not in slug else None
    if found is None:
        return None
    rows = Comment.objects.filter(
        user=found.user_id, state=Comment.State.SHOWN, deleted_at__isnull=True
    )
    page, more = _page(rows.filter(id__lt=before) if before else rows)
    works = works_of(row.paper_id for row in page)
    muted = viewer is not None and Mute.objects.filter(user=viewer, muted=found.user_id).exists()
    said = (
        Said(row.pk, row.html, row.created_at, works[row.paper_id])
        for row in page
        if row.paper_id in works
    )
    return Person(found.name, slug, tuple(said), more, muted, found.user_id == viewer)


def acts(before: int | None = None) -> tuple[list[ActLine], int | None]:
    """The public log, and where its next page begins."""
    rows = ModerationAct.objects.select_related("comment")
    page, more = _page(rows.filter(id__lt=before) if before else rows)
    works = works_of(row.comment.paper_id for row in page)
    lines = [
        ActLine(
            comment=row.comment_id,
            what=row.get_kind_display(),
            role=row.get_role_display(),
            why=row.why,
            at=row.made_at,
            work=works.get(row.comment.paper_id),
        )
        for row in page
    ]
    return lines, more


def works_of(papers: Iterable[int]) -> dict[int, Work]:
    """Those of these papers that are shown, each as it is read now."""
    stands = standing(set(papers))
    rows = Paper.objects.visible().only("key", "title_text", "title_html").in_bulk(stands.values())
    return {
        paper: Work(rows[now].key, rows[now].title_text, rows[now].title_html)
        for paper, now in stands.items()
        if now in rows
    }


def _page(rows: QuerySet[Row]) -> tuple[list[Row], int | None]:
    found = list(rows.order_by("-id")[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None
