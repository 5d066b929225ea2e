"""What the templates of lists need beside the list."""

from typing import Any

from django import template

from feeds.records import PaperView
from feeds.web import density as densities
from feeds.web.density import Density

register = template.Library()

_WHOSE = {
    "curators": "by the curators",
    "model": "proposed by a model",
    "digest": "from its source",
    "abstract": "from its abstract",
}


@register.simple_tag(takes_context=True)
def density(context: dict[str, Any]) -> Density:
    """How much of each paper the reader wants to see."""
    return densities.density(context["request"])


@register.filter
def whose_gist(paper: PaperView) -> str:
    """Whose words the paper's gist is: "proposed by a model"; "" where it has none."""
    return _WHOSE.get(paper.gist_by, "")
