"""Lists as pages: set once for all who see them alike, and filled in for each.

Who has nothing of their own that changes a list sees what anybody who is signed in sees, but for
some gaps: the token of the forms, their address, the cards of papers that they voted for, saved or
read. For others it is set by itself, and stands for nobody else.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import get_language

from config.own_writes import wrote_lately
from feeds.followed import followable
from feeds.own import NO_MARKS, Own, hides_within, own
from feeds.query import FOR_YOU, FeedQuery
from feeds.search import copies
from feeds.unchanged import unchanged
from feeds.web.addresses import address
from feeds.web.asked import answer_for, viewer
from feeds.web.density import density
from feeds.web.gaps import EMAIL, TOKEN, SetPage, Sheet, gap
from feeds.web.lists import ListView
from feeds.web.standing_pages import Key, Standing, standing

READERS = 5_000  # whose own is kept for as long as nothing changes


@dataclass(frozen=True, slots=True)
class Role:
    """All that a page tells of the one who reads it, but for what goes into its gaps."""

    is_authenticated: bool = False
    is_staff: bool = False
    moderates: bool = False

    @property
    def email(self) -> str:
        return gap(EMAIL)

    def __getattr__(self, name: str) -> object:
        raise RuntimeError(f"A page that is set once knows nothing of user.{name}.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page that is asked for, and the question in it."""

    request: HttpRequest
    query: FeedQuery
    role: Role

    def key(self, whose: int | None) -> Key:
        told = (self.request.get_full_path(), get_language() or "", density(self.request).name)
        role = self.role
        said = (role.is_authenticated, role.is_staff, role.moderates)
        return Key(*told, said, whose)


def page_of(request: HttpRequest, query: FeedQuery) -> HttpResponseBase:
    """The page of the list that answers the question. Raises QueryError."""
    reader = viewer(request)
    if reader is None:
        found = _standing(Wanted(request, query, Role()), None, unchanged.state())
        return _moved(found) or HttpResponse(found.page.filled(NO_MARKS, {}))
    user: Any = request.user
    wanted = Wanted(request, query, Role(True, user.is_staff, user.moderates))
    found, mine = _readers(wanted, reader)
    gaps = {TOKEN: get_token(request).encode(), EMAIL: escape(user.email).encode()}
    return _moved(found) or HttpResponse(found.page.filled(mine.marks, gaps))


def _readers(wanted: Wanted, reader: int) -> tuple[Standing, Own]:
    """The page for the reader, and what they said of the papers in it."""
    last = standing.last(wanted.key(None))
    asked = last.page.papers if last else ()
    state = None if wrote_lately(wanted.request) else unchanged.state()
    mine = _own(reader, asked, state)
    state = state or mine.state
    whose = reader if _differs(wanted.query, mine) else None
    found = _standing(wanted, whose, state)
    if whose is None and mine.hides_papers and _leaves_out(found, reader):
        found = _standing(wanted, reader, state)
    if found is not last and not set(found.page.papers) <= set(asked):
        mine = own(reader, found.page.papers)
    return found, mine


def _own(reader: int, papers: tuple[int, ...], state: str | None) -> Own:
    """What they said, as it was told in that state; without one it is asked for now."""
    return _own_in(reader, papers, state) if state else own(reader, papers)


@lru_cache(maxsize=READERS)
def _own_in(reader: int, papers: tuple[int, ...], _state: str) -> Own:
    return own(reader, papers)


def _differs(query: FeedQuery, mine: Own) -> bool:
    """Whether the reader's list may be another than anybody's, whichever papers it has."""
    return bool(
        query.collection
        or query.sort == FOR_YOU
        or mine.hides_tags
        or (mine.follows and followable(query))
        or (mine.is_member and query.feed)
    )


def _leaves_out(found: Standing, reader: int) -> bool:
    """Whether it has, or might have, a paper that the reader hid."""
    return found.days is None or hides_within(reader, *found.days)


def _standing(wanted: Wanted, whose: int | None, state: str | None) -> Standing:
    """The page as it stands in that state of the database, set now if need be."""
    if len(get_messages(wanted.request)):
        return _set(wanted, whose, get_messages(wanted.request))
    if state and wanted.query.words:
        state = f"{state} {copies.state()}"
    key = wanted.key(whose)
    found = standing.get(key, state)
    if found is None and not wrote_lately(wanted.request):
        found = standing.meanwhile(key)
    if found:
        return found
    with standing.one_at_a_time(key):
        if not (found := standing.get(key, state)):
            found = _set(wanted, whose)
            standing.keep(key, state, found)
    return found


def _set(wanted: Wanted, whose: int | None, messages: object = ()) -> Standing:
    request, query = wanted.request, wanted.query
    cursor = request.GET.get("cursor", "")
    shown = answer_for(whose, query, cursor)
    if shown.query.feed != query.feed:  # it has another name by now
        renamed = replace(query, feed=shown.query.feed)
        return Standing(SetPage("", {}), moved_to=address(renamed, cursor=cursor))
    sheet = Sheet()
    told = {"list": shown, "sheet": sheet, "user": wanted.role, "messages": messages}
    told["csrf_token"] = gap(TOKEN)
    page = render_to_string("feeds/list.html", told, request)
    return Standing(SetPage(page, sheet.cards), _days(shown))


def _days(shown: ListView) -> tuple[date, date] | None:
    """From the first to the last day of which the list tells anything, where digests name them."""
    query, page = shown.query, shown.page
    beside = shown.elsewhere or query
    if query.feed or not query.date or not query.last_day:
        return None
    around = [query.on(query.period, day) for day in (page.previous, page.next) if day]
    told = [query, *around, beside]
    first = min(one.date for one in told if one.date)
    return first, max(one.last_day for one in told if one.last_day)


def _moved(found: Standing) -> HttpResponseBase | None:
    return redirect(found.moved_to, permanent=True) if found.moved_to else None
