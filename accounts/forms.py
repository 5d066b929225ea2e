"""What people fill in to order papers by mail."""

from dataclasses import replace
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.channels.base import channels
from accounts.models import Cadence
from accounts.subscribing import question
from feeds.query import FOR_YOU, SORTS, QueryError, parse
from feeds.rankers.base import order_label
from feeds.web.addresses import filters_of

GAPS = [
    ("15", _("15 minutes")),
    ("60", _("an hour")),
    ("180", _("3 hours")),
    ("360", _("6 hours")),
]
HOURS = [(hour, f"{hour}:00") for hour in range(24)]
NOT_PLACES = ("Etc", "SystemV", "US", "posix", "right")


@cache
def zones() -> list[tuple[str | Promise, list[tuple[str, str]]]]:
    """Every time zone that is named after a place, by part of the world; UTC first."""
    parts: dict[str, list[tuple[str, str]]] = {}
    for zone in sorted(available_timezones()):
        part, slash, place = zone.partition("/")
        if slash and part not in NOT_PLACES:
            parts.setdefault(part, []).append((zone, place.replace("_", " ").replace("/", ", ")))
    return [(_("Everywhere"), [("UTC", "UTC")]), *parts.items()]


def ways() -> list[tuple[str, str | Promise]]:
    """The channels, as one chooses among them; mail first."""
    found = [(channel.name, channel.label) for channel in channels.all()]
    return sorted(found, key=lambda way: way[0] != "email")


def sorts() -> list[tuple[str, str]]:
    """The orders in which papers come."""
    return [(sort, order_label(sort)) for sort in (*SORTS, FOR_YOU)]


class ZoneField(forms.ChoiceField):
    """A time zone; the one that is set stays to be chosen, whatever it is called."""

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        bound = super().get_bound_field(form, field_name)
        now = str(bound.value() or "")
        listed = any(now == zone for _, places in zones() for zone, _ in places)
        if now in available_timezones() and not listed:
            self.choices = [*zones(), (_("As it is set"), [(now, now)])]
        return bound

    def valid_value(self, value: Any) -> bool:
        return str(value) in available_timezones()


class Rhythm(forms.Form):
    """When the mail comes."""

    cadence = forms.ChoiceField(label=_("How often"), choices=Cadence.choices)
    hour = forms.TypedChoiceField(label=pgettext_lazy("hour", "At"), choices=HOURS, coerce=int)
    timezone = ZoneField(label=_("In the time of"), choices=zones)

    def rhythm(self) -> list[forms.BoundField]:
        return [self["cadence"], self["hour"], self["timezone"]]


class Subscribing(Rhythm):
    """An order as a list's form sends it: what is not said is as the settings have it."""

    email = forms.EmailField(
        label=_("Your email address"),
        max_length=254,
        error_messages={
            "required": _("Write the address that the papers shall go to."),
            "invalid": _("This is no mail address; one looks like you@example.org."),
        },
        widget=forms.EmailInput(
            attrs={"autocomplete": "email", "placeholder": _("you@example.org")}
        ),
    )
    query = forms.CharField(label=_("Which papers"), required=False, max_length=4000)

    def __init__(self, data: Any = None, *, reader: int | None = None, **given: Any) -> None:
        """`reader` is the user who asks, where one is signed in."""
        super().__init__(_filled(data) if data is not None else None, **given)
        self._reader = reader

    def clean_query(self) -> str:
        try:
            return question(self.cleaned_data["query"], self._reader)
        except QueryError as error:
            raise forms.ValidationError(str(error)) from error


def _choice(
    label: Any, *choices: tuple[str, str | Promise], coerce: Any = str
) -> forms.TypedChoiceField:
    """One that may be left out: then it stays as it is."""
    return forms.TypedChoiceField(label=label, choices=choices, coerce=coerce, required=False)


def _is_yes(said: str) -> bool:
    return said == "yes"


class Changing(Rhythm):
    """What a person may change in an order of theirs."""

    most = forms.IntegerField(label=_("Papers at most"), min_value=1, max_value=100)
    sort = forms.TypedChoiceField(label=_("In the order of"), choices=sorts, required=False)
    breadth = _choice(
        _("If there are more"),
        ("no", _("the first of that order")),
        ("yes", _("those that cover the most topics")),
        coerce=_is_yes,
    )
    skip_seen = _choice(
        _("A paper that came before"),
        ("yes", _("does not come again")),
        ("no", _("may come again")),
        coerce=_is_yes,
    )
    skip_empty = _choice(
        _("When nothing is new"),
        ("yes", _("no mail comes")),
        ("no", _("a mail says so")),
        coerce=_is_yes,
    )
    gap = _choice(_("As papers come in, between mails"), *GAPS, coerce=int)
    daily_most = forms.IntegerField(
        label=_("As papers come in, at most a day"), min_value=1, max_value=24, required=False
    )
    channel = forms.ChoiceField(label=_("It comes"), choices=ways, required=False)
    target = forms.CharField(
        label=_("To the ntfy topic"),
        required=False,
        max_length=200,
        help_text=_("A name that nobody guesses: who knows it reads along."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "https://ntfy.sh/…"}),
    )
    language = _choice(_("In the language"), *settings.LANGUAGES)
    paused_until = forms.DateField(
        label=_("Pause until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if (name := said.get("channel")) and "target" in said:
            try:
                said["target"] = channels.get(name).check(said["target"])
            except ValueError as error:
                self.add_error("target", str(error))
        return said

    def changes(self, query: str) -> dict[str, Any]:
        """What the form says of the order with this query; what it does not say stays."""
        kept = {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
        kept["paused_until"] = self.cleaned_data["paused_until"]
        kept.pop("target", None)
        if "channel" in kept:
            kept["target"] = self.cleaned_data["target"]
        sort = kept.pop("sort", "")
        if sort and (asked := _sorted(query, sort)) != query:
            kept["query"] = asked
        return kept

    def where(self) -> list[forms.BoundField]:
        """On which channel it comes, and where to."""
        return [self["channel"], self["target"]]

    def rest(self) -> list[forms.BoundField]:
        """What is changed seldom."""
        names = ("sort", "breadth", "skip_seen", "skip_empty", "gap", "daily_most", "language")
        return [self[name] for name in names]


def _sorted(query: str, sort: str) -> str:
    """The stored query in another order; one that cannot be read stays as it is."""
    try:
        return filters_of(replace(parse(query), sort=sort))
    except QueryError:
        return query


def usual() -> dict[str, Any]:
    """When mail comes unless somebody says otherwise."""
    return {
        "cadence": Cadence.WEEKDAYS.value,
        "hour": settings.DEFAULT_SUBSCRIPTION_HOUR,
        "timezone": settings.DEFAULT_SUBSCRIPTION_ZONE,
    }


def _filled(data: Any) -> dict[str, Any]:
    """The fields as sent; a browser's zone that is unknown here counts as not said."""
    said = {name: data.get(name) for name in data if data.get(name)}
    if said.get("timezone") not in available_timezones():
        said.pop("timezone", None)
    return usual() | said
