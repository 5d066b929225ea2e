"""What people gave and keep, in the admin: read there, and decided on at the desk.

What is private to a person (a collection that is theirs alone, what they hid) is listed by its
owner and name, for an operator who was asked about it; nobody changes it here.
"""

from django.contrib import admin

from feeds.feed_admin import ReadOnly
from feeds.models import Claim, Collection, Mark, Submission


@admin.register(Submission)
class SubmissionAdmin(ReadOnly[Submission]):
    list_display = ("made_at", "title", "name", "state", "made_by", "decided_by")
    list_filter = ("state",)
    list_select_related = ("made_by", "decided_by")
    search_fields = ("=name", "=made_by__email")
    search_help_text = "A whole name (arxiv:2404.01234) or address"


@admin.register(Collection)
class CollectionAdmin(ReadOnly[Collection]):
    list_display = ("name", "slug", "owner", "visibility", "created_at")
    list_filter = ("visibility",)
    list_select_related = ("owner",)
    search_fields = ("=slug", "=owner__email")
    search_help_text = "The end of its address, or its owner's whole address"


@admin.register(Mark)
class MarkAdmin(ReadOnly[Mark]):
    list_display = ("user", "paper", "read_at", "hidden_at")
    list_select_related = ("user", "paper")
    search_fields = ("=user__email", "=paper__key")
    search_help_text = "A whole address, or a paper's whole key"


@admin.register(Claim)
class ClaimAdmin(ReadOnly[Claim]):
    list_display = ("made_at", "author", "paper", "user", "state", "decided_by")
    list_filter = ("state",)
    list_select_related = ("paper", "user", "decided_by")
    search_fields = ("=user__email", "=paper__key")
    search_help_text = "A whole address, or a paper's whole key"
