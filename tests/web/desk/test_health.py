"""What an admin sees at a glance."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from feeds.models import Source
from feeds.vitals import beat
from tests.factories import entry, put_in
from tests.web.document import Element, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client, django_user_model, settings, tmp_path) -> Client:
    settings.DATA_DIR = tmp_path
    client.force_login(django_user_model.objects.create_superuser("admin@example.org"))
    return client


def words(admin: Client) -> dict[str, str]:
    """What is said of each part."""
    page = read(admin.get("/desk/health"))
    rows = page.all("ul", class_="rows")[0].all("li")
    return {row.one("h2").text: row.one("p").text for row in rows if row.all("p")}


def main(admin: Client) -> Element:
    return read(admin.get("/desk/health")).one("main")


def test_each_part_says_how_it_is(admin) -> None:
    beat.hear(timezone.now() - timedelta(minutes=12))
    told = words(admin)
    assert told["Database"] == told["Broker"] == told["Mail"] == "Well."
    assert told["Beat"] == "Silent for 12 min."
    assert told["Index of words"] == "Being built."
    assert "2 parts are not well." in main(admin).text
    assert "Messages that wait in a queue (celery)" in main(admin).text


def test_a_source_that_ails_is_named_with_its_last_error(admin) -> None:
    assert "None." in main(admin).text
    now = timezone.now()
    Source.objects.create(slug="a", name="A feed", plugin="rss", failures=3,
        last_error="example.org answers 404.", last_error_at=now, next_run_at=now)  # fmt: skip
    assert "A feed" in main(admin).text
    assert "example.org answers 404." in main(admin).text


def test_what_came_in_is_summed_up(admin) -> None:
    put_in(entry("One"), entry("Two"))
    page = main(admin)
    assert "Entries of digests by what became of them" in page.texts("h3")


def test_the_page_stands_without_a_broker(admin, settings) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    told = words(admin)
    assert (told["Broker"], told["Mail"]) == ("No answer.", "Unknown.")
    assert "1 part is not well." in main(admin).text
    assert "Nothing was counted yet" in main(admin).text
