"""The curator's tables. What the ledger and the digests say is read here, not rewritten."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from feeds.feed_admin import FeedAdmin
from feeds.models import Digest, Listing, Paper, PaperTag, PenName, Tag
from feeds.people_admin import ClaimAdmin, CollectionAdmin, MarkAdmin, SubmissionAdmin
from feeds.source_admin import SourceAdmin
from feeds.standing import joined_away

__all__ = [
    "ClaimAdmin",
    "CollectionAdmin",
    "FeedAdmin",
    "MarkAdmin",
    "SourceAdmin",
    "SubmissionAdmin",
]


class ListingInline(admin.TabularInline[Listing, Paper]):
    model = Listing
    extra = 0
    can_delete = False
    readonly_fields = ("source", "digest", "date", "position", "votes", "comments")

    def has_add_permission(self, request: HttpRequest, obj: Paper | None = None) -> bool:
        return False


class PaperTagInline(admin.TabularInline[PaperTag, Paper]):
    model = PaperTag
    extra = 0
    autocomplete_fields = ("tag",)


@admin.register(Paper)
class PaperAdmin(admin.ModelAdmin[Paper]):
    list_display = ("title_text", "key", "created_at", "dropped_at")
    list_filter = (("dropped_at", admin.EmptyFieldListFilter),)
    search_fields = ("key", "title_text")
    show_full_result_count = False
    fields = (
        "key", "title", "abstract", "summary", "authors", "arxiv_id", "doi", "published_at",
        "code_url", "code_stars", "project_url", "organization", "dropped_at",
    )  # fmt: skip
    readonly_fields = tuple(name for name in fields if name != "summary")
    inlines = (PaperTagInline, ListingInline)
    actions = ("drop", "restore")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.action(description="Drop: show at no output")
    def drop(self, request: HttpRequest, papers: QuerySet[Paper]) -> None:
        count = papers.filter(dropped_at__isnull=True).update(dropped_at=timezone.now())
        self.message_user(request, f"{count} dropped. “Restore” brings them back.")

    @admin.action(description="Restore")
    def restore(self, request: HttpRequest, papers: QuerySet[Paper]) -> None:
        dropped = papers.filter(dropped_at__isnull=False).exclude(pk__in=joined_away())
        count = dropped.update(dropped_at=None)
        self.message_user(request, f"{count} restored.")


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin[Tag]):
    list_display = ("name", "slug", "kind")
    list_filter = ("kind",)
    search_fields = ("name", "slug")


@admin.register(Digest)
class DigestAdmin(admin.ModelAdmin[Digest]):
    list_display = ("date", "source", "name", "parser", "fetched_at", "ingested_at")
    list_filter = ("source", "parser")
    date_hierarchy = "date"
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Digest | None = None) -> bool:
        return False


@admin.register(PenName)
class PenNameAdmin(admin.ModelAdmin[PenName]):
    """For names that nobody should bear: readers choose theirs once."""

    list_display = ("name", "slug")
    search_fields = ("name", "slug")
    readonly_fields = ("user",)
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
