"""Feeds by their names: what each asks for, and who may read it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from feeds.models import Feed, FeedMember, FormerName
from feeds.query import FeedQuery, Gone, NotThere, QueryError, parse
from feeds.rankers.base import DEFAULTS, Constants


@dataclass(frozen=True, slots=True)
class FeedView:
    """A feed as the viewer sees it.

    `query` is its own question, `constants` are those by which its editions are ranked. `role` is
    the viewer's in it: "reader", "curator" or "".
    """

    id: int
    slug: str
    name: str
    description: str
    byline: str
    query: FeedQuery
    most: int
    minimum: int
    reviewed: bool
    coverage: bool
    visibility: str
    role: str = ""
    constants: Constants = DEFAULTS

    @property
    def path(self) -> str:
        return f"/f/{self.slug}"

    @property
    def tuned(self) -> bool:
        """Whether its editions are ranked by constants of its own."""
        return self.constants != DEFAULTS

    @property
    def private(self) -> bool:
        return self.visibility == Feed.Visibility.PRIVATE


class NoFeed(NotThere):
    """There is no such feed, or none that the viewer may know of: nobody learns which."""

    def __init__(self, slug: str) -> None:
        super().__init__("feed", f"There is no feed called {slug}.")


class FeedIsGone(Gone):
    """The feed was deleted."""

    def __init__(self, slug: str, at: datetime) -> None:
        super().__init__("feed", gone_words(slug, at))


def gone_words(slug: str, at: datetime) -> str:
    return _("The feed called %(slug)s was deleted on %(at)s.") % {
        "slug": slug,
        "at": date_format(at, "DAY"),
    }


def feed_of(query: FeedQuery, viewer: int | None) -> FeedView | None:
    """The feed that the question names, None where it names none. Raises NoFeed."""
    return feed_named(query.feed, viewer) if query.feed else None


def feed_named(slug: str, viewer: int | None) -> FeedView:
    """The feed of that name, or that had it before, as the viewer sees it. Raises NoFeed,
    or FeedIsGone.
    """
    shown = Feed.objects.shown_to(viewer)
    row = shown.filter(slug=slug).first() or shown.filter(former_names__slug=slug).first()
    if row is None:
        for at in gone([slug]).values():
            raise FeedIsGone(slug, at)
        raise NoFeed(slug)
    return _views([row], viewer)[0]


def gone(slugs: Collection[str]) -> dict[str, datetime]:
    """Those of these names that were the names of deleted feeds, and when these were deleted."""
    rows = FormerName.objects.filter(slug__in=slugs, feed=None)
    return dict(rows.values_list("slug", "left_at")) if slugs else {}


def feed_view(row: Feed) -> FeedView:
    """The feed as nobody in particular sees it."""
    return _views([row], None)[0]


def feeds_listed(viewer: int | None, limit: int = 200) -> list[FeedView]:
    """The feeds that a list of them names to the viewer, by name."""
    return _views(Feed.objects.listed_for(viewer).order_by("name", "id")[:limit], viewer)


def _views(rows: Iterable[Feed], viewer: int | None) -> list[FeedView]:
    rows = list(rows)
    mine = FeedMember.objects.filter(user=viewer, feed__in=rows) if viewer and rows else []
    roles = {member.feed_id: member.role for member in mine}
    return [
        FeedView(
            id=row.id,
            slug=row.slug,
            name=row.name,
            description=row.description,
            byline=row.byline,
            query=_question(row.query),
            most=row.most,
            minimum=row.minimum,
            reviewed=row.reviewed,
            coverage=row.coverage,
            visibility=row.visibility,
            role=roles.get(row.id, ""),
            constants=Constants.read(row.constants),
        )
        for row in rows
    ]


def _question(text: str) -> FeedQuery:
    """The feed's question; of one that today's grammar does not read, nothing is known."""
    try:
        return parse(text)
    except QueryError:
        return FeedQuery()
