"""What a splitting of a tag would do, looked at beforehand, and those that stand."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from feeds.models import Paper, PaperTag, SplitPart, TagSplit
from feeds.split_tags import Part, Phrasebook
from feeds.splitting import Splitting, check

LOOKED = 1_000  # papers that are looked at beforehand, the latest first
SHOWN = 10  # of each part
BY_HAND = 50  # of those that no phrase decides


@dataclass(frozen=True, slots=True)
class Line:
    """A paper, and the place of the part that the curator chose for it, if they did."""

    id: int
    key: str
    title: str
    chosen: int | None = None

    @property
    def path(self) -> str:
        return f"/papers/{self.key}"


@dataclass(frozen=True, slots=True)
class Share:
    """The papers that would carry a part: how many, and some of them."""

    name: str
    count: int
    papers: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """`rest` are the papers that no phrase decides. Of `looked` papers all this is told; `more`
    says that the tag has others.
    """

    shares: tuple[Share, ...]
    rest: Share
    looked: int
    more: bool


@dataclass(frozen=True, slots=True)
class SplitPartView:
    slug: str
    name: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SplitView:
    """A splitting that stands: `rest` is the name of the part to which the tag's name leads, ""
    where the tag stays; `moving` says that not all papers have been looked at yet.
    """

    slug: str
    name: str
    parts: tuple[SplitPartView, ...]
    rest: str
    made_at: dt.datetime
    moving: bool


def preview(slug: str, asked: Splitting) -> Preview:
    """Where the tag's papers would go; nothing is changed. Raises NoTag, CannotSplit."""
    tag = check(slug, asked)
    carried = PaperTag.objects.filter(tag=tag).order_by("-paper_id")
    ids = list(carried.values_list("paper_id", flat=True)[: LOOKED + 1])
    rows = Paper.objects.visible().filter(pk__in=ids[:LOOKED]).order_by("-id")
    texts = list(rows.values_list("id", "key", "title_text", "title", "abstract"))
    book = Phrasebook(Part(part.slug, part.phrases) for part in asked.parts)
    gone: dict[str, list[Line]] = defaultdict(list)
    rest = []
    for paper, key, shown, title, abstract in texts:
        said = book.said(title, abstract)
        for part in said:
            gone[part].append(Line(paper, key, shown))
        if not said:
            rest.append(Line(paper, key, shown, asked.by_hand.get(paper)))
    return Preview(
        tuple(_share(part.name, gone[part.slug], SHOWN) for part in asked.parts),
        _share(tag.name, rest, BY_HAND),
        len(texts),
        len(ids) > LOOKED,
    )


def standing(slug: str) -> SplitView | None:
    """The splitting of the tag, if one stands."""
    return _view(TagSplit.objects.filter(tag__slug=slug, undone_at__isnull=True).first())


def came_from(slug: str) -> SplitView | None:
    """The splitting of which the tag is a part, if one stands."""
    return _view(TagSplit.objects.filter(parts__tag__slug=slug, undone_at__isnull=True).first())


def _view(row: TagSplit | None) -> SplitView | None:
    if row is None:
        return None
    parts = SplitPart.objects.filter(split=row).select_related("tag").order_by("id")
    return SplitView(
        row.tag.slug,
        row.tag.name,
        tuple(SplitPartView(one.tag.slug, one.tag.name, tuple(one.phrases)) for one in parts),
        row.rest.name if row.rest else "",
        row.made_at,
        row.ended_at is None,
    )


def _share(name: str, papers: list[Line], most: int) -> Share:
    return Share(name, len(papers), tuple(papers[:most]))
