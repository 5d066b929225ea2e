"""A feed's order: its constants with the site's beside them, tried, kept and given up."""

from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from feeds.desk import edition, tuning
from feeds.editions import edition_of
from feeds.named import FeedView
from feeds.query import FeedQuery
from feeds.rankers.base import BOUNDS, DEFAULTS, Constants
from feeds.said_numbers import decimal
from feeds.web.desk.curators import for_curators
from feeds.web.wording import order_words, period_words

# For each order that has constants: the words of each, its name in `Constants`, and what it does.
_ORDERS: dict[str, dict[str, tuple[str, str]]] = {
    "hot": {
        "hot_hours": (
            gettext_noop("Hours that ten times the votes are worth"),
            gettext_noop(
                "A paper with ten times the votes is level with one so much newer. "
                "Fewer: newer first."
            ),
        ),
        "hot_votes": (
            gettext_noop("Votes that every paper is given"),
            gettext_noop(
                "They keep the first few votes from deciding. With more of them, few "
                "votes weigh less."
            ),
        ),
    },
    "rising": {
        "rising_came_with": (
            gettext_noop("Part of the votes it came with that counts"),
            gettext_noop(
                "Of the votes that a digest told when it first named the paper: 0 "
                "counts none, 1 all."
            ),
        ),
        "rising_votes": (
            gettext_noop("Votes that every paper is given, when it rises"),
            gettext_noop("With more of them, few votes weigh less."),
        ),
        "rising_power": (
            gettext_noop("How fast the usual speed falls with age"),
            gettext_noop("0 leaves the age out; the higher it is, the higher young papers stand."),
        ),
    },
    "scaled": {
        "scaled_part": (
            gettext_noop("Part of its topics’ usual votes that is taken"),
            gettext_noop(
                "0 takes nothing, as trending does; 1 all of it, so that small topics stand high."
            ),
        ),
    },
}


class TuningForm(forms.Form):
    """The constants; one that is left empty is the site's."""

    def __init__(self, data: Any = None, *, now: Constants) -> None:
        super().__init__(
            data, initial={name: decimal(value) for name, value in asdict(now).items()}
        )
        for order in _ORDERS.values():
            for name, (label, means) in order.items():
                self.fields[name] = _number(name, _(label), _(means))

    def orders(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of each order under its name."""
        return [(order_words(order), [self[name] for name in _ORDERS[order]]) for order in _ORDERS]

    def constants(self) -> Constants:
        given = self.cleaned_data.items()
        return Constants(**{name: value for name, value in given if value is not None})


def _number(name: str, label: str, means: str) -> forms.FloatField:
    least, most = BOUNDS[name]
    site = getattr(DEFAULTS, name)
    return forms.FloatField(
        label=label,
        localize=True,
        required=False,
        min_value=least,
        max_value=most,
        help_text=_("The site’s: %(site)s. %(means)s From %(least)s to %(most)s.")
        % {"site": decimal(site), "means": means, "least": decimal(least), "most": decimal(most)},
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={
            "invalid": _("This is no number; one looks like 1.5."),
            "min_value": _("It is at least %(least)s.") % {"least": decimal(least)},
            "max_value": _("It is at most %(most)s.") % {"most": decimal(most)},
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_curators
def order(request: HttpRequest, feed: FeedView) -> HttpResponse:
    """Shows how the latest day would stand with other constants, keeps them, or gives them up."""
    action = request.POST.get("action", "")
    if action == "reset":
        return _kept(request, feed, DEFAULTS, _("The site’s numbers hold again."))
    form = TuningForm(request.POST or None, now=feed.constants)
    valid = form.is_valid()
    if valid and action == "keep":
        words = _("They are kept. Editions that are closed stay as they were.")
        return _kept(request, feed, form.constants(), words)
    shown: dict[str, Any] = {"feed": feed, "form": form, "stands": order_words(feed.query.sort)}
    if valid:
        shown |= {"tried": _tried(feed, form.constants())}
    return render(request, "desk/order.html", shown, status=400 if form.errors else 200)


def _kept(request: HttpRequest, feed: FeedView, constants: Constants, words: str) -> HttpResponse:
    tuning.tune(feed.id, constants)
    messages.info(request, words)
    return redirect("desk-feed-order", feed.slug)


@dataclass(frozen=True, slots=True)
class Tried:
    """How an edition would stand: `heading` names it, `closed` says that it stays as it is."""

    heading: str
    moved: tuple[tuning.Moved, ...]
    closed: bool

    @property
    def changes(self) -> int:
        return sum(bool(one.words) for one in self.moved)


def _tried(feed: FeedView, constants: Constants) -> list[Tried]:
    """The latest day and its week: a day's papers came together, so it tells little of time."""
    day = edition.latest_day(timezone.now().date())
    found = [FeedQuery().on(period, day) for period in ("day", "week")]
    return [
        Tried(period_words(at), tuning.preview(feed, constants, at), edition_of(feed, at).closed)
        for at in found
    ]
