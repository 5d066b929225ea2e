"""What one follows and hides, as JSON."""

from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from feeds import followed, following, reading
from feeds.api import given
from feeds.api.base import View, answer_json, signed_in
from feeds.api.once import once
from feeds.api.operations import operation
from feeds.api.render import tag_json
from feeds.api.shapes import Shape, TagShape
from feeds.asked import site_address
from feeds.query import QueryError, parse

_HELP = "A list's terms, like `tag=diffusion` or `author=Ada+Lovelace&has=code`."
_QUERY = OpenApiParameter(
    "query",
    {"type": "string", "maxLength": following.LONGEST},
    required=True,
    description=_HELP,
)


class FollowedShape(Shape):
    kind = serializers.ChoiceField(("tag", "author", "list"))
    query = serializers.CharField(help_text="By which it is left again.")
    url = serializers.URLField(help_text="The list of its papers.")


class FollowingShape(Shape):
    following = FollowedShape(many=True)
    hidden_tags = TagShape(many=True, help_text="Whose papers your lists leave out.")


class FollowShape(Shape):
    query = serializers.CharField(max_length=following.LONGEST, help_text=_HELP)


class Following(View):
    permission_classes = [IsAuthenticated]

    @operation("list_following", FollowingShape, tag="following", problems=(401, 403))
    def get(self, request: Request) -> HttpResponseBase:
        """What you follow: tags, authors, lists; and the tags that you hid. `/papers?in=following`
        gives the papers.
        """
        return _following(request)

    @operation(
        "follow",
        FollowingShape,
        tag="following",
        body=FollowShape,
        problems=(400, 401, 403, 404, 409, 415, 422),
    )
    @once
    def post(self, request: Request) -> HttpResponseBase:
        """Follows a tag, an author or a list; a second time changes nothing."""
        reader = signed_in(request)
        text = given.text(request, "query", most=following.LONGEST)
        parse(text)
        with given.conflicts("query", following.CannotFollow):
            following.follow(text, reader, timezone.now())
        return _following(request)

    @operation(
        "unfollow",
        FollowingShape,
        tag="following",
        parameters=[_QUERY],
        problems=(400, 401, 403, 409),
    )
    def delete(self, request: Request) -> HttpResponseBase:
        """Follows it no more, if you did."""
        reader, text = signed_in(request), request.query_params.get("query")
        if text is None or len(text) > following.LONGEST:
            raise QueryError("query", "query takes the terms of what you follow.")
        parse(text)
        with given.conflicts("query", following.CannotFollow):
            following.unfollow(text, reader)
        return _following(request)


class HiddenTag(View):
    permission_classes = [IsAuthenticated]

    @operation("hide_tag", FollowingShape, tag="following", problems=(401, 403, 404, 409))
    def put(self, request: Request, slug: str) -> HttpResponseBase:
        """Leaves papers of the tag out of your lists and mails; you follow it no more."""
        reader = signed_in(request)
        with given.conflicts("", following.CannotFollow):
            following.hide_tag(_tag(slug), reader, timezone.now())
        return _following(request)

    @operation("show_tag", FollowingShape, tag="following", problems=(401, 403, 404))
    def delete(self, request: Request, slug: str) -> HttpResponseBase:
        """Your lists bring papers of the tag again."""
        following.show_tag(_tag(slug), signed_in(request))
        return _following(request)


def _tag(slug: str) -> str:
    found = reading.tag(slug)
    if found is None:
        raise NotFound(f"No tag is called {slug}; /api/v1/tags lists them all.")
    return found.slug


def _following(request: Request) -> HttpResponseBase:
    reader = signed_in(request)
    rows = [
        {"kind": one.kind, "query": one.text, "url": site_address(f"/?{one.text}")}
        for one in followed.followed_by(reader)
    ]
    hidden = [tag_json(tag) for tag in followed.tags_hidden_by(reader)]
    return answer_json(request, {"following": rows, "hidden_tags": hidden})
