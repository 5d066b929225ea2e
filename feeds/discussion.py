"""What is said of a paper, as one reader sees it: the read path of comments."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from feeds.claimed import who_wrote
from feeds.commenting import EDIT_FOR
from feeds.models import Comment, Mute, Paper, PenName
from feeds.moderating import may_moderate
from feeds.pen_names import pen_name
from feeds.standing import former_ids, standing

PAGE = 20  # threads on a page
MOST_ANSWERS = 500  # in the threads of a page
DEEPEST = 3  # answers stand under answers so often; what is deeper stands beside them
NOBODY = gettext_noop("a former reader")


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment as one reader sees it.

    `stands` is "shown", "held", "removed", "deleted" or "muted"; where it is not "shown" there
    are no words in it, but for one's own that is held. `to` names whom it answers where it does
    not stand under that. `wrote_it` says that an author of the paper said it. `answers` are those
    below it.
    """

    id: int
    parent: int | None
    author: str
    slug: str
    stands: str
    reason: str
    html: str
    text: str
    created_at: datetime
    edited_at: datetime | None
    to: str = ""
    wrote_it: bool = False
    mine: bool = False
    can_answer: bool = False
    can_edit: bool = False
    can_delete: bool = False
    can_report: bool = False
    answers: tuple["CommentView", ...] = ()

    @property
    def path(self) -> str:
        return f"/comments/{self.id}"


@dataclass(frozen=True, slots=True)
class Discussion:
    """A page of threads, the oldest first. `next` begins the page after it, None on the last.

    `name` is the reader's own, "" where they have none yet; `cut` says that not all answers
    are shown.
    """

    threads: tuple[CommentView, ...] = ()
    next: int | None = None
    from_start: bool = True
    cut: bool = False
    name: str = ""
    moderator: bool = False

    def in_order(self) -> Iterator[CommentView]:
        """Every comment, each before its answers."""
        waiting = list(reversed(self.threads))
        while waiting:
            yield (comment := waiting.pop())
            waiting += reversed(comment.answers)


@dataclass(frozen=True, slots=True)
class _Eyes:
    """Who looks: None is anybody."""

    viewer: int | None
    now: datetime
    moderator: bool = False
    muted: frozenset[int] = frozenset()
    names: dict[int, tuple[str, str]] = field(default_factory=dict)
    authors: frozenset[int] = frozenset()


def discussion(
    paper_id: int, *, viewer: int | None, now: datetime, start: int | None = None
) -> Discussion:
    """The threads from the one whose id is `start` on."""
    papers = [paper_id, *former_ids(paper_id)]
    tops = _threads(papers)
    if start is not None:
        tops = tops.filter(id__gte=start)
    page = list(tops.order_by("id")[: PAGE + 1])
    following = page.pop().pk if len(page) > PAGE else None
    below = Comment.objects.filter(thread__in=page).order_by("id")
    answers = list(below[: MOST_ANSWERS + 1]) if page else []
    rows = page + answers[:MOST_ANSWERS]
    eyes = _eyes(viewer, now, rows, papers)
    return Discussion(
        threads=_tree(rows, eyes),
        next=following,
        from_start=start is None,
        cut=len(answers) > MOST_ANSWERS,
        name=pen_name(viewer) if viewer else "",
        moderator=eyes.moderator,
    )


def one_comment(comment_id: int, *, viewer: int | None, now: datetime) -> CommentView | None:
    """The comment alone; None where there is none for this viewer."""
    row = Comment.objects.filter(pk=comment_id).first()
    if row is None or paper_key(row.paper_id) is None:
        return None
    paper_id = standing([row.paper_id])[row.paper_id]
    eyes = _eyes(viewer, now, [row], [paper_id, *former_ids(paper_id)])
    hidden = row.state == Comment.State.HELD and not (eyes.moderator or _is_mine(row, eyes))
    return None if hidden else _view(row, eyes, row.answers.exists())


def address_of(comment_id: int) -> str | None:
    """Where the comment is read; None where it is not there or its paper is not shown."""
    place = page_of(comment_id)
    if place is None:
        return None
    key, start = place
    return f"/papers/{key}{f'?comments={start}' if start else ''}#c{comment_id}"


def page_of(comment_id: int) -> tuple[str, int | None] | None:
    """The key of the comment's paper, and the thread with which its page begins: None is the
    first page. None where the comment is not there or its paper is not shown."""
    row = Comment.objects.filter(pk=comment_id).only("paper_id", "thread_id").first()
    key = paper_key(row.paper_id) if row else None
    if row is None or key is None:
        return None
    top = row.thread_id or row.pk
    paper_id = standing([row.paper_id])[row.paper_id]
    earlier = _threads([paper_id, *former_ids(paper_id)]).filter(id__lt=top)
    further = earlier.order_by("id")[PAGE - 1 : PAGE].exists()
    return key, top if further else None


