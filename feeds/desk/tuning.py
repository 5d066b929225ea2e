"""The constants of a feed at its desk: what stands where with others, and setting them."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from feeds.editions import compose
from feeds.models import Feed, Paper
from feeds.named import FeedView
from feeds.query import FeedQuery
from feeds.rankers.base import Constants


@dataclass(frozen=True, slots=True)
class Moved:
    """A paper of an edition, and its places now and with other constants; None is not in it."""

    title: str
    path: str
    now: int | None
    then: int | None

    @property
    def words(self) -> str:
        """ "up 3", "down 1", "comes in", "leaves", or "" where it stays."""
        if self.now is None:
            return _("comes in")
        if self.then is None:
            return _("leaves")
        up = self.now - self.then
        if up > 0:
            return _("up %(n)s") % {"n": up}
        return _("down %(n)s") % {"n": -up} if up else ""


def tune(feed_id: int, constants: Constants) -> None:
    """Ranks the feed's editions by these from now on; closed ones stay."""
    Feed.objects.filter(pk=feed_id).update(constants=constants.told())


def preview(feed: FeedView, constants: Constants, at: FeedQuery) -> tuple[Moved, ...]:
    """How the edition `at` would stand with these, in that order; those that leave come last."""
    now = compose(feed, at).papers
    then = compose(replace(feed, constants=constants), at).papers
    rows = Paper.objects.in_bulk([*then, *now])
    was, will = ({paper: place for place, paper in enumerate(one, 1)} for one in (now, then))
    return tuple(
        Moved(row.title_text, row.get_absolute_url(), was.get(paper), will.get(paper))
        for paper in dict.fromkeys((*then, *now))
        if (row := rows.get(paper))
    )
