"""What a source plugin is: it fetches documents, one after the other, and says where it stands."""

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django import forms
from django.core.validators import MinValueValidator

from feeds.http import Fetched
from feeds.records import Content
from feeds.registry import Registry

Settings = Mapping[str, Any]
State = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Document:
    """What a source found, and the `state` that is stored once it went in.

    Without `content` only the state is stored. `day` overrules the day that the document names.
    One that stands `alone` and cannot be read is told of and passed over, and kept where it is
    the `only_copy`; any other ends the run, so that it is asked for again. `trouble` is a
    sentence about something that the plugin itself passes over.
    """

    content: Content | None
    name: str
    state: State
    day: date | None = None
    alone: bool = False
    only_copy: bool = False
    trouble: str = ""


class Ask(Protocol):
    """The only way to a network: one request at a time to a site, and a pause after each."""

    def __call__(self, url: str, *, pause: int = 1, etag: str = "", modified: str = "") -> Fetched:
        """The answer. `pause` is in seconds. Raises Refused and Unreachable as feeds.http does."""


class SourcePlugin(Protocol):
    """`label` names the kind of source in a list; `form` takes its settings.

    `every` are the usual minutes between runs; 0 where nothing is fetched, since documents are
    sent to it.
    """

    name: str
    label: str
    every: int

    @property
    def form(self) -> type[forms.Form]: ...

    def fetch(
        self, settings: Settings, state: State, now: datetime, ask: Ask
    ) -> Generator[Document]:
        """What is new since `state`, which is {} at the first run; nothing where nothing is.

        `settings` are the form's cleaned data. A run may break off after any document: the next
        one goes on from that document's state, which must hold JSON only. Raises Refused,
        Unreachable or OSError, with a sentence, where it cannot go on.
        """


class WrongSettings(ValueError):
    """`errors` are the sentences for each setting, by its name."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        self.errors = errors
        super().__init__(
            " ".join(f"{name}: {text}" for name, texts in errors.items() for text in texts)
        )


sources: Registry[SourcePlugin] = Registry("feeds.sources")


def first_day() -> forms.DateField:
    """The setting `since` of plugins that go back in time."""
    return forms.DateField(
        label="First day",
        required=False,
        validators=[MinValueValidator(date(1991, 1, 1))],
        help_text="like 2026-04-01; a week before the first run if left empty. Changing it starts "
        "over from that day",
    )


def remembered(state: State, of: str) -> State:
    """The state, or {} where it was kept `of` something else: settings were changed since."""
    return state if state.get("of") == of else {}


def checked(plugin: SourcePlugin, settings: Settings) -> dict[str, Any]:
    """The settings as the plugin's form reads them. Raises WrongSettings."""
    form = plugin.form(dict(settings))
    errors = {name: [str(text) for text in texts] for name, texts in form.errors.items()}
    for name in settings.keys() - form.fields.keys():
        errors[name] = [f"There is no such setting. Those here are: {', '.join(form.fields)}."]
    if errors:
        raise WrongSettings(errors)
    return form.cleaned_data
