"""What curators fill in to make a feed and to change it."""

from dataclasses import replace
from typing import Any, cast
from urllib.parse import parse_qsl

from django import forms
from django.utils.text import slugify

from feeds.desk.feeds import Settings
from feeds.query import TERMS, FeedQuery, QueryError, parse

MOST = 200
VISIBILITIES = [
    ("public", "public: listed, and read by anyone"),
    ("unlisted", "unlisted: read by whoever has the address"),
    ("private", "private: read by its members only"),
]
ROLES = [("reader", "reads it"), ("curator", "curates it")]
_NOT_HERE = ("feed", "in", "period", "date")


class FeedForm(forms.Form):
    """A feed's settings. Without a `slug` its address is made of its name."""

    name = forms.CharField(max_length=100)
    slug = forms.SlugField(
        label="Address",
        max_length=50,
        required=False,
        help_text="It is read at /f/ and this word. Without one, its name makes it.",
        error_messages={"invalid": "Letters, digits and hyphens make an address."},
    )
    take_over = forms.BooleanField(label="Take the address over", required=False)
    description = forms.CharField(
        max_length=2000, required=False, widget=forms.Textarea({"rows": 3})
    )
    byline = forms.CharField(
        max_length=100, required=False, help_text="“by …” under the date. Without one, the site’s."
    )
    query = forms.CharField(
        label="Question",
        max_length=2000,
        required=False,
        help_text="As in an address: tag=diffusion&tag=-medical&sort=new. Empty asks for all.",
        widget=forms.TextInput({"spellcheck": "false", "autocapitalize": "none"}),
    )
    most = forms.IntegerField(label="Papers at most", min_value=1, max_value=MOST, initial=50)
    minimum = forms.IntegerField(
        label="Papers at least",
        min_value=0,
        max_value=MOST,
        initial=0,
        help_text="A thinner day is filled up from the days before.",
    )
    visibility = forms.ChoiceField(label="Who reads it", choices=VISIBILITIES)
    reviewed = forms.BooleanField(
        label="Only what curators place, shown once they publish it", required=False
    )
    coverage = forms.BooleanField(
        label="Choose for breadth: papers that do not all say the same", required=False
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
            self.add_error("minimum", "At least cannot be more than at most.")
        if "slug" in given and "name" in given and not given["slug"]:
            given["slug"] = slugify(given["name"])[:50].strip("-")
            if not given["slug"]:
                self.add_error("slug", "Give it an address of letters and digits.")
        if given.get("slug") == "new":
            self.add_error("slug", "This address is taken by the desk. Choose another.")
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
        label="Mail address", widget=forms.EmailInput({"autocomplete": "off"})
    )
    role = forms.ChoiceField(label="Who", choices=ROLES)


def _known(text: str) -> str:
    """The text, if it is made of terms. Raises QueryError."""
    if text and "=" not in text:
        raise QueryError("q", "Write terms as name=value, like tag=diffusion.")
    for name, _ in parse_qsl(text, keep_blank_values=True):
        if name in _NOT_HERE:
            raise QueryError(name, f"A feed’s question has no {name}: leave {name}= out.")
        if name not in TERMS:
            known = ", ".join(term for term in TERMS if term not in _NOT_HERE)
            raise QueryError(name, f"There is no term called {name[:50]}. There are: {known}.")
    return text


def _its_own(query: FeedQuery) -> FeedQuery:
    period = "all" if query.narrows else "day"
    return replace(query, feed="", period=period, date=None)
