"""What curators say of one paper's tags, as JSON, and taken back for a day."""

from typing import Any

from django.core import signing
from django.http.response import HttpResponseBase
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from feeds.api import given
from feeds.api.base import View, answer_json, signed_in
from feeds.api.once import once
from feeds.api.operations import operation
from feeds.api.shapes import Shape
from feeds.desk import paper_tags
from feeds.desk.paper_tags import Word
from feeds.tag_decisions import NoTag

LONGEST = 100
_SALT = "tag-word"
_DAY = 24 * 3600


class TagGiveShape(Shape):
    name = serializers.RegexField(
        r"[A-Za-z0-9]", max_length=LONGEST, help_text="A tag's name or slug, or a new name."
    )


class TagSaidShape(Shape):
    said = serializers.CharField(help_text="What came of it, in a sentence.")
    undo = serializers.CharField(
        allow_null=True,
        help_text="What takes it back within a day; null where nothing was changed.",
    )


class TagUndoShape(Shape):
    undo = serializers.CharField(max_length=4000, help_text="As it was answered.")


class CuratorsView(View):
    """For curators of any feed: to others it is not there."""

    permission_classes = [IsAuthenticated]
    writing = "curate"

    def check_permissions(self, request: Request) -> None:
        super().check_permissions(request)
        user: Any = request.user
        if not (user.is_staff or paper_tags.curates(user.pk)):
            raise NotFound(f"There is nothing at {request.path}.")


class PaperTags(CuratorsView):
    @operation(
        "give_tag",
        TagSaidShape,
        tag="curating",
        body=TagGiveShape,
        problems=(400, 401, 403, 404, 409, 415, 422),
    )
    @once
    def post(self, request: Request, key: str) -> HttpResponseBase:
        """The paper carries the tag from now on, whatever digests and taggers say."""
        name = given.text(request, "name", most=LONGEST)
        paper = given.paper(key, signed_in(request)).id
        user: Any = request.user
        try:
            said, word = paper_tags.give(paper, name, who=user.get_full_name() or "a curator")
        except NoTag as refused:
            raise ValidationError({"name": [str(refused)]}) from None
        return _said(request, said, word)


class PaperTag(CuratorsView):
    @operation("deny_tag", TagSaidShape, tag="curating", problems=(401, 403, 404))
    def delete(self, request: Request, key: str, slug: str) -> HttpResponseBase:
        """The paper does not carry the tag from now on, whoever says so."""
        reader = signed_in(request)
        paper = given.paper(key, reader).id
        try:
            said, word = paper_tags.deny(paper, slug, by=reader)
        except NoTag as unknown:
            raise NotFound(str(unknown)) from None
        return _said(request, said, word)


class TagUndo(CuratorsView):
    @operation(
        "undo_tag",
        TagSaidShape,
        tag="curating",
        body=TagUndoShape,
        problems=(400, 401, 403, 404, 409, 415, 422),
    )
    @once
    def post(self, request: Request, key: str) -> HttpResponseBase:
        """Takes your yes or no to a tag back: what was, is again."""
        reader, token = signed_in(request), given.text(request, "undo", most=4000)
        paper = given.paper(key, reader).id
        try:
            by, word = signing.loads(token, salt=_SALT, max_age=_DAY)
        except signing.BadSignature:
            by, word = None, None
        if word is None or by != reader or word["before"]["paper"] != paper:
            raise given.Conflict("That can be taken back no longer. Say the contrary.", "undo")
        with given.conflicts("undo", paper_tags.Overtaken):
            said = paper_tags.take_back(word)
        return _said(request, said, None)


def _said(request: Request, said: str, word: Word | None) -> HttpResponseBase:
    undo = signing.dumps((signed_in(request), word), salt=_SALT) if word else None
    return answer_json(request, {"said": said, "undo": undo})
