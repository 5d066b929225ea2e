"""The paper that somebody means by a name, however they write it."""

from collections.abc import Sequence

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


def all_called(found: PaperQuerySet, names: Sequence[str]) -> dict[str, int]:
    """The ids of those of these papers that are called so, by name, in as few queries for a
    hundred names as for one.
    """
    asked = [name for name in names if "\0" not in name]
    schemes = {
        name: [("key", name), ("arxiv", arxiv_id(name)), ("doi", doi(name))] for name in asked
    }
    values = {value for pairs in schemes.values() for _, value in pairs if value}
    keys = dict(found.filter(key__in=asked).values_list("key", "pk"))
    rows = Identifier.objects.filter(value__in=values, paper__in=found)
    named = {
        (scheme, value): pk for scheme, value, pk in rows.values_list("scheme", "value", "paper")
    }
    ids = {}
    for name, pairs in schemes.items():
        pk = keys.get(name) or next((named[one] for one in pairs if one in named), None)
        if pk:
            ids[name] = pk
    return ids