def paper_key(paper_id: int) -> str | None:
    """The key under which the paper is read now, if it is shown."""
    now = standing([paper_id])[paper_id]
    return Paper.objects.visible().filter(pk=now).values_list("key", flat=True).first()


def _threads(papers: Sequence[int]) -> QuerySet[Comment]:
    return Comment.objects.filter(paper__in=papers, thread__isnull=True)


def _eyes(
    viewer: int | None, now: datetime, rows: Sequence[Comment], papers: Sequence[int]
) -> _Eyes:
    writers = {row.user_id for row in rows if row.user_id}
    names = PenName.objects.filter(user__in=writers) if writers else []
    return _Eyes(
        viewer=viewer,
        now=now,
        moderator=may_moderate(viewer),
        muted=frozenset(_muted(viewer, writers)),
        names={row.user_id: (row.name, row.slug) for row in names},
        authors=who_wrote(papers, writers),
    )


def _muted(viewer: int | None, writers: set[int]) -> Iterable[int]:
    if viewer is None or not writers:
        return ()
    rows = Mute.objects.filter(user=viewer, muted__in=writers)
    return rows.values_list("muted_id", flat=True)


def _tree(rows: Sequence[Comment], eyes: _Eyes) -> tuple[CommentView, ...]:
    """The threads; each row stands after the one that it answers."""
    depth: dict[int, int] = {}
    under: dict[int, int | None] = {}
    answered = {row.parent_id for row in rows}
    by_id = {row.pk: row for row in rows}
    below: dict[int | None, list[Comment]] = defaultdict(list)
    for row in rows:
        parent = row.parent_id if row.parent_id in by_id else None
        deep = parent is not None and depth[parent] == DEEPEST
        under[row.pk] = under[parent] if parent and deep else parent
        depth[row.pk] = 0 if parent is None else min(depth[parent] + 1, DEEPEST)
        below[under[row.pk]].append(row)

    def views(place: int | None) -> tuple[CommentView, ...]:
        made = (view(row) for row in below[place])
        return tuple(one for one in made if one is not None)

    def view(row: Comment) -> CommentView | None:
        answers = views(row.pk)
        if not answers and not _worth_a_line(row, eyes):
            return None
        above = by_id.get(row.parent_id) if row.parent_id else None
        to = _name(above, eyes)[0] if above and under[row.pk] != row.parent_id else ""
        return _view(row, eyes, row.pk in answered, to=to, answers=answers)

    return views(None)


def _view(
    row: Comment,
    eyes: _Eyes,
    answered: bool,
    *,
    to: str = "",
    answers: tuple[CommentView, ...] = (),
) -> CommentView:
    stands, mine = _stands(row, eyes), _is_mine(row, eyes)
    shown, here = stands == "shown", stands in ("shown", "held")
    words = shown or (stands == "held" and (mine or eyes.moderator))
    name, slug = _name(row, eyes) if here or stands == "muted" else ("", "")
    return CommentView(
        id=row.pk,
        parent=row.parent_id,
        author=name if words or stands == "muted" else "",
        slug=slug if words or stands == "muted" else "",
        stands=stands,
        reason=row.reason if stands in ("held", "removed") else "",
        html=row.html if words else "",
        text=row.text if words else "",
        created_at=row.created_at,
        edited_at=row.edited_at if words else None,
        to=to,
        wrote_it=words and row.user_id in eyes.authors,
        mine=mine,
        can_answer=shown and eyes.viewer is not None,
        can_edit=mine and here and not answered and eyes.now - row.created_at < EDIT_FOR,
        can_delete=mine and here,
        can_report=shown and eyes.viewer is not None and not mine,
        answers=answers,
    )


def _stands(row: Comment, eyes: _Eyes) -> str:
    if row.deleted_at:
        return "deleted"
    if row.state != Comment.State.SHOWN:
        return row.state
    return "muted" if row.user_id in eyes.muted else "shown"


def _worth_a_line(row: Comment, eyes: _Eyes) -> bool:
    """Whether the comment says something to this reader where nothing stands below it."""
    stands = _stands(row, eyes)
    if stands == "held":
        return eyes.moderator or _is_mine(row, eyes)
    return stands in ("shown", "removed")


def _is_mine(row: Comment, eyes: _Eyes) -> bool:
    return eyes.viewer is not None and row.user_id == eyes.viewer


def _name(row: Comment, eyes: _Eyes) -> tuple[str, str]:
    return eyes.names.get(row.user_id or 0, (_(NOBODY), ""))
