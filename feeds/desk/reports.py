"""What waits for moderators: comments that are held, or reported by readers."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from feeds.models import Comment, PenName, Report
from feeds.said_by import Work, works_of

MOST = 50


@dataclass(frozen=True, slots=True)
class ReportLine:
    why: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """A comment to look at, with its words, why it is held, and what readers say against it."""

    id: int
    author: str
    slug: str
    joined_at: datetime | None
    html: str
    state: str
    reason: str
    at: datetime
    work: Work | None
    reports: tuple[ReportLine, ...]

    @property
    def is_held(self) -> bool:
        return self.state == Comment.State.HELD

    @property
    def is_removed(self) -> bool:
        return self.state == Comment.State.REMOVED


def waiting() -> tuple[list[Waiting], bool]:
    """The oldest of them, and whether there are more."""
    reported = Report.objects.filter(comment=OuterRef("pk"), settled_at__isnull=True)
    rows = Comment.objects.filter(deleted_at__isnull=True)
    rows = rows.filter(Q(state=Comment.State.HELD) | Q(Exists(reported)))
    page = list(rows.select_related("user").order_by("id")[: MOST + 1])
    return _lines(page[:MOST]), len(page) > MOST


def one(comment_id: int) -> Waiting | None:
    """Any comment, as moderators look at it; None where its words are gone."""
    rows = Comment.objects.filter(pk=comment_id, deleted_at__isnull=True).select_related("user")
    return next(iter(_lines(list(rows))), None)


def removed() -> list[Waiting]:
    """The last that were removed, which can be restored."""
    rows = Comment.objects.filter(state=Comment.State.REMOVED, deleted_at__isnull=True)
    return _lines(list(rows.select_related("user").order_by("-id")[:MOST]))


def _lines(rows: list[Comment]) -> list[Waiting]:
    names = {one.user_id: one for one in PenName.objects.filter(user__in=[r.user_id for r in rows])}
    works = works_of(row.paper_id for row in rows)
    reports: dict[int, list[ReportLine]] = {row.pk: [] for row in rows}
    for one in Report.objects.filter(comment__in=rows, settled_at__isnull=True).order_by("id"):
        reports[one.comment_id].append(ReportLine(one.why, one.made_at))
    return [
        Waiting(
            id=row.pk,
            author=names[row.user_id].name if row.user_id in names else "",
            slug=names[row.user_id].slug if row.user_id in names else "",
            joined_at=row.user.date_joined if row.user else None,
            html=row.html,
            state=row.state,
            reason=row.reason,
            at=row.created_at,
            work=works.get(row.paper_id),
            reports=tuple(reports[row.pk]),
        )
        for row in rows
    ]
