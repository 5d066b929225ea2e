"""Which paper is this record? By arXiv id, then DOI, then the normalised title."""

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


@dataclass(frozen=True, slots=True)
class Named:
    """A record with the names that it goes by, the surest first."""

    record: PaperRecord
    names: tuple[Name, ...]


def named(record: PaperRecord) -> Named:
    given = (
        ("arxiv", record.arxiv_id),
        ("doi", record.doi),
        ("title", _title_name(record.title)),
    )
    return Named(record, tuple((scheme, value) for scheme, value in given if value))


def _title_name(title: str) -> str:
    """The normalised title as a short digest: titles may be longer than an index takes."""
    words = title_key(title) or " ".join(title.split()).casefold()
    return hashlib.sha256(words.encode()).hexdigest()[:32] if words else ""


def own_key(record: PaperRecord) -> str:
    """A short stable key for a work without an arXiv id, made of its title and authors."""
    text = "\n".join([_title_name(record.title), *map(author_key, record.authors), record.doi])
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

    An id decides. A title decides unless the ids or the authors speak against it.
    """
    for name in record.names:
        paper = known.get(name)
        if paper and (name[0] != "title" or _may_be_the_same(record.record, paper)):
            return paper
    return None


def _may_be_the_same(record: PaperRecord, paper: Paper) -> bool:
    if record.arxiv_id and paper.arxiv_id and record.arxiv_id != paper.arxiv_id:
        return False
    if record.doi and paper.doi and record.doi != paper.doi:
        return False
    if record.authors and paper.author_keys:
        return not set(map(author_key, record.authors)).isdisjoint(paper.author_keys)
    return True
