"""What the templates need to tell of a picture."""

from collections.abc import Sequence

from django import template

from feeds.web import curves

register = template.Library()
register.filter("percent", curves.percent)


@register.filter
def item(values: Sequence[int], place: int) -> int:
    return values[place]
