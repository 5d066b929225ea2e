"""Who ordered what, and what was sent: the ledger is read here, not rewritten."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts import subscribing
from accounts.models import Delivery, Subscription, User


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
    list_display = ("email", "name", "is_active", "is_staff", "date_joined")
    search_fields = ("email", "name")
    fields = ("email", "name", "is_active", "is_staff", "is_superuser", "groups", "date_joined")
    readonly_fields = ("date_joined",)


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
