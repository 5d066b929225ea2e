"""Answers that are the same for everybody, kept in the process while the database stays the same.

Kept is what says of itself that any cache may keep it (`Cache-Control: public`), as it goes out:
with its validators, and compressed. An answer to a reader who is known is neither kept nor given
out of what is kept. What is searched for is kept while the index of words stays the same, too: it
follows the database. While that is away, what was a minute old at most when it went still is given.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language_from_request

from config.compressed import coding_for
from config.message_cookie import MessageCookie
from config.postgres.patience import met_none
from config.reads_replicas import WROTE
from feeds.answers import FRESH_FOR
from feeds.search import copies
from feeds.unchanged import unchanged

LARGEST = 1 << 20  # bytes of one answer
MOST_PLACES = 10_000
MOST_FORMS = 20  # of an answer: by language, coding …
GIVEN = "broadsheet.given"  # in a request's META: what was given of what is kept
PATIENCE = 5.0  # seconds that a request waits for another that makes the same answer
LONGEST_AWAY = 600.0  # seconds: from then on what is kept may be wrong in more than its numbers
# With one of these a request is somebody's, or is for a part of an answer.
_COOKIES = (settings.SESSION_COOKIE_NAME, MessageCookie.cookie_name, WROTE)
_HEADERS = ("Authorization", "Range", "HX-Request")

Form = tuple[str, ...]


class Place(NamedTuple):
    scheme: str
    host: str
    path: str
    terms: str


class Given(NamedTuple):
    """Of an answer that was given: in which state it holds, until when, for whom, and its route."""

    state: str
    until: float
    varies: tuple[str, ...]
    route: str


@dataclass(frozen=True, slots=True)
class Entry:
    body: bytes
    headers: tuple[tuple[str, str], ...]
    match: ResolverMatch | None
    given: Given

    @property
    def until(self) -> float:
        return self.given.until

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        """It, or 304 where the client has it already."""
        request.resolver_match = self.match
        request.META[GIVEN] = self.given
        whole = HttpResponse(self.body, headers=dict(self.headers))
        etag = whole.headers.get("ETag")
        return get_conditional_response(request, etag=etag, response=whole) or whole


@dataclass(slots=True)
class Shelf:
    """What is kept of one place: an entry for each form that the headers `varies` ask for."""

    state: str
    varies: tuple[str, ...]
    entries: dict[Form, Entry] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return sum(len(entry.body) for entry in self.entries.values())


class KeptAnswers:
    """Middleware, outside of what compresses and of all that looks at who asks.

    An answer is kept from the second time on: what never gives one for everybody (whether the
    process lives, a style) does not ask the database whether it changed, nor wait for it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        self._kept = Kept(settings.KEPT_ANSWERS_MB << 20)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not (self._kept.room and _is_anybodys(request)):
            return self._get_response(request)
        place = _place(request)
        answer = self._answer(place, request)
        if met_none(request) and (last := self._kept.last(place, request, unchanged.seen)):
            return last.answer(request)
        return answer

    def _answer(self, place: Place, request: HttpRequest) -> HttpResponseBase:
        if not self._kept.knows(place):
            answer = self._get_response(request)
            if isinstance(answer, HttpResponse) and _is_for_everybody(answer):
                self._kept.learn(place)
            return answer
        if not (now := _state(request)):
            return self._get_response(request)
        if found := self._kept.get(place, request, now):
            return found.answer(request)
        with self._kept.one_at_a_time(place):
            if found := self._kept.get(place, request, now):
                return found.answer(request)
            answer = self._get_response(request)
            if isinstance(answer, HttpResponse) and _is_for_everybody(answer):
                self._kept.put(place, request, now, answer)
            return answer


