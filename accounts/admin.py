"""Who ordered what, and what was sent: the ledger is read here, not rewritten."""

from collections.abc import Sequence
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts import subscribing
from accounts.erasing import erase
from accounts.models import Delivery, RoleAct, Subscription, User


class ReadOnly:
    """Rows that only the site itself writes."""

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    """Roles are read here. They are given at the desk (/desk/people), which keeps who did it."""

    list_display = ("email", "name", "is_active", "is_moderator", "is_staff", "is_superuser")
    search_fields = ("email", "name")
    fields = (
        "email", "name", "is_active", "is_moderator", "is_staff", "is_superuser", "date_joined",
    )  # fmt: skip
    readonly_fields = ("is_active", "is_moderator", "is_staff", "is_superuser", "date_joined")
    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody deletes an admin, so that one is left: the role is taken first."""
        may = super().has_delete_permission(request, obj)
        return may and not (obj and obj.is_superuser)

    def get_deleted_objects(
        self, objs: Sequence[User] | QuerySet[User], request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
        """What goes with the accounts is their people's: read-only tables do not keep it."""
        gone, counts, _needed, protected = super().get_deleted_objects(objs, request)
        needed = {"admin"} if any(one.is_superuser for one in objs) else set()
        return gone, counts, needed, protected

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        erase(obj.pk, timezone.now())

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for person in list(queryset.values_list("pk", flat=True)):
            erase(person, timezone.now())


@admin.register(RoleAct)
class RoleActAdmin(ReadOnly, admin.ModelAdmin[RoleAct]):
    list_display = ("made_at", "person", "what", "given", "made_by", "by_command")
    list_filter = ("what", "given")
    list_select_related = ("person", "made_by")
    show_full_result_count = False


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnly, admin.ModelAdmin[LogEntry]):
    """What was changed in these tables, by whom. What is decided at the desk is kept there."""

    list_display = ("action_time", "user", "content_type", "object_repr", "action_flag")
    list_filter = ("action_flag", "content_type")
    list_select_related = ("user", "content_type")
    date_hierarchy = "action_time"
    show_full_result_count = False


admin.site.unregister(Authenticator)


@admin.register(Authenticator)
class SecondFactorAdmin(ReadOnly, admin.ModelAdmin[Authenticator]):
    """What opens it is not shown. It is ended at the desk (/desk/people), which keeps who did."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    list_select_related = ("user",)
    fields = ("user", "type", "created_at", "last_used_at")
    show_full_result_count = False


@admin.register(Subscription)
class SubscriptionAdmin(ReadOnly, admin.ModelAdmin[Subscription]):
    list_display = (
        "email", "query", "cadence", "hour", "timezone", "confirmed_at", "paused_until", "ended_at",
    )  # fmt: skip
    list_filter = (
        "cadence",
        ("confirmed_at", admin.EmptyFieldListFilter),
        ("ended_at", admin.EmptyFieldListFilter),
    )
    search_fields = ("=email",)
    search_help_text = "A whole address"
    show_full_result_count = False
    actions = ("end",)

    def has_end_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("accounts.change_subscription")

    @admin.action(description="End: send nothing more", permissions=["end"])
    def end(self, request: HttpRequest, orders: QuerySet[Subscription]) -> None:
        running = list(orders.filter(ended_at__isnull=True).values_list("uid", flat=True))
        for uid in running:
            subscribing.end(uid, timezone.now())
        self.message_user(request, f"{len(running)} ended.")


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly, admin.ModelAdmin[Delivery]):
    list_display = ("period", "subscription", "state", "edition", "tries", "sent_at", "error")
    list_filter = ("state",)
    list_select_related = ("subscription",)
    search_fields = ("=subscription__email",)
    search_help_text = "A whole address"
    date_hierarchy = "period"
    show_full_result_count = False
