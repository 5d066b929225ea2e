"""A paper as it stands in a list: set once, and sent again for as long as nothing of it differs."""

from functools import lru_cache
from typing import Any, NamedTuple

from django import template
from django.template.loader import get_template
from django.utils.translation import get_language

from feeds.records import PaperView
from feeds.search.highlights import Found

register = template.Library()

KEPT = 1_000


class How(NamedTuple):
    """All on which it depends beside the paper itself."""

    language: str | None
    density: str
    order: str
    for_you: bool
    signed_in: bool


@register.simple_tag(takes_context=True)
def listed_paper(context: dict[str, Any], paper: PaperView, order: str) -> str:
    """The paper's place in the list at hand; `order` is what that is called."""
    shown, reader = context["list"], context["user"]
    how = How(
        get_language(),
        context["density"].name,
        order,
        shown.is_for_you,
        reader.is_authenticated,
    )
    if found := shown.found.get(paper.id):
        return _set(paper, how, found)
    return _as_before(paper, how)


@lru_cache(maxsize=KEPT)
def _as_before(paper: PaperView, how: How) -> str:
    return _set(paper, how, None)


def _set(paper: PaperView, how: How, found: Found | None) -> str:
    return get_template("feeds/_paper.html").render(
        {
            "paper": paper,
            "order": how.order,
            "density": {"name": how.density},
            "list": {"found": {paper.id: found} if found else {}, "is_for_you": how.for_you},
            "user": {"is_authenticated": how.signed_in},
        }
    )
