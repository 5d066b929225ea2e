"""What the curators' pages need to show numbers and times."""

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def grouped(number: float) -> str:
    """12,000: whole, with its thousands apart."""
    return f"{number:,.0f}"


@register.filter
def span_words(seconds: int) -> str:
    """ "about 40 seconds", "about 12 minutes", "about 3 hours"."""
    for name, size in (("hour", 3600), ("minute", 60)):
        if seconds >= 1.5 * size:
            return f"about {round(seconds / size)} {name}s"
    return f"about {seconds} second{'' if seconds == 1 else 's'}"


@register.filter
def moment(at: datetime) -> SafeString:
    """ "25 November 2026, 8:44" in UTC, as an element that tells the machine too."""
    words = f"{at.day} {at:%B %Y}, {at.hour}:{at:%M}"
    return format_html('<time datetime="{}">{}</time>', at.isoformat(timespec="seconds"), words)
