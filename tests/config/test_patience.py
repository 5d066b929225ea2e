"""What a request does that meets a database which is away for a moment."""

import time
from collections.abc import Iterator

import psycopg
import pytest
from django.core.cache.backends.redis import RedisCacheClient
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from psycopg_pool import PoolTimeout

from accounts.sessions import SessionStore
from config.postgres.away import is_away
from config.postgres.base import Pool
from config.postgres.patience import Patience, note, page

pytestmark = pytest.mark.django_db  # between two tries old connections are closed


def error(cause: psycopg.Error) -> OperationalError:
    made = OperationalError(str(cause))
    made.__cause__ = cause
    return made


CUT = error(psycopg.errors.AdminShutdown("ended"))
WAITED = error(PoolTimeout("in vain"))


class Site:
    """Fails with these errors, one a request, and then answers."""

    def __init__(self, *errors: OperationalError) -> None:
        self.errors = list(errors)
        self.asked = 0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.asked += 1
        if not self.errors:
            answer = HttpResponse("here", headers={"Cache-Control": "public, max-age=60"})
        elif note(request, self.errors.pop(0)):
            answer = page(request)
        else:
            answer = HttpResponse(status=500)
        return answer


def ask(site: Site, method: str = "GET") -> HttpResponse:
    return Patience(site)(RequestFactory().generic(method, "/"))


def test_who_was_cut_off_is_answered_by_another_try() -> None:
    site = Site(CUT, CUT)
    assert ask(site).content == b"here"
    assert site.asked == 3


def test_what_may_have_changed_something_is_not_done_twice() -> None:
    site = Site(CUT)
    answer = ask(site, "POST")
    assert (answer.status_code, site.asked) == (503, 1)
    assert b"may not have been kept" in answer.content
    assert answer["Retry-After"]


def test_who_waited_in_vain_is_told_and_does_not_wait_again() -> None:
    site = Site(WAITED)
    assert (ask(site).status_code, site.asked) == (503, 1)


def test_errors_that_the_server_tells_of_a_question_are_no_absence() -> None:
    assert is_away(CUT)
    assert not is_away(error(psycopg.errors.QueryCanceled("too long")))
    assert not is_away(error(psycopg.errors.DiskFull("no space")))
    assert not is_away(ValueError())


@pytest.fixture
def nobody() -> Iterator[Pool]:
    pool = Pool("host=/nowhere", min_size=0, max_size=1, timeout=0.2, open=True)
    yield pool
    pool.close(timeout=0)


def test_the_second_one_does_not_wait_for_a_server_that_the_first_waited_for(nobody: Pool) -> None:
    took = []
    for _ in range(2):
        begun = time.monotonic()
        with pytest.raises(PoolTimeout):
            nobody.getconn()
        took.append(time.monotonic() - begun)
    assert took[0] >= 0.2 > took[1]


def test_a_session_is_read_without_redis(monkeypatch, client: Client, django_user_model) -> None:
    import redis

    client.force_login(django_user_model.objects.create_user("reader@example.org"))

    def away(*_: object, **__: object) -> None:
        raise redis.ConnectionError

    for name in ("get", "set"):
        monkeypatch.setattr(RedisCacheClient, name, away)
    assert SessionStore(client.session.session_key).load()["_auth_user_id"]
