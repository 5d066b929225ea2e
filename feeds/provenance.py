"""Who told what is known of a paper: field by field, which digest, when, in which format."""

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from feeds.models import Digest, Identifier, Paper
from feeds.parsers.base import parsers
from feeds.precedence import BY_ID
from feeds.records import PaperView

FIELDS = {
    "title": gettext_noop("title"),
    "authors": gettext_noop("authors"),
    "abstract": gettext_noop("abstract"),
    "summary": gettext_noop("summary"),
    "published_at": gettext_noop("date of publication"),
    "arxiv_id": gettext_noop("arXiv id"),
    "doi": "DOI",
    "organization": gettext_noop("organisation"),
    "code_url": gettext_noop("code"),
    "code_stars": gettext_noop("stars of the code"),
    "project_url": gettext_noop("project page"),
    "thumbnail_url": gettext_noop("picture"),
}
_SHOWN = {"arxiv": "arXiv", "doi": "DOI"}


@dataclass(frozen=True, slots=True)
class Word:
    """One field of a paper and the digest that told it.

    `name` is the column, `field` its name in a sentence. `date` is the day of the digest's
    edition, `came_at` when its document came in. `by_id` says that the digest named the work by
    an arXiv id or a DOI, not by its title alone. `format` is the format's name in a sentence.
    """

    name: str
    field: str
    digest_id: int
    source: str
    source_slug: str
    date: dt.date
    came_at: dt.datetime
    format: str
    by_id: bool

    @property
    def sentence(self) -> str:
        """ "title: Daily, 24 April 2026, read as daily papers JSON, by its id"."""
        said = (
            _("%(field)s: %(source)s, %(day)s, read as %(format)s, by its id")
            if self.by_id
            else _("%(field)s: %(source)s, %(day)s, read as %(format)s, by its title")
        )
        day = date_format(self.date, "DAY")
        return said % {
            "field": self.field,
            "source": self.source,
            "day": day,
            "format": self.format,
        }


def provenance(paper_id: int) -> tuple[Word, ...]:
    """Each field that a digest told, in the order of `FIELDS`; none for an unknown paper.

    A field whose digest is no longer kept is left out.
    """
    told = Paper.objects.filter(pk=paper_id).values_list("told", flat=True).first() or {}
    digests = Digest.objects.select_related("source").defer("byline")
    by_id = digests.in_bulk({digest_id for digest_id, _sure in told.values()})
    return tuple(
        _word(name, by_id[told[name][0]], told[name][1])
        for name in FIELDS
        if name in told and told[name][0] in by_id
    )


def other_names(paper: PaperView) -> tuple[str, ...]:
    """The arXiv ids and DOIs by which the paper is known too, as those of works joined to it."""
    rows = Identifier.objects.filter(paper=paper.id, scheme__in=_SHOWN)
    known = rows.exclude(value__in=[paper.arxiv_id, paper.doi]).order_by("scheme", "value")
    return tuple(
        f"{_SHOWN[scheme]} {value}" for scheme, value in known.values_list("scheme", "value")
    )


def _word(name: str, digest: Digest, sure: int) -> Word:
    return Word(
        name=name,
        field=_(FIELDS[name]),
        digest_id=digest.pk,
        source=digest.source.name,
        source_slug=digest.source.slug,
        date=digest.date,
        came_at=digest.fetched_at,
        format=_label(digest.parser),
        by_id=sure >= BY_ID,
    )


def _label(parser: str) -> str:
    """The format in words; a parser that is gone goes by its name."""
    return parsers.get(parser).label if parser in parsers.names() else parser
