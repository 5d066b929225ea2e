"""What curators ruled: which paper a digest means by a title, where names alone mislead."""

from collections.abc import Iterable, Mapping

from feeds.models import Paper, Ruling
from feeds.resolve import Name, Named, paper_of
from feeds.standing import standing

Ruled = dict[tuple[int, str], Paper]  # by the digest's id and the normalised title's name


def ruled_papers(digest_ids: Iterable[int], known: Iterable[Paper]) -> Ruled:
    """The papers that these digests mean by a title; of those in `known` the very objects."""
    rows = list(Ruling.objects.filter(digest__in=set(digest_ids)))
    if not rows:
        return {}
    stands = standing({row.paper_id for row in rows})
    papers = {paper.id: paper for paper in known}
    papers |= Paper.objects.in_bulk(set(stands.values()) - set(papers))
    return {(row.digest_id, row.title): papers[stands[row.paper_id]] for row in rows}


def meant(record: Named, digest_id: int, known: Mapping[Name, Paper], ruled: Ruled) -> Paper | None:
    """The paper that a digest's record speaks of; None where it is a new one.

    An id decides, then a ruling, then what `paper_of` goes by.
    """
    by_id = [known[name] for name in record.names if name[0] in ("arxiv", "doi") and name in known]
    title = dict(record.names).get("title", "")
    return next(iter(by_id), None) or ruled.get((digest_id, title)) or paper_of(record, known)
