"""Which paper is this record?

By arXiv id, then DOI, then the work's own key (all that is known of a work without an arXiv id:
title, authors, DOI, year), then the normalised title alone, if nothing speaks against it.
"""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from feeds.authors import author_key
from feeds.identify import title_key
from feeds.models import Identifier, Paper
from feeds.records import PaperRecord

Name = tuple[str, str]  # scheme, value
# From a preprint to its print; more lies between two works that share a title ("Annual report").
MOST_YEARS_TO_PRINT = 4


@dataclass(frozen=True, slots=True)
class Named:
    """A record with the names that it goes by, the surest first."""

    record: PaperRecord
    names: tuple[Name, ...]


def named(record: PaperRecord) -> Named:
    given = (
        ("arxiv", record.arxiv_id),
        ("doi", record.doi),
        ("key", "" if record.arxiv_id else own_key(record)),
        ("title", _title_name(record.title)),
    )
    return Named(record, tuple((scheme, value) for scheme, value in given if value))


def _title_name(title: str) -> str:
    """The normalised title as a short digest: titles may be longer than an index takes."""
    words = title_key(title) or " ".join(title.split()).casefold()
    return hashlib.sha256(words.encode()).hexdigest()[:32] if words else ""


def own_key(record: PaperRecord) -> str:
    """A short stable key for a work without an arXiv id, made of what is known of it."""
    year = str(record.published_at.year) if record.published_at else ""
    authors = map(author_key, record.authors)
    text = "\n".join([_title_name(record.title), *authors, record.doi, year])
    digest = hashlib.sha256(text.encode()).digest()
    return "p" + base64.b32encode(digest)[:11].decode().lower()


def known_papers(names: Iterable[Name]) -> dict[Name, Paper]:
    """The papers that go by any of these names."""
    by_scheme: dict[str, list[str]] = {}
    for scheme, value in names:
        by_scheme.setdefault(scheme, []).append(value)
    wanted = Q()
    for scheme, values in by_scheme.items():
        wanted |= Q(scheme=scheme, value__in=values)
    if not wanted:
        return {}
    rows = list(Identifier.objects.filter(wanted).order_by("id"))
    papers = Paper.objects.in_bulk({row.paper_id for row in rows})
    return {(row.scheme, row.value): papers[row.paper_id] for row in rows}


def paper_of(record: Named, known: Mapping[Name, Paper]) -> Paper | None:
    """The known paper that the record speaks of, or None: then it is a new one.

    An id decides. A title decides unless the ids, the authors or the years speak against it.
    """
    for name in record.names:
        paper = known.get(name)
        if paper and (name[0] != "title" or _may_be_the_same(record.record, paper)):
            return paper
    return None


def _may_be_the_same(record: PaperRecord, paper: Paper) -> bool:
    """Whether nothing speaks against it that two works of one title are one."""
    for said, known in ((record.arxiv_id, paper.arxiv_id), (record.doi, paper.doi)):
        if said and known and said != known:
            return False
    if record.published_at and paper.published_at:
        years = abs(record.published_at.year - paper.published_at.year)
        if years > MOST_YEARS_TO_PRINT:
            return False
    if record.authors and paper.author_keys:
        return not _people(map(author_key, record.authors)).isdisjoint(_people(paper.author_keys))
    return True


def _people(keys: Iterable[str]) -> set[str]:
    """The authors by initial and last name, which every way to write a name keeps."""
    return {f"{words[0][0]} {words[-1]}" for words in map(str.split, keys) if words}
