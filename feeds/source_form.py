"""One form for a source and its plugin's settings, with the errors where they belong."""

from typing import Any

from django import forms
from django.forms.utils import pretty_name

from feeds.models import Source
from feeds.sources.base import SourcePlugin, WrongSettings, checked

PREFIX = "setting_"
# The columns that are an operator's; the others are written by runs.
SETTINGS = ("name", "slug", "plugin", "settings", "every", "enabled")


class SourceForm(forms.ModelForm[Source]):
    """What all sources have; `form_of` adds a plugin's settings."""

    plugin: SourcePlugin

    class Meta:
        model = Source
        fields = ("name", "slug", "every", "enabled")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        known = self.instance.settings.items()
        self.initial.update({f"{PREFIX}{name}": value for name, value in known})

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        given = {name: cleaned.get(f"{PREFIX}{name}") for name in self.plugin.form().fields}
        given = {name: value for name, value in given.items() if value not in (None, "")}
        try:
            checked(self.plugin, given)
        except WrongSettings as wrong:
            for name, texts in wrong.errors.items():
                self.add_error(f"{PREFIX}{name}", texts)
        self.instance.plugin, self.instance.settings = self.plugin.name, given
        return cleaned


def form_of(plugin: SourcePlugin) -> type[SourceForm]:
    """The form of a source of this kind."""
    shown = {f"{PREFIX}{name}": _AsGiven(name, each) for name, each in _fields(plugin).items()}
    return type("SourceForm", (SourceForm,), {"plugin": plugin, **shown})


def names_of(plugin: SourcePlugin) -> list[str]:
    """The form's names for the plugin's settings."""
    return [f"{PREFIX}{name}" for name in _fields(plugin)]


def _fields(plugin: SourcePlugin) -> dict[str, forms.Field]:
    return plugin.form().fields


class _AsGiven(forms.Field):
    """Shows a setting, and leaves it to the plugin's own form to judge it."""

    def __init__(self, name: str, field: forms.Field) -> None:
        super().__init__(
            required=field.required,
            widget=field.widget,
            label=field.label or pretty_name(name),
            help_text=field.help_text,
        )

    def clean(self, value: Any) -> Any:
        return value
