"""What curators fill in to make a feed and to change it."""

from dataclasses import replace
from typing import Any, cast
from urllib.parse import parse_qsl

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feeds.desk.feeds import Settings
from feeds.query import FOR_YOU, RELEVANCE, TERMS, FeedQuery, QueryError, parse

MOST = 200
VISIBILITIES = [
    ("public", gettext_lazy("public: listed, and read by anyone")),
    ("unlisted", gettext_lazy("unlisted: read by whoever has the address")),
    ("private", gettext_lazy("private: read by its members only")),
]
ROLES = [("reader", gettext_lazy("reads it")), ("curator", gettext_lazy("curates it"))]
_NOT_HERE = ("feed", "in", "period", "date")


class FeedForm(forms.Form):
    """A feed's settings. Without a `slug` its address is made of its name."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    slug = forms.SlugField(
        label=gettext_lazy("Address"),
        max_length=50,
        required=False,
        help_text=gettext_lazy("It is read at /f/ and this word. Without one, its name makes it."),
        error_messages={"invalid": gettext_lazy("Letters, digits and hyphens make an address.")},
    )
    take_over = forms.BooleanField(label=gettext_lazy("Take the address over"), required=False)
    description = forms.CharField(
        label=gettext_lazy("Description"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    byline = forms.CharField(
        label=gettext_lazy("Byline"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("“by …” under the date. Without one, the site’s."),
    )
    query = forms.CharField(
        label=gettext_lazy("Question"),
        max_length=2000,
        required=False,
        help_text=gettext_lazy(
            "As in an address: tag=diffusion&tag=-medical&sort=new. Empty asks for all."
        ),
        widget=forms.TextInput({"spellcheck": "false", "autocapitalize": "none"}),
    )
    most = forms.IntegerField(
        label=gettext_lazy("Papers at most"), min_value=1, max_value=MOST, initial=50
    )
    minimum = forms.IntegerField(
        label=gettext_lazy("Papers at least"),
        min_value=0,
        max_value=MOST,
        initial=0,
        help_text=gettext_lazy("A thinner day is filled up from the days before."),
    )
    visibility = forms.ChoiceField(label=gettext_lazy("Who reads it"), choices=VISIBILITIES)
    reviewed = forms.BooleanField(
        label=gettext_lazy("Only what curators place, shown once they publish it"), required=False
    )
    coverage = forms.BooleanField(
        label=gettext_lazy("Choose for breadth: papers that do not all say the same"),
        required=False,
    )

    def clean_query(self) -> str:
        """The question as it is printed. What the grammar does not know is no question."""
        text = self.cleaned_data["query"].strip()
        if text.startswith(("/", "http:", "https:")):  # an address, copied whole
            text = text.partition("#")[0].partition("?")[2]
        try:
            return str(_its_own(parse(_known(text.removeprefix("?")))))
        except QueryError as error:
            raise forms.ValidationError(str(error)) from error

    def clean_description(self) -> str:
        return cast("str", self.cleaned_data["description"]).replace("\r\n", "\n")

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("most") and given.get("minimum", 0) > given["most"]:
            self.add_error("minimum", _("At least cannot be more than at most."))
        if "slug" in given and "name" in given and not given["slug"]:
            given["slug"] = slugify(given["name"])[:50].strip("-")
            if not given["slug"]:
                self.add_error("slug", _("Give it an address of letters and digits."))
        if given.get("slug") == "new":
            self.add_error("slug", _("This address is taken by the desk. Choose another."))
        return given

    def settings(self) -> Settings:
        given = {name: value for name, value in self.cleaned_data.items() if name != "take_over"}
        return Settings(**given)

    @property
    def takes_over(self) -> bool:
        return bool(self.cleaned_data["take_over"])

    def ask_to_take_over(self, words: str) -> None:
        """Says that the address leads elsewhere, and offers to take it over."""
        self.add_error("slug", words)
        self.leads_elsewhere = True


class MemberForm(forms.Form):
    address = forms.EmailField(
        label=gettext_lazy("Mail address"), widget=forms.EmailInput({"autocomplete": "off"})
    )
    role = forms.ChoiceField(label=gettext_lazy("Who"), choices=ROLES)


def _known(text: str) -> str:
    """The text, if it is made of terms. Raises QueryError."""
    if text and "=" not in text:
        raise QueryError("q", _("Write terms as name=value, like tag=diffusion."))
    for name, value in parse_qsl(text, keep_blank_values=True):
        if (name, value) == ("sort", FOR_YOU):
            raise QueryError(name, _("A feed is for all: choose an order that is nobody’s own."))
        if (name, value) == ("sort", RELEVANCE):
            raise QueryError(name, _("A feed goes on: relevance is an order for one question."))
        if name in _NOT_HERE:
            raise QueryError(
                name, _("A feed’s question has no %(name)s: leave %(name)s= out.") % {"name": name}
            )
        if name not in TERMS:
            known = ", ".join(term for term in TERMS if term not in _NOT_HERE)
            raise QueryError(
                name,
                _("There is no term called %(name)s. There are: %(known)s.")
                % {"name": name[:50], "known": known},
            )
    return text


def _its_own(query: FeedQuery) -> FeedQuery:
    period = "all" if query.narrows else "day"
    return replace(query, feed="", period=period, date=None)
