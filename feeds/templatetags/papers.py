"""What the templates need to show a paper."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from feeds.rankers.base import order_label
from feeds.records import Score
from feeds.stored_words import in_readers_words
from feeds.taxonomy import codes
from feeds.web.addresses import author_address

register = template.Library()

SHOWN_AUTHORS = 2
SCORE_PLACES = Decimal("0.0001")


# Values of records that pages show as words.
_CODES = frozenset(
    (
        *(gettext_noop("paper"), gettext_noop("author"), gettext_noop("topic")),
        *(gettext_noop("public"), gettext_noop("unlisted"), gettext_noop("private")),
        *(gettext_noop("shown"), gettext_noop("held"), gettext_noop("removed")),
        *(gettext_noop("by hand"), gettext_noop("switched off"), gettext_noop("stopped")),
        *(gettext_noop("running"), gettext_noop("failing"), gettext_noop("well")),
        *(gettext_noop("new"),),
    )
)


@register.filter
def in_words(code: str) -> str:
    """The value as a word in the reader's language."""
    return _(code) if code in _CODES else code


@register.filter
def prepared(markup: str) -> SafeString:
    """Markup that was made safe when the paper was written: `title_html`, `abstract_html`.

    The one place where a template trusts stored markup.
    """
    return SafeString(markup)


@register.filter
def authors_line(authors: tuple[str, ...]) -> str:
    """ "Ada, Ben and Cy", or "Ada, Ben … Zoe, 10 authors"."""
    if len(authors) > SHOWN_AUTHORS + 1:
        first = ", ".join(authors[:SHOWN_AUTHORS])
        number = (_("%(n)s authors") % {"n": len(authors)}).replace(" ", "\N{NO-BREAK SPACE}")
        return f"{first} … {authors[-1]}, {number}"
    return f" {_('and')} ".join(filter(None, [", ".join(authors[:-1]), *authors[-1:]]))


@register.filter
def author_links(authors: tuple[str, ...]) -> SafeString:
    """Every author, linked to the papers of theirs."""
    return format_html_join(
        ", ", '<a href="{}"><bdi>{}</bdi></a>', ((author_address(name), name) for name in authors)
    )


@register.filter
def of(by_id: Any, number: int) -> Any:
    """What a mapping has of that number, if it is one and has it."""
    return by_id.get(number) if isinstance(by_id, Mapping) else None


@register.filter
def compact(number: int) -> str:
    """640, 2.1k, 15k, 1.3M: never more than there are."""
    for unit, size in (("M", 1_000_000), ("k", 1_000)):
        if number >= 10 * size:
            return f"{number // size}{unit}"
        if number >= size:
            return f"{number_format(number // size + number * 10 // size % 10 / 10, 1)}{unit}"
    return str(number)


@register.filter
def category_code(slug: str) -> str:
    """A category's id as arXiv writes it: cs-cl is cs.CL."""
    return codes.category_code(slug)


@register.filter
def ledger(score: Score) -> list[tuple[str, str]]:
    """The parts of a score with their numbers, rounded so that they still add up, and the sum."""
    rows = [(part.label, Decimal(part.value).quantize(SCORE_PLACES)) for part in score.parts]
    rows = [row for row in rows if row[1]]
    total = sum((number for _label, number in rows), Decimal(0)).quantize(SCORE_PLACES)
    return [(label, _signed(number)) for label, number in [*rows, (_("score"), total)]]


register.filter(order_label)
register.filter(in_readers_words)


def _signed(number: Decimal) -> str:
    return str(number_format(number, force_grouping=True)).replace("-", "−")
