"""The papers that curators tagged, for the tagger that learns from them."""

from feeds.models import Paper, PaperTag
from feeds.records import TagRecord
from feeds.taggers import neighbour
from feeds.taggers.neighbour import Example, Examples

MOST = 2_000  # tags that curators gave, the latest of them
AROUND = 2_000  # papers of late, by which a common word is told from a rare one


def known_examples() -> Examples:
    """What there is to learn from; nothing, where no curator gave a tag that readers see."""
    rows = (
        PaperTag.objects.filter(
            tagger=neighbour.CURATOR, tag__hidden=False, paper__dropped_at__isnull=True
        )
        .select_related("tag", "paper")
        .only("tag", "paper__title", "paper__title_text", "paper__abstract")
        .order_by("-id")[:MOST]
    )
    found: dict[int, Example] = {}
    for row in rows:
        paper = row.paper
        example = found.setdefault(
            paper.pk, Example(paper.title_text, neighbour.text_of(paper.title, paper.abstract), [])
        )
        example.tags.append(
            TagRecord(row.tag.slug, row.tag.name, row.tag.kind, neighbour.NAME, "", 1.0)
        )
    if not found:
        return Examples([])
    around = Paper.objects.visible().order_by("-id").values_list("title", "abstract")[:AROUND]
    return Examples([*found.values()], [neighbour.text_of(*texts) for texts in around])
