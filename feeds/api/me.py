"""Who asks, as JSON."""

from typing import Any

from django.http.response import HttpResponseBase
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from feeds.api.base import View, answer_json, signed_in
from feeds.api.operations import operation
from feeds.api.shapes import Shape
from feeds.asked import site_address
from feeds.desk.feeds import curated_by
from feeds.pen_names import pen_name
from feeds.shown_names import page_of

ROLES = ("curator", "moderator", "admin")


class KeyShape(Shape):
    name = serializers.CharField()
    begins = serializers.CharField(help_text="Its first characters.")
    scopes = serializers.ListField(child=serializers.ChoiceField(("read", "write", "curate")))
    expires_at = serializers.DateTimeField(allow_null=True)


class MeShape(Shape):
    name = serializers.CharField(allow_null=True, help_text="What others see; null: none yet.")
    url = serializers.URLField(allow_null=True, help_text="Your page.")
    roles = serializers.ListField(
        child=serializers.ChoiceField(ROLES), help_text="Yours on the whole site."
    )
    curates = serializers.ListField(
        child=serializers.CharField(), help_text="The slugs of the feeds that you curate."
    )
    key = KeyShape(allow_null=True, help_text="The key by which you ask; null in a session.")


class Me(View):
    permission_classes = [IsAuthenticated]

    @operation("me", MeShape, tag="me", problems=(401, 403))
    def get(self, request: Request) -> HttpResponseBase:
        """Who you are here, and what your key may do."""
        reader, user = signed_in(request), request.user
        page = page_of(reader)
        told = {
            "name": pen_name(reader) or None,
            "url": site_address(page) if page else None,
            "roles": _roles(user),
            "curates": [feed.slug for feed in curated_by(reader, staff=False)],
            "key": _key(request.auth),
        }
        return answer_json(request, told)


def _roles(user: Any) -> list[str]:
    holds = zip(ROLES, (user.is_staff, user.moderates, user.is_superuser), strict=True)
    return [role for role, held in holds if held]


def _key(key: Any) -> dict[str, Any] | None:
    if key is None:
        return None
    return {
        "name": key.name,
        "begins": key.prefix,
        "scopes": key.scopes,
        "expires_at": key.expires_at,
    }
