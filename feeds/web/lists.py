"""All that a page of papers shows, made of what reading gave."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.conf import settings
from django.utils.translation import gettext as _

from feeds.around import Around
from feeds.calendar import Month
from feeds.followed import Stand, followable, to_follow
from feeds.named import FeedView
from feeds.query import FOLLOWING, FOR_YOU, FeedQuery
from feeds.rankers.base import DEFAULTS
from feeds.reading import Page
from feeds.records import Facet, PaperView, TagView
from feeds.search.highlights import Found
from feeds.web import links
from feeds.web.addresses import address, desk_path, filters_of, with_terms
from feeds.web.curves import TrendView
from feeds.web.links import Link, TopicLink
from feeds.web.months import CalendarView, calendar_address
from feeds.web.order_notes import CLOSEST, order_note
from feeds.web.wording import editors, heading, order_words, pace_words, period_words
from feeds.wording import filter_words


@dataclass(frozen=True)
class ListView:
    """A page of papers.

    `asked` is the question as it came, `page` the answer, `names` the names of the tags in
    the question, `about` the tag that the page is devoted to and `around` what stands around
    it, `beside` papers of `elsewhere` that are not in the list. `found` says by paper's id what
    was searched for and where it stands, `mended` how the words may have been meant. `trend` is
    how the tag comes and goes, `rising` are its papers that rise, `stand` tells how the reader
    stands to the list.
    """

    asked: FeedQuery
    page: Page
    facets: list[Facet] = field(default_factory=list)
    names: Mapping[str, str] = field(default_factory=dict)
    about: TagView | None = None
    elsewhere: FeedQuery | None = None
    beside: tuple[PaperView, ...] = ()
    first_page: bool = True
    calendar: Month | None = None
    found: Mapping[int, Found] = field(default_factory=dict)
    mended: str = ""
    around: Around | None = None
    trend: TrendView | None = None
    rising: tuple[PaperView, ...] = ()
    stand: Stand = field(default_factory=Stand)
    closed: bool = False

    @property
    def query(self) -> FeedQuery:
        return self.page.query

    @property
    def papers(self) -> tuple[PaperView, ...]:
        return self.page.papers

    @property
    def is_edition(self) -> bool:
        return self.query.period != "all"

    @property
    def feed(self) -> FeedView | None:
        return self.page.feed

    @property
    def desk(self) -> str:
        """Where the feed's curators work on this edition, or on the latest one."""
        return desk_path(self.feed.slug, self.query) if self.feed else ""

    @cached_property
    def heading(self) -> str:
        return heading(self.query, self.names)

    @property
    def byline(self) -> str:
        return self.page.byline or editors()

    @property
    def week_number(self) -> int | None:
        date = self.query.date
        return date.isocalendar().week if date and self.query.period == "week" else None

    @property
    def description(self) -> str:
        about = ", ".join(filter_words(self.query, self.names))
        told = {"about": about, "period": period_words(self.query)}
        if about:
            return _("Research papers: %(about)s. %(period)s.") % told
        return _("Trending research papers. %(period)s.") % told

    @property
    def pace(self) -> str:
        pace = self.around.pace if self.around else None
        return pace_words(pace) if pace else ""

    @cached_property
    def nav(self) -> list[Link]:
        return links.period_links(self.query)

    @cached_property
    def previous(self) -> Link | None:
        return links.neighbour_link(self.query, self.page.previous)

    @cached_property
    def next(self) -> Link | None:
        return links.neighbour_link(self.query, self.page.next)

    @cached_property
    def month(self) -> CalendarView | None:
        """The days around this one, where it is a plain edition."""
        return CalendarView(self.calendar, self.names) if self.calendar else None

    @property
    def months(self) -> str:
        """The calendar of this list, on a page of its own."""
        return calendar_address(self.query, self.query.date) if self.query.date else ""

    @cached_property
    def filters(self) -> list[Link]:
        """The filters to name above the list; one whose headline says them needs no mention."""
        found = links.filter_links(self.query, self.names)[1 if self.feed else 0 :]
        said = self.is_following or (self.about and not self.is_edition)
        return [] if len(found) == 1 and said else found

    @cached_property
    def filter_words(self) -> list[str]:
        return filter_words(self.query, self.names)

    @cached_property
    def topics(self) -> list[TopicLink]:
        return links.topic_links(self.query, self.facets)

    @cached_property
    def orders(self) -> list[Link]:
        return links.order_links(self.query)

    @cached_property
    def order_note(self) -> str:
        if links.by_closeness(self.query):
            return _(CLOSEST)
        note = order_note(self.query.sort, self.page.constants)
        if self.tuned:
            own = _("These numbers are the feed’s own.")
            return f"{note} {own}"
        if self.feed and self.feed.tuned:
            others = _("Over all days the site’s numbers hold, not the feed’s own.")
            return f"{note} {others}"
        return note

    @property
    def tuned(self) -> bool:
        """Whether its scores are by numbers of the feed's own."""
        return self.page.constants != DEFAULTS

    @cached_property
    def order(self) -> str:
        words = order_words(self.query.sort)
        if not self.tuned:
            return words
        return _("%(order)s, by this feed’s numbers") % {"order": words}

    @cached_property
    def code(self) -> Link:
        return links.code_link(self.query)

    @property
    def more(self) -> str:
        return address(self.query, cursor=self.page.cursor) if self.page.cursor else ""

    @property
    def start(self) -> str:
        """The address of the list's first page."""
        return address(self.query)

    @property
    def canonical(self) -> str:
        return settings.SITE_URL + address(self.asked)

    @cached_property
    def rss(self) -> str:
        return with_terms("/feed.rss", self.asked.as_it_goes_on.pairs())

    @property
    def json(self) -> str:
        return with_terms("/api/v1/papers", self.asked.pairs())

    @cached_property
    def map(self) -> str:
        """The same papers as a map."""
        return with_terms("/map", self.query.pairs())

    @property
    def trends(self) -> str:
        """The topics of this list, by the week."""
        return with_terms("/trends", self.query.on("all", None).pairs())

    @cached_property
    def standing_order(self) -> str:
        """What a subscription to this list asks for."""
        return filters_of(self.query.as_it_goes_on)

    @property
    def to_follow(self) -> str:
        """What following this list asks for; "" where it cannot be followed."""
        return str(to_follow(self.query)) if followable(self.query) else ""

    @property
    def is_following(self) -> bool:
        return self.query.collection == FOLLOWING

    @property
    def is_for_you(self) -> bool:
        return self.query.sort == FOR_YOU

    @property
    def is_own(self) -> bool:
        """Whether it is for its readers alone, so that no program reads it without a sign-in."""
        return self.is_following or self.is_for_you or self.closed

    @property
    def for_you(self) -> Link:
        """The same question in the reader's own order."""
        there = address(replace(self.query, sort=FOR_YOU))
        return Link(order_words(FOR_YOU), there, self.is_for_you)

    @property
    def rising_link(self) -> str:
        """Where all papers of the topic stand by how they rise."""
        return address(replace(self.query, sort="rising"))

    @property
    def mended_link(self) -> Link | None:
        """The same question with its words spelled otherwise, where it found little as it was."""
        if not self.mended:
            return None
        return Link(self.mended, address(replace(self.query, words=self.mended)))

    @property
    def all_days(self) -> str:
        return address(self.query.on("all", None))

    @property
    def unfiltered(self) -> str:
        return address(FeedQuery(period=self.query.period, date=self.query.date))

    @property
    def elsewhere_link(self) -> Link | None:
        if not self.elsewhere or not self.beside:
            return None
        if self.is_edition and self.query.period == "day" and self.page.previous:
            return Link(period_words(self.elsewhere), address(self.elsewhere))
        return Link(_("In the latest edition"), address(self.elsewhere))
