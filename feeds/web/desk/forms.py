"""What curators fill in to put a digest in."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feeds.desk.proposing import Choice, slug_of
from feeds.parsers.base import parsers

ONE_OF = ("text", "file", "link")


def formats() -> list[tuple[str, str]]:
    """Each format that can be chosen, by its words."""
    known = sorted((parser.label, parser.name) for parser in parsers.all())
    return [("", _("told by the content")), *((name, label) for label, name in known)]


class Choosing(forms.Form):
    """For which source and day a document is, and how to read it."""

    source = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=50,
        help_text=gettext_lazy("One that is known, or a new name."),
        widget=forms.TextInput({"list": "sources", "autocomplete": "off"}),
    )
    day = forms.DateField(
        label=gettext_lazy("Day"),
        required=False,
        help_text=gettext_lazy("Without one: the day that the document names, else today."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("A day like 2026-04-24 is needed.")},
    )
    parser = forms.ChoiceField(label=gettext_lazy("Format"), required=False, choices=formats)

    def clean_source(self) -> str:
        name: str = self.cleaned_data["source"]
        if not slug_of(name):
            raise forms.ValidationError(_("A name with a letter or a digit in it is needed."))
        return name

    def choice(self) -> Choice:
        given = self.cleaned_data
        return Choice(given["source"], given["day"], given["parser"])


class Adding(Choosing):
    """A document, given in one of three ways. `too_long` says that a file was longer than taken."""

    text = forms.CharField(
        label=gettext_lazy("Paste its text"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=gettext_lazy("or choose a file"), required=False, allow_empty_file=True
    )
    link = forms.CharField(
        label=gettext_lazy("or give a link"),
        required=False,
        max_length=2000,
        widget=forms.URLInput({"placeholder": "https://"}),
    )
    field_order = ("text", "file", "link", "source", "day", "parser")

    def __init__(self, *args: Any, too_long: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._too_long = too_long

    def given(self) -> str:
        """Which of the three ways was taken."""
        return next(name for name in ONE_OF if self.cleaned_data.get(name))

    def clean(self) -> dict[str, Any]:
        given = [name for name in ONE_OF if self.cleaned_data.get(name)]
        if self._too_long:
            most = settings.UPLOAD_LARGEST // (1024 * 1024)
            self.add_error(
                "file",
                _("The file is longer than %(most)s MB, which is the most that is taken here.")
                % {"most": most},
            )
        elif len(given) > 1:
            self.add_error(None, _("One thing at a time, please: a text, a file or a link."))
        elif not given:
            self.add_error(None, _("Paste a text, choose a file, or give a link."))
        elif given == ["text"] and not self.cleaned_data["text"].strip():
            self.add_error("text", _("There is nothing in it but blanks."))
        return self.cleaned_data
