"""What an outline names of this site becomes what a person follows; the rest says why it is not."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from feeds import following
from feeds.following import CannotFollow
from feeds.outlines import Line
from feeds.query import FeedQuery

# Where a list is a part of the path, and which term that is.
_PLACES = {"f": "feed", "t": "tag", "c": "in"}
_LISTS = ("", "following", "trending", "feed.rss", "feed.atom", "feed.json", "api/v1/papers")
_MINE = "mine/"


@dataclass(frozen=True, slots=True)
class Taken:
    """A line, and the question that is followed by now; or `why` it was not taken."""

    line: Line
    query: FeedQuery | None = None
    why: str = ""


def follow_all(lines: Sequence[Line], person: int, now: dt.datetime) -> list[Taken]:
    """Follows each line that is a list of this site, in their order. Asks no other site."""
    return [_take(line, person, now) for line in lines]


def question_at(address: str) -> str | None:
    """The query string that an address of this site asks; None of one that is no list here."""
    try:
        here, parts = urlsplit(settings.SITE_URL), urlsplit(address)
        if parts.netloc and parts.netloc.lower() != here.netloc.lower():
            return None
    except ValueError:
        return None
    path = parts.path.removeprefix(here.path.rstrip("/")).strip("/").removeprefix(_MINE)
    terms = [pair for pair in parse_qsl(parts.query) if pair[0] not in ("key", "cursor", "limit")]
    first, _slash, name = path.partition("/")
    if first in _PLACES and name:
        # An edition's day is left out: what is followed is the feed.
        terms = [(_PLACES[first], unquote(name.partition("/")[0])), *terms]
    elif path not in _LISTS and not path.startswith("papers."):
        return None
    elif path == "following":
        terms = [("in", "following"), *terms]
    return urlencode(terms)


def _take(line: Line, person: int, now: dt.datetime) -> Taken:
    asked = (question_at(address) for address in (line.feed, line.page) if address)
    text = next((one for one in asked if one is not None), None)
    if text is None:
        return Taken(line, why=_("It is no list of this site."))
    try:
        return Taken(line, following.follow(text, person, now))
    except CannotFollow as refused:
        return Taken(line, why=str(refused))
