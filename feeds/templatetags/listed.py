"""A paper as it stands in a list: set once, and sent again for as long as nothing of it differs."""

from functools import lru_cache, partial
from typing import Any, NamedTuple

from django import template
from django.template.loader import get_template
from django.utils.translation import get_language

from feeds.records import PaperView
from feeds.search.highlights import Found
from feeds.web.gaps import Card, Sheet

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
    found = shown.found.get(paper.id)
    setter = partial(_set, how=how, found=found) if found else partial(_as_before, how=how)
    sheet: Sheet | None = context.get("sheet")
    if sheet is not None:  # the page is set once for all who see it alike
        return sheet.place(Card(paper, setter))
    return setter(paper)


@lru_cache(maxsize=KEPT)
def _as_before(paper: PaperView, how: How) -> str:
    return _set(paper, how, None)


def _set(paper: PaperView, how: How, found: Found | None) -> str:
    name = "feeds/_headline.html" if how.density == "headlines" else "feeds/_paper.html"
    return get_template(name).render(
        {
            "paper": paper,
            "order": how.order,
            "density": {"name": how.density},
            "list": {"found": {paper.id: found} if found else {}, "is_for_you": how.for_you},
            "user": {"is_authenticated": how.signed_in},
        }
    )
