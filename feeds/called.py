"""The paper that somebody means by a name, however they write it."""

from django.db.models import Q

from feeds.identify import arxiv_id, doi
from feeds.models import Identifier, Paper
from feeds.models.paper import PaperQuerySet


def called(found: PaperQuerySet, name: str) -> Paper | None:
    """Of these papers the one of that key, of a former key, or of that arXiv id or DOI
    ("arXiv:2404.01234v2"); None if there is none.
    """
    if "\0" in name:
        return None
    named = Identifier.objects.filter(
        Q(scheme="key", value=name)
        | Q(scheme="arxiv", value=arxiv_id(name))
        | Q(scheme="doi", value=doi(name))
    )
    return found.filter(key=name).first() or found.filter(identifiers__in=named).first()
