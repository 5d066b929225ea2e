"""The curator's table of sources: what is fetched, how it fares, and its settings."""

from functools import partial
from inspect import getdoc
from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import linebreaks

from feeds import fetching, tasks
from feeds.health import condition, health
from feeds.models import Source
from feeds.source_form import SETTINGS, SourceForm, form_of, names_of
from feeds.sources.base import SourcePlugin, sources

RECORD = (
    "last_success_at", "last_error_at", "last_error", "failures", "next_run_at", "stopped_at",
)  # fmt: skip


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin[Source]):
    list_display = ("name", "slug", "kind", "condition", "health")
    list_filter = ("plugin", "enabled", ("stopped_at", admin.EmptyFieldListFilter))
    search_fields = ("name", "slug")
    actions = ("run_now",)
    readonly_fields = ("kind", "health", *RECORD)

    @admin.display(description="kind", ordering="plugin")
    def kind(self, source: Source) -> str:
        if not source.plugin:
            return "by hand"
        known = source.plugin in sources.names()
        return sources.get(source.plugin).label if known else f"{source.plugin} (gone)"

    @admin.display(description="condition")
    def condition(self, source: Source) -> str:
        return condition(source, timezone.now())

    @admin.display(description="how it fares")
    def health(self, source: Source) -> str:
        return health(source, timezone.now(), sent_to=source.plugin in fetching.sent_to())

    @admin.action(description="Run now (starts those again that stopped)")
    def run_now(self, request: HttpRequest, chosen: QuerySet[Source]) -> None:
        ids = list(chosen.exclude(plugin__in=fetching.sent_to()).values_list("id", flat=True))
        started = fetching.restart(ids, timezone.now())
        transaction.on_commit(partial(_ring, ids))
        others = chosen.count() - started
        rest = f" {others} fetch nothing, or are switched off." if others else ""
        self.message_user(request, f"{started} start now.{rest}")

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Asks for the kind first: each has settings of its own."""
        if _chosen(request, None) is not None or not self.has_add_permission(request):
            return super().add_view(request, form_url, extra_context)
        context = self.admin_site.each_context(request) | {
            "title": "What is to be fetched?",
            "kinds": [(plugin.name, plugin.label, getdoc(plugin)) for plugin in sources.all()],
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/feeds/source_kinds.html", context)

    def get_form(
        self, request: HttpRequest, obj: Source | None = None, change: bool = False, **given: Any
    ) -> type[forms.ModelForm[Source]]:
        plugin = _chosen(request, obj)
        if plugin is not None:
            given["form"] = form_of(plugin)
        return super().get_form(request, obj, change, **given)

    def get_fieldsets(self, request: HttpRequest, obj: Source | None = None) -> Any:
        plugin = _chosen(request, obj)
        common: tuple[str, ...] = ("name", "slug")
        if plugin is None:
            return [(None, {"fields": common})]
        common += (*(("every",) if plugin.every else ()), "enabled")
        description = linebreaks(getdoc(plugin) or "")
        shown = [
            (None, {"fields": common}),
            (plugin.label, {"fields": names_of(plugin), "description": description}),
        ]
        return [*shown, ("Health", {"fields": ("health", *RECORD)})] if obj else shown

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        plugin = _chosen(request, None)
        every = {"every": plugin.every} if plugin is not None and plugin.every else {}
        return super().get_changeform_initial_data(request) | every

    def save_model(
        self, request: HttpRequest, obj: Source, form: forms.BaseForm, change: bool
    ) -> None:
        """What was changed is tried at once; what a run writes meanwhile is left alone."""
        if not change:
            super().save_model(request, obj, form, change)
            return
        tried = isinstance(form, SourceForm) and form.changed_data
        obj.next_run_at = None if tried else obj.next_run_at
        obj.save(update_fields=[*SETTINGS, "next_run_at"] if tried else SETTINGS)


def _chosen(request: HttpRequest, source: Source | None) -> SourcePlugin | None:
    """The kind of the source, or the one that was chosen for a new one."""
    name = source.plugin if source is not None else request.GET.get("plugin", "")
    return sources.get(name) if name in sources.names() else None


def _ring(source_ids: list[int]) -> None:
    for source_id in source_ids:
        tasks.run_source.delay(source_id)
