"""An answer, the log and the page of a failure name the same id."""

import logging
import re

import pytest
from django.test import Client, RequestFactory
from django.urls import path

from config.request_ids import InLog, current
from feeds.web.failing import failed


def _break(_request):
    logging.getLogger("feeds.web").warning("about to fail")
    raise RuntimeError("broken on purpose")


urlpatterns = [path("break", _break)]
handler500 = "feeds.web.failing.failed"


@pytest.fixture
def records():
    """What is logged, with the ids that the log's filter gave."""
    kept: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            kept.append(f"{record.request_id} {record.getMessage()}")

    handler = Keep()
    handler.addFilter(InLog())
    logging.getLogger().addHandler(handler)
    yield kept
    logging.getLogger().removeHandler(handler)


@pytest.mark.django_db
def test_every_answer_has_an_id_of_its_own(client) -> None:
    ids = {client.get("/livez")["X-Request-ID"] for _ in range(3)}
    assert len(ids) == 3
    assert all(re.fullmatch(r"[0-9a-f]{12}", one) for one in ids)
    assert current() == ""


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_the_page_of_a_failure_names_the_id_that_the_log_has(records) -> None:
    answer = Client(raise_request_exception=False).get("/break")
    number = answer["X-Request-ID"]
    assert answer.status_code == 500
    assert number in answer.content.decode()
    assert f" [{number}] about to fail" in records
    assert any(line.startswith(f" [{number}] Internal Server Error") for line in records)


def test_without_a_request_the_page_and_the_log_do_without_an_id(records) -> None:
    assert failed(RequestFactory().get("/")).status_code == 500
    logging.getLogger("feeds").warning("alone")
    assert " alone" in records


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "kept"), [("from-the-proxy-1", True), ("short", False), ("a\u00e9" * 9, False)]
)
def test_the_id_of_a_proxy_is_kept_where_there_is_one(client, settings, given, kept) -> None:
    assert client.get("/livez", headers={"X-Request-ID": given})["X-Request-ID"] != given
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    answer = client.get("/livez", headers={"X-Request-ID": given})
    assert (answer["X-Request-ID"] == given) is kept
