"""What is the same for everybody is given at the door, and nothing else is."""

from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from django.utils import timezone

from config.counting import counted
from feeds.models import Paper
from feeds.unchanged import unchanged
from feeds.web.door import Door
from tests.factories import entry, put_in

# Within a transaction nothing is kept, so that each of these commits.
pytestmark = pytest.mark.django_db(transaction=True)
Told = tuple[str, dict[str, str], bytes]


@pytest.fixture
def inside() -> list[str]:
    """The paths of the requests that went in."""
    return []


@pytest.fixture
def ask(settings, transactional_db, inside) -> Iterator[Callable[..., Told]]:
    settings.SAME_FOR_MS = 60_000
    put_in(entry(id="2604.00001", title="First"), entry(id="2604.00002", title="Second"))
    unchanged.look_again()
    site = WSGIHandler()

    def application(environ, start):
        inside.append(environ["PATH_INFO"])
        return site(environ, start)

    door = Door(application)

    def asked(path: str = "/", **said: str) -> Told:
        path, _, terms = path.partition("?")
        told: list[tuple[str, dict[str, str]]] = []
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": terms, "SCRIPT_NAME": "",
            "SERVER_NAME": "testserver", "SERVER_PORT": "80", "HTTP_HOST": "testserver",
            "wsgi.url_scheme": "http", "wsgi.input": BytesIO(), "wsgi.errors": None, **said,
        }  # fmt: skip
        answer = door(environ, lambda status, headers: told.append((status, dict(headers))))
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        return (*told[0], body)

    yield asked
    unchanged.look_again()


def ask_often(ask: Callable[..., Told], path: str = "/", **said: str) -> Told:
    """The answer as it is from the fourth time on: known, kept, given, given at the door."""
    return [ask(path, **said) for _ in range(4)][-1]


def test_what_is_given_at_the_door_is_what_is_given_inside(ask, inside) -> None:
    for coding in ("br", "gzip", ""):
        said = {"HTTP_ACCEPT_ENCODING": coding}
        within = [ask("/", **said) for _ in range(3)][-1]
        before = len(inside)
        at_the_door = ask("/", **said)
        assert len(inside) == before
        assert at_the_door[1].get("Content-Encoding", "") == coding
        assert (at_the_door[0], at_the_door[2]) == (within[0], within[2])
        ids = [told[1].pop("X-Request-ID") for told in (within, at_the_door)]
        assert at_the_door[1] == within[1]
        assert ids[0] != ids[1]
    etag = ask_often(ask)[1]["ETag"]
    status, headers, body = ask_often(ask, HTTP_IF_NONE_MATCH=etag)
    assert (status, headers["ETag"], body) == ("304 Not Modified", etag, b"")
    before = len(inside)
    assert ask(HTTP_IF_NONE_MATCH=etag)[0] == status
    assert len(inside) == before


def test_another_language_another_host_and_another_state_are_asked_for_inside(ask) -> None:
    english = ask_often(ask)
    german = ask_often(ask, HTTP_ACCEPT_LANGUAGE="de")
    assert (english[1]["Content-Language"], german[1]["Content-Language"]) == ("en", "de")
    assert ask(HTTP_ACCEPT_LANGUAGE="de")[2] == german[2] != english[2]
    assert ask(HTTP_HOST="elsewhere.example")[0].startswith("400")
    assert b"Second" in ask()[2]
    Paper.objects.filter(key="2604.00002").update(dropped_at=timezone.now())
    unchanged.look_again()
    assert b"Second" not in ask()[2]


def test_who_is_somebody_goes_inside(ask, inside, django_user_model) -> None:
    client = Client()
    client.force_login(django_user_model.objects.create_user("reader@example.org"))
    unchanged.look_again()
    ask_often(ask)
    before = len(inside)
    known = ask(HTTP_COOKIE=f"sessionid={client.cookies['sessionid'].value}")
    assert b"reader@example.org" in known[2]
    ask(HTTP_COOKIE="show=headlines")
    ask(HTTP_RANGE="bytes=0-9")
    ask(HTTP_HX_REQUEST="true")
    assert ask("/api/v1/papers", HTTP_AUTHORIZATION="Bearer bsk_nothing")[0].startswith("401")
    assert len(inside) == before + 5
    assert b"reader@example.org" not in ask()[2]


def test_what_is_given_at_the_door_is_counted_by_its_route(ask) -> None:
    ask_often(ask, "/api/v1/papers")
    before = asked_for("api-papers")
    ask("/api/v1/papers")
    assert asked_for("api-papers") == before + 1


def asked_for(route: str) -> float:
    """How often it was, as a monitor is told."""
    labels = ("http_request_seconds", route, "GET", "2xx")
    ends = [(end, n) for (*found, end), n in counted().items() if tuple(found) == labels]
    return sum(n for end, n in ends if end != "sum")
