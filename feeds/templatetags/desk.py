"""What the curators' pages need to show numbers and times."""

from datetime import datetime

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feeds import said_numbers
from feeds.limits import HOUR, MINUTE

register = template.Library()


@register.filter
def grouped(number: float) -> str:
    """12,000: whole, with its thousands apart."""
    return said_numbers.grouped(number)


@register.filter
def span_words(seconds: int) -> str:
    """ "about 40 seconds", "about 12 minutes", "about 3 hours"."""
    if seconds >= 1.5 * HOUR:
        return _("about %(n)s hours") % {"n": round(seconds / HOUR)}
    if seconds >= 1.5 * MINUTE:
        return _("about %(n)s minutes") % {"n": round(seconds / MINUTE)}
    return ngettext("about %(n)s second", "about %(n)s seconds", seconds) % {"n": seconds}


@register.filter
def moment(at: datetime) -> SafeString:
    """ "25 November 2026, 8:44" in UTC, as an element that tells the machine too."""
    words = date_format(at, "MOMENT")
    return format_html('<time datetime="{}">{}</time>', at.isoformat(timespec="seconds"), words)
