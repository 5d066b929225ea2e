"""What each order goes by, in the words and numbers of the rankers' own formulas."""

from feeds.rankers.base import DEFAULTS, Constants

CLOSEST = (
    "Closest first: by what the papers mean and by the words that they share and few others use, "
    "half and half; by words alone where a paper has no vector."
)


def order_note(order: str, constants: Constants = DEFAULTS) -> str:
    """The order in one or two sentences, with these constants."""
    return _NOTES[order].format(
        hours=f"{constants.hot_hours:g}",
        given=f"{constants.hot_votes:g}",
        came_with=_part(constants.rising_came_with),
    )


def _part(part: float) -> str:
    named = {0: "nothing", 0.25: "a quarter", 0.5: "a half", 1: "in full"}
    return named.get(part, f"{100 * part:.3g}%")


_NOTES = {
    "hot": "Trending weighs votes against time: ten times the votes (and {given} that everyone is "
    "given) keep a paper level with one that came {hours} hours later.",
    "rising": "Rising weighs the votes since a paper was listed against what is usual for its age; "
    "those that it came with count {came_with}.",
    "scaled": "Evenly trending is trending, but papers of topics that get many votes stand lower, "
    "so that a big topic does not drown a small one.",
    "new": "Newest first, by the moment a digest first named the paper.",
    "top": "Most votes first: those of this site’s readers and those the digests report.",
}