class Kept:
    """The answers; those asked for longest ago go first. `room` is in bytes."""

    def __init__(self, room: int) -> None:
        self.room = room
        self._used = 0
        self._shelves: OrderedDict[Place, Shelf] = OrderedDict()
        self._lock = Lock()
        self._making = [Lock() for _ in range(64)]

    def knows(self, place: Place) -> bool:
        """Whether it gave an answer for everybody before."""
        return place in self._shelves

    def learn(self, place: Place) -> None:
        with self._lock:
            self._shelves.setdefault(place, Shelf("", ()))
            self._make_room()

    def get(self, place: Place, request: HttpRequest, now: str) -> Entry | None:
        """What is kept for such a request, if the database is still in that state."""
        with self._lock:
            shelf = self._shelves.get(place)
            if shelf is None or shelf.state != now:
                return None
            self._shelves.move_to_end(place)
            entry = shelf.entries.get(_form(request, shelf.varies))
        return entry if entry and time.monotonic() < entry.until else None

    def last(self, place: Place, request: HttpRequest, seen: float) -> Entry | None:
        """What was fresh when the database was seen last, unless that is long ago."""
        shelf = self._shelves.get(place)
        entry = shelf.entries.get(_form(request, shelf.varies)) if shelf else None
        short = time.monotonic() < seen + LONGEST_AWAY
        return entry if entry and short and entry.until > seen else None

    def put(self, place: Place, request: HttpRequest, now: str, answer: HttpResponse) -> None:
        """Keeps the answer that was made of the database in that state, or a later one."""
        varies = tuple(sorted(name.strip().lower() for name in answer.get("Vary", "").split(",")))
        match = request.resolver_match
        route = match.view_name if match else "none"
        given = Given(now, time.monotonic() + FRESH_FOR, varies, route)
        entry = Entry(answer.content, tuple(answer.headers.items()), match, given)
        with self._lock:
            shelf = self._take(place)
            if not shelf or (shelf.state, shelf.varies) != (now, varies):
                shelf = Shelf(now, varies)
            if len(shelf.entries) >= MOST_FORMS:
                shelf.entries.clear()
            shelf.entries[_form(request, varies)] = entry
            self._shelves[place] = shelf
            self._used += shelf.size
            self._make_room()

    def _make_room(self) -> None:
        while self._used > self.room or len(self._shelves) > MOST_PLACES:
            self._take(next(iter(self._shelves)))

    def _take(self, place: Place) -> Shelf | None:
        shelf = self._shelves.pop(place, None)
        self._used -= shelf.size if shelf else 0
        return shelf

    @contextmanager
    def one_at_a_time(self, place: Place) -> Iterator[None]:
        """One request makes it anew; the others find what that made."""
        making = self._making[hash(place) % len(self._making)]
        mine = making.acquire(timeout=PATIENCE)
        try:
            yield
        finally:
            if mine:
                making.release()


def _is_anybodys(request: HttpRequest) -> bool:
    return (
        request.method == "GET"
        and not any(name in request.headers for name in _HEADERS)
        and not any(name in request.COOKIES for name in _COOKIES)
    )


def _state(request: HttpRequest) -> str | None:
    """That of all that the answer is made of; None where it cannot be told."""
    now = unchanged.state()
    return f"{now} {copies.state()}" if now and "q=" in request.META["QUERY_STRING"] else now


def _is_for_everybody(answer: HttpResponse) -> bool:
    return (
        answer.status_code == 200
        and "public" in answer.get("Cache-Control", "")
        and answer.get("Vary", "") != "*"
        and not answer.cookies
        and len(answer.content) <= LARGEST
    )


def _place(request: HttpRequest) -> Place:
    told = request.META
    return Place(
        request.scheme or "", told.get("HTTP_HOST", ""), request.path, told["QUERY_STRING"]
    )


def _form(request: HttpRequest, varies: tuple[str, ...]) -> Form:
    """What the request says of the headers on which the answer depends."""
    return tuple([_said(request, name) for name in varies])


def _said(request: HttpRequest, name: str) -> str:
    if name == "accept-encoding":
        return coding_for(request)
    if name == "accept-language":
        return get_language_from_request(request)
    if name == "cookie":  # but for that of a token, which no answer for everybody has in it
        told = request.COOKIES.items()
        return str(sorted(one for one in told if one[0] != settings.CSRF_COOKIE_NAME))
    return request.headers.get(name, "")
