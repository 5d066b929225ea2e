"""The same request gets the same bytes as long as the database stays as it is: at the door, before
all middleware.

What is given here was given by feeds/web/kept.py before, to a request that said the same of all
that an answer may depend on, and passed everything that a request passes. A request with a cookie,
a key or a wish for a part goes on inside, as does all that is not known to be the same.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Lock
from time import monotonic, perf_counter
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from config.counted_requests import REQUESTS
from config.request_ids import HEADER, id_for
from feeds.unchanged import unchanged
from feeds.web.kept import GIVEN, Given

Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]

_SOMEBODYS = frozenset(("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_RANGE", "HTTP_HX_REQUEST"))
_SAYS = (
    *("wsgi.url_scheme", "HTTP_X_FORWARDED_PROTO", "HTTP_HOST", "SCRIPT_NAME"),
    *("PATH_INFO", "QUERY_STRING", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"),
    *("HTTP_ACCEPT", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING"),
)
_VARIES = frozenset(("", "accept", "accept-language", "accept-encoding", "cookie"))
Said = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    status: str
    headers: list[tuple[str, str]]
    body: list[bytes]
    given: Given

    @property
    def holds(self) -> bool:
        return monotonic() < self.given.until and unchanged.holds(self.given.state)


class Door:
    """A WSGI application around the site's."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._room = settings.KEPT_ANSWERS_MB << 20
        self._answers: dict[Said, Answer] = {}
        self._used = 0
        self._lock = Lock()

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        began = perf_counter()
        said = _said(environ)
        found = self._answers.get(said) if said else None
        if found and found.holds:
            start(found.status, [*found.headers, (HEADER, id_for(environ))])
            took = perf_counter() - began
            REQUESTS.took(took, found.given.route, "GET", f"{found.status[0]}xx")
            return found.body
        answer = self._application(environ, start)
        given: Given | None = environ.get(GIVEN)
        if said and given and isinstance(answer, HttpResponse) and not answer.cookies:
            self._learn(said, answer, given)
        return answer

    def _learn(self, said: Said, answer: HttpResponse, given: Given) -> None:
        """Keeps what it was answered, as it left."""
        if not (_VARIES.issuperset(given.varies) and unchanged.holds(given.state)):
            return
        headers = [one for one in answer.items() if one[0] != HEADER]
        status = f"{answer.status_code} {answer.reason_phrase}"
        with self._lock:
            if self._used > self._room:
                self._answers.clear()
                self._used = 0
            self._answers[said] = Answer(status, headers, [answer.content], given)
            self._used += len(answer.content) + 2_000


def _said(environ: Environ) -> Said | None:
    """All that the request says of what an answer may depend on; None where it is somebody's."""
    if environ["REQUEST_METHOD"] != "GET" or not _SOMEBODYS.isdisjoint(environ):
        return None
    return tuple([environ.get(name) for name in _SAYS])
