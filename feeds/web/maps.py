"""A map of papers as the page draws it: shapes, what they stand for, and the same as a list."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from feeds.mapped import HEIGHT, WIDTH, PaperMap
from feeds.query import FeedQuery
from feeds.records import PaperView
from feeds.web.addresses import address
from feeds.web.wording import heading

LONGEST = 78  # letters of a title below the picture
OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Dot:
    """A paper's link in the picture: where, in which shape, and what is said below it."""

    paper: PaperView
    x: float
    y: float
    shape: str
    about: str
    short: str


@dataclass(frozen=True, slots=True)
class Group:
    """The papers of one topic as a list."""

    name: str
    slug: str
    shape: str
    papers: tuple[PaperView, ...]


@dataclass(frozen=True)
class MapView:
    asked: FeedQuery
    map: PaperMap
    names: Mapping[str, str]

    @property
    def heading(self) -> str:
        return heading(self.map.page.query, self.names)

    @property
    def list_address(self) -> str:
        return address(self.map.page.query)

    @property
    def box(self) -> str:
        return f"0 0 {WIDTH:g} {HEIGHT + 26:g}"

    @property
    def foot(self) -> float:
        """Where the title of the paper stands that is pointed at."""
        return HEIGHT + 18

    @property
    def scale(self) -> float:
        """How large a shape is, of which the plain one reaches from -1 to 1."""
        return round(min(8.5, self.map.apart * 0.38), 2)

    @property
    def dots(self) -> list[Dot]:
        return [
            Dot(
                point.paper,
                point.x,
                point.y,
                _shape(point.topic),
                self._topic(point.topic),
                _short(point.paper.title),
            )
            for point in self.map.points
        ]

    @property
    def groups(self) -> list[Group]:
        """The topics with their papers, and last the papers of none of them."""
        found = []
        for number, tag in enumerate(self.map.topics):
            papers = tuple(point.paper for point in self.map.points if point.topic == number)
            if papers:
                found.append(Group(tag.name, tag.slug, _shape(number), papers))
        rest = tuple(point.paper for point in self.map.points if point.topic is None)
        last = (
            [Group(_("Other topics") if found else _("Papers"), "", OTHERS, rest)] if rest else []
        )
        return found + last

    def _topic(self, number: int | None) -> str:
        return "" if number is None else self.map.topics[number].name


def _shape(topic: int | None) -> str:
    return OTHERS if topic is None else f"topic{topic}"


def _short(title: str) -> str:
    return title if len(title) <= LONGEST else f"{title[: LONGEST - 1].rstrip()}…"
