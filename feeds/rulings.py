"""What curators ruled: which paper a digest means by a title, where names alone mislead."""

from collections.abc import Iterable

from feeds.models import Paper, Ruling
from feeds.resolve import Named
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


def title_of(record: Named) -> str:
    """The title as rulings name it, "" for a record without one."""
    return dict(record.names).get("title", "")
