"""What the templates of lists need beside the list."""

from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from feeds.records import PaperView
from feeds.web import density as densities
from feeds.web.density import Density

register = template.Library()

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


@register.filter
def whose_gist(paper: PaperView) -> str:
    """Whose words the paper's gist is: "proposed by a model"; "" where it has none."""
    whose = _WHOSE.get(paper.gist_by)
    return _(whose) if whose else ""
