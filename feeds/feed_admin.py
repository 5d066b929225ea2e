"""Feeds in the admin: what they are, who is in them, and what was done at their desks.

Questions, placings and editions are the desk's: it knows the rules, and keeps each act.
"""
# ruff: noqa: ARG002 (Django gives more than it needs)

from typing import TypeVar

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from feeds.desk import feeds
from feeds.models import DeskAct, Edition, Feed, FeedMember

Row = TypeVar("Row", bound=Model)


class MemberInline(admin.TabularInline[FeedMember, Feed]):
    model = FeedMember
    extra = 0
    raw_id_fields = ("user",)


@admin.register(Feed)
class FeedAdmin(admin.ModelAdmin[Feed]):
    list_display = ("name", "slug", "visibility", "reviewed", "created_at")
    list_filter = ("visibility", "reviewed")
    search_fields = ("name", "slug")
    readonly_fields = ("slug", "query", "constants", "created_at")
    inlines = (MemberInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def delete_model(self, request: HttpRequest, obj: Feed) -> None:
        feeds.delete(obj.pk, timezone.now())

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Feed]) -> None:
        for row in queryset:
            feeds.delete(row.pk, timezone.now())


class ReadOnly(admin.ModelAdmin[Row]):
    """What the desk wrote is read here, and stays."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False


@admin.register(Edition)
class EditionAdmin(ReadOnly[Edition]):
    list_display = ("feed", "period", "date", "published_at", "closed_at")
    list_filter = ("feed", "period")
    list_select_related = ("feed",)


@admin.register(DeskAct)
class DeskActAdmin(ReadOnly[DeskAct]):
    list_display = ("made_at", "feed", "period", "date", "kind", "made_by", "undone_at")
    list_filter = ("feed", "kind")
    list_select_related = ("feed", "made_by")
