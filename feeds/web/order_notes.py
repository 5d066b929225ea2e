"""What each order goes by, in the words and numbers of the rankers' own formulas."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from feeds.rankers.base import DEFAULTS, Constants
from feeds.said_numbers import decimal

CLOSEST = gettext_noop(
    "Closest first: by what the papers mean and by the words that they share and few others use, "
    "half and half; by words alone where a paper has no vector."
)


def order_note(order: str, constants: Constants = DEFAULTS) -> str:
    """The order in one or two sentences, with these constants."""
    return _(_NOTES[order]) % {
        "hours": decimal(constants.hot_hours),
        "given": decimal(constants.hot_votes),
        "came_with": _part(constants.rising_came_with),
    }


def _part(part: float) -> str:
    named = {0: _("nothing"), 0.25: _("a quarter"), 0.5: _("a half"), 1: _("in full")}
    return named.get(part) or _("%(number)s%%") % {"number": decimal(float(f"{100 * part:.3g}"))}


_NOTES = {
    "hot": gettext_noop(
        "Trending weighs votes against time: ten times the votes (and %(given)s that everyone is "
        "given) keep a paper level with one that came %(hours)s hours later."
    ),
    "rising": gettext_noop(
        "Rising weighs the votes since a paper was listed against what is usual for its age; "
        "those that it came with count %(came_with)s."
    ),
    "scaled": gettext_noop(
        "Evenly trending is trending, but papers of topics that get many votes stand lower, "
        "so that a big topic does not drown a small one."
    ),
    "new": gettext_noop("Newest first, by the moment a digest first named the paper."),
    "top": gettext_noop(
        "Most votes first: those of this site’s readers and those the digests report."
    ),
    "relevance": gettext_noop(
        "Best answers first: by the words that were asked (BM25) and by what they mean, half and "
        "half; by words alone where there are no vectors."
    ),
    "for_you": gettext_noop(
        "Likeliest to be yours first, learned from what you vote for, save, follow and mark "
        "as read. The first page is chosen to differ; one paper in ten is beside what you usually "
        "read. What you know already stands last."
    ),
}
