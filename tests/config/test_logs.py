"""What stands in the log, as the settings write it: the request's id, and no secret."""

import io
import json
import logging
import logging.config
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import path

from accounts import tokens
from accounts.models import Subscription
from config import sentry

KEY = "bsk_abcdefgh-and-the-rest-of-a-secret-that-is-long"
PASSWORD = "a-long-password"


def _break(_request, token):
    raise RuntimeError(f"no answer of redis://user:{PASSWORD}@redis/0 about {token}")


urlpatterns = [path("break/<str:token>", _break)]


@pytest.fixture
def written(request) -> Iterator[Callable[[], str]]:
    """All that is logged, by the handler and the format that the settings name."""
    stream = io.StringIO()
    told = {name: settings.LOGGING[name] for name in ("version", "formatters", "filters")}
    handler = settings.LOGGING["handlers"]["stderr"] | {"stream": stream}
    handler["formatter"] = getattr(request, "param", "line")
    before = logging.getLogger().handlers[:]
    logging.config.dictConfig(
        told
        | {"handlers": {"stderr": handler}, "root": {"handlers": ["stderr"], "level": "INFO"}}
        | {"disable_existing_loggers": False}
    )
    yield stream.getvalue
    logging.getLogger().handlers[:] = before


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("written", ["line", "json"], indirect=True)
def test_no_token_key_or_password_reaches_the_log(written) -> None:
    order = Subscription.objects.create(email="reader@example.org", cadence="daily")
    secrets = [tokens.write("manage", order), KEY, "some-other-bearer-token"]
    client = Client(raise_request_exception=False)
    for one in secrets:
        client.get(f"/break/{one}", {"key": one}, headers={"Authorization": f"Bearer {one}"})
        client.get(f"/nothing/{one}")
        logging.getLogger("feeds").warning("refused: Authorization: Bearer %s", one)
    said = written()
    assert "/break/" in said
    assert "/nothing/" in said
    assert "RuntimeError: no answer of redis" in said
    assert KEY not in said
    assert tokens.write("manage", order).rsplit(".", 1)[1] not in said
    assert "Bearer some-other" not in said
    assert PASSWORD not in said


@pytest.mark.urls(__name__)
@pytest.mark.django_db
@pytest.mark.parametrize("written", ["json"], indirect=True)
def test_a_line_of_json_tells_when_who_what_of_which_request_and_why(written) -> None:
    answer = Client(raise_request_exception=False).get("/break/it")
    logging.getLogger("feeds").info("“alone”\nin two lines")
    failed, alone = map(json.loads, written().splitlines())
    assert failed["request_id"] == answer["X-Request-ID"]
    assert (failed["level"], failed["logger"]) == ("ERROR", "django.request")
    assert failed["message"] == "Internal Server Error: /break/it"
    assert failed["error"].startswith("Traceback")
    assert failed["at"].endswith("+00:00")
    assert alone == {
        "at": alone["at"], "level": "INFO", "logger": "feeds", "message": "“alone”\nin two lines",
    }  # fmt: skip


def test_sentry_is_told_no_more_than_the_log() -> None:
    event = {"request": {"url": f"https://papers.example.org/mine/feed.rss?key={KEY}"}, "n": [1]}
    cleaned = sentry._cleaned(event, None)
    assert cleaned == {
        "request": {"url": "https://papers.example.org/mine/feed.rss?key=bsk_abcdefgh…"}, "n": [1],
    }  # fmt: skip
