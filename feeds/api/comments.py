"""What readers say of a paper, as JSON: read, said, changed, deleted, reported."""

from collections.abc import Callable
from typing import ClassVar, TypeVar

from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import (
    APIException,
    NotFound,
    PermissionDenied,
    Throttled,
    ValidationError,
)
from rest_framework.permissions import IsAuthenticated, IsAuthenticatedOrReadOnly
from rest_framework.request import Request

from feeds import commenting
from feeds.api import comment_shapes as shapes
from feeds.api import given
from feeds.api.base import View, answer_json, signed_in, viewer
from feeds.api.given import Conflict
from feeds.api.once import once
from feeds.api.operations import operation
from feeds.api.render import Json
from feeds.asked import site_address
from feeds.comment_words import LONGEST
from feeds.discussion import CommentView, discussion, one_comment, page_of
from feeds.pen_names import LONGEST as LONGEST_NAME
from feeds.pen_names import NoName, pen_name, take_name
from feeds.records import PaperView

Done = TypeVar("Done")
_LARGEST = 10**18 - 1
_CURSOR = OpenApiParameter(
    "cursor",
    {"type": "integer", "minimum": 1, "maximum": _LARGEST},
    description="The `next_cursor` of the page before.",
)


class TooLate(APIException):
    status_code = 409


class Comments(View):
    permission_classes = [IsAuthenticatedOrReadOnly]
    limits: ClassVar = {"POST": commenting.SAYING}

    @operation(
        "list_comments",
        shapes.CommentListShape,
        tag="comments",
        parameters=[_CURSOR],
        problems=(400, 404),
    )
    def get(self, request: Request, key: str) -> HttpResponseBase:
        """What readers said of a paper: 20 threads a page, the oldest first."""
        reader, start = viewer(request), _cursor(request)
        found = discussion(
            given.paper(key, reader).id, viewer=reader, now=timezone.now(), start=start
        )
        rows = [comment_json(one, signed_in=reader is not None) for one in found.in_order()]
        return answer_json(request, {"comments": rows, "next_cursor": found.next})

    @operation(
        "say",
        shapes.CommentShape,
        tag="comments",
        body=shapes.CommentSayShape,
        problems=(400, 401, 403, 404, 409, 415, 422, 429),
    )
    @once
    def post(self, request: Request, key: str) -> HttpResponseBase:
        """Says something of a paper, or answers a comment on it.

        What was said with the same words a moment ago is not said twice.
        """
        reader, now = signed_in(request), timezone.now()
        paper, text = given.paper(key, reader), given.text(request, "text", most=LONGEST)
        parent = _parent(request, paper)
        if not pen_name(reader):
            _tried(
                "name",
                lambda: take_name(reader, given.text(request, "name", "", most=LONGEST_NAME)),
            )
        if parent:
            made = _tried("text", lambda: commenting.answer(parent, text, by=reader, now=now))
        else:
            made = _tried("text", lambda: commenting.say(paper.id, text, by=reader, now=now))
        return _comment(request, made)


class Comment(View):
    permission_classes = [IsAuthenticatedOrReadOnly]
    limits: ClassVar = {"PATCH": commenting.CHANGING}

    @operation("read_comment", shapes.CommentShape, tag="comments", problems=(404,))
    def get(self, request: Request, comment_id: int) -> HttpResponseBase:
        """One comment."""
        return _comment(request, comment_id)

    @operation(
        "edit_comment",
        shapes.CommentShape,
        tag="comments",
        body=shapes.CommentTextShape,
        problems=(400, 401, 403, 404, 409, 415, 429),
    )
    def patch(self, request: Request, comment_id: int) -> HttpResponseBase:
        """Changes your comment, for 15 minutes and until it is answered."""
        reader, text = signed_in(request), given.text(request, "text", most=LONGEST)
        now = timezone.now()
        _tried("text", lambda: commenting.edit(comment_id, text, by=reader, now=now))
        return _comment(request, comment_id)

    @operation("delete_comment", shapes.CommentShape, tag="comments", problems=(401, 403, 404))
    def delete(self, request: Request, comment_id: int) -> HttpResponseBase:
        """Deletes your words, at any time; answers to them stay."""
        reader, now = signed_in(request), timezone.now()
        _tried("", lambda: commenting.delete(comment_id, by=reader, now=now))
        return _comment(request, comment_id)


class Report(View):
    permission_classes = [IsAuthenticated]
    limits: ClassVar = {"POST": commenting.REPORTING}

    @operation(
        "report_comment",
        shapes.ReportedShape,
        tag="comments",
        body=shapes.ReportShape,
        problems=(400, 401, 403, 404, 409, 415, 422, 429),
    )
    @once
    def post(self, request: Request, comment_id: int) -> HttpResponseBase:
        """Asks the moderators to look at a comment; a second time changes nothing."""
        reader, why, now = (
            signed_in(request),
            given.text(request, "why", most=commenting.LONGEST_WHY),
            timezone.now(),
        )
        _tried("why", lambda: commenting.report(comment_id, why, by=reader, now=now))
        return answer_json(request, {"reported": True})


def comment_json(one: CommentView, *, signed_in: bool) -> Json:
    """A comment; `can` only where somebody is signed in."""
    author = {
        "name": one.author,
        "slug": one.slug or None,
        "url": site_address(f"/comments/by/{one.slug}") if one.slug else None,
    }
    told = {
        "id": one.id,
        "parent": one.parent,
        "url": site_address(one.path),
        "stands": one.stands,
        "reason": one.reason or None,
        "author": author if one.author else None,
        "by_author": one.wrote_it,
        "text": one.text or None,
        "html": one.html or None,
        "created_at": one.created_at,
        "edited_at": one.edited_at,
    }
    can = {
        "answer": one.can_answer,
        "edit": one.can_edit,
        "delete": one.can_delete,
        "report": one.can_report,
    }
    return told | {"can": can} if signed_in else told


def _comment(request: Request, comment_id: int) -> HttpResponseBase:
    reader = viewer(request)
    found = one_comment(comment_id, viewer=reader, now=timezone.now())
    if found is None:
        raise NotFound(f"There is no comment {comment_id}.")
    return answer_json(request, comment_json(found, signed_in=reader is not None))


def _tried(field: str, act: Callable[[], Done]) -> Done:
    """Does it; a refusal becomes the answer that says so, at the field to blame."""
    try:
        return act()
    except commenting.Unknown:
        raise NotFound("There is no such comment.") from None
    except commenting.TooOften as refused:
        raise Throttled(refused.seconds, str(refused)) from None
    except commenting.NotAllowed as refused:
        raise PermissionDenied(str(refused)) from None
    except commenting.TooLate as refused:
        raise TooLate(str(refused)) from None
    except (commenting.Refused, NoName) as refused:
        raise Conflict(str(refused), field) from None


def _parent(request: Request, paper: PaperView) -> int | None:
    """The comment to answer, which is one on this paper."""
    parent = given.whole_number(request, "parent", _LARGEST)
    if parent is None:
        return None
    place = page_of(parent)
    if place is None or place[0] != paper.key:
        raise Conflict("parent takes the id of a comment on this paper.", "parent")
    return parent


def _cursor(request: Request) -> int | None:
    text = given.asked_number(request, "cursor")
    if text is None:
        return None
    if text.isascii() and text.isdecimal() and len(text) < 19 and int(text):
        return int(text)
    raise ValidationError({"cursor": ["cursor takes the `next_cursor` of the page before."]})
