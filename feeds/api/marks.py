"""What one keeps of a paper, as JSON: saved, read, hidden, less like it."""

from collections.abc import Callable
from datetime import datetime

from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from feeds import collected, collecting, marking
from feeds.api import given
from feeds.api.base import View, answer_json, signed_in
from feeds.api.operations import operation
from feeds.api.render import paper_json
from feeds.api.shapes import PaperShape, Shape

_Act = Callable[[int, int, datetime], object]
# What gives each mark to a paper for a reader, and what takes it back.
_ACTS: dict[str, tuple[_Act, _Act]] = {
    "saved": (
        lambda paper, reader, _: collecting.save(paper, reader),
        lambda paper, reader, _: collecting.unsave(paper, reader),
    ),
    "read": (marking.mark_read, lambda paper, reader, _: marking.mark_unread(paper, reader)),
    "hidden": (marking.hide, lambda paper, reader, _: marking.unhide(paper, reader)),
    "less": (marking.want_less, lambda paper, reader, _: marking.want_as_before(paper, reader)),
}
_MARK = OpenApiParameter(
    "mark",
    {"type": "string", "enum": [*_ACTS]},
    location=OpenApiParameter.PATH,
    description="saved: it is in your main collection; read; hidden: your lists leave it out; "
    "less: your own order (`sort=for_you`) brings less like it.",
)


class MarksShape(Shape):
    saved = serializers.BooleanField()
    read = serializers.BooleanField()
    hidden = serializers.BooleanField()
    less = serializers.BooleanField()


class HiddenShape(Shape):
    papers = PaperShape(many=True)


class Mark(View):
    permission_classes = [IsAuthenticated]

    @operation(
        "mark_paper",
        MarksShape,
        tag="marks",
        parameters=[_MARK],
        problems=(401, 403, 404, 409),
    )
    def put(self, request: Request, key: str, mark: str) -> HttpResponseBase:
        """Saves the paper, marks it as read, hides it, or asks for less like it; a second time
        changes nothing.
        """
        return _marked(request, key, mark, given_now=True)

    @operation(
        "unmark_paper", MarksShape, tag="marks", parameters=[_MARK], problems=(401, 403, 404)
    )
    def delete(self, request: Request, key: str, mark: str) -> HttpResponseBase:
        """Takes that back."""
        return _marked(request, key, mark, given_now=False)


class Hidden(View):
    permission_classes = [IsAuthenticated]

    @operation("list_hidden", HiddenShape, tag="marks", problems=(401, 403))
    def get(self, request: Request) -> HttpResponseBase:
        """The 50 papers that you hid last."""
        found = collected.hidden_by(signed_in(request))
        papers = [paper_json(paper, signed_in=True) for paper in found]
        return answer_json(request, {"papers": papers})


def _marked(request: Request, key: str, mark: str, *, given_now: bool) -> HttpResponseBase:
    reader = signed_in(request)
    if mark not in _ACTS:
        raise NotFound(f"A paper is {', '.join(_ACTS)}: there is no other mark.")
    act, take_back = _ACTS[mark]
    paper = given.paper(key, reader)
    with given.conflicts("", collecting.CannotCollect):
        (act if given_now else take_back)(paper.id, reader, timezone.now())
    now = given.paper(key, reader)
    told = {"saved": now.saved, "read": now.read, "hidden": now.hidden, "less": now.less}
    return answer_json(request, told)
