"""What the templates of lists need beside the list."""

from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from feeds.calendar import Month
from feeds.records import PaperView
from feeds.web import density as densities
from feeds.web.density import Density
from feeds.web.months import CalendarView

register = template.Library()

KEPT = 500

_WHOSE = {
    "curators": gettext_noop("by the curators"),
    "model": gettext_noop("proposed by a model"),
    "digest": gettext_noop("from its source"),
    "abstract": gettext_noop("from its abstract"),
}


@register.simple_tag(takes_context=True)
def density(context: dict[str, Any]) -> Density:
    """How much of each paper the reader wants to see."""
    return densities.density(context["request"])


@register.simple_tag
def days_of(calendar: CalendarView) -> SafeString:
    """The month as a table of links, set once for as long as it has the same editions."""
    return _table(calendar.month, get_language())


@lru_cache(maxsize=KEPT)
def _table(month: Month, _language: str | None) -> SafeString:
    shown = {"calendar": CalendarView(month, {})}
    return SafeString(get_template("feeds/_calendar.html").render(shown))


@register.filter
def whose_gist(paper: PaperView) -> str:
    """Whose words the paper's gist is: "proposed by a model"; "" where it has none."""
    whose = _WHOSE.get(paper.gist_by)
    return _(whose) if whose else ""
