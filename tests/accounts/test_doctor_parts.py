"""What `manage.py doctor` finds of settings, database, processes, machine and address."""

import json
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from accounts import backing_up
from accounts.doctor import base
from accounts.models import User
from tests.accounts.smtp import free_port

pytestmark = pytest.mark.django_db
PARTS = {"address", "database", "email", "machine", "running", "site"}


def found(part: str) -> dict[str, base.Finding]:
    return {finding.about: finding for _, finding in base.examine([part])}


def wrong(part: str) -> set[str]:
    return {about for about, finding in found(part).items() if finding.state == base.BAD}


@pytest.fixture
def public(settings) -> None:
    """A site in production, as it should be."""
    settings.EMBEDDED, settings.SECURE, settings.SHOW_OUTBOX = False, True, False
    settings.SITE_URL, settings.SITE_HOST = "https://papers.example.org", "papers.example.org"
    settings.ALLOWED_HOSTS = ["papers.example.org"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    User.objects.create_superuser("boss@example.org")


def test_a_file_of_the_package_is_a_part() -> None:
    assert set(base.parts.names()) == PARTS


def test_settings_that_are_as_they_should_be_are_not_wrong(public) -> None:
    assert wrong("site") == set()


@pytest.mark.parametrize(
    ("given", "about", "words"),
    [
        (("SITE_HOST", "localhost"), "Address", "this machine for everybody"),
        (("SECURE", False), "Address", "is not encrypted"),
        (("ALLOWED_HOSTS", ["*"]), "Host names", "under any name"),
        (("ALLOWED_HOSTS", ["other.example.org"]), "Host names", "is refused"),
        (("SECURE_PROXY_SSL_HEADER", None), "Proxy", "None is believed"),
        (("DEBUG", True), "DEBUG", "sees source"),
    ],
)
def test_a_setting_that_is_wrong_is_told_with_what_to_do(
    public, settings, given, about, words
) -> None:
    setattr(settings, *given)
    finding = found("site")[about]
    assert words in finding.found
    assert finding.state == base.BAD
    assert finding.fix


def test_what_django_itself_says_of_a_deployment_is_told(public, settings) -> None:
    settings.SESSION_COOKIE_SECURE = False
    assert found("site")["security.W012"].state == base.NOTE


def test_a_site_without_an_admin_is_told_how_to_make_one(public) -> None:
    assert "second factor: boss@example.org" in found("site")["Admins"].found
    User.objects.all().delete()
    assert found("site")["Admins"].fix.startswith("manage.py role give admin")


def test_a_database_in_order_is_not_wrong() -> None:
    assert wrong("database") == set()
    looked = {"PostgreSQL", "Migrations", "pgvector", "Encoding", "Clocks", "Connections"}
    assert set(found("database")) == looked


def test_what_a_database_lacks_is_told(settings, monkeypatch) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE name = '0014_second_factor'")
    pool = settings.DATABASES["default"]["OPTIONS"]["pool"]
    monkeypatch.setitem(pool, "max_size", 90_000)
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        told = found("database")
    assert told["Migrations"].fix == "manage.py migrate"
    assert "s apart" in told["Clocks"].found
    assert told["Clocks"].state == base.BAD
    assert "DATABASE_POOL" in told["Connections"].fix


def test_what_does_not_run_is_told_with_the_command() -> None:
    told = found("running")
    assert told["Redis"].state == base.GOOD
    assert "celery -A config worker --queues" in told["Workers"].fix


def test_a_redis_that_is_away_ends_its_part_alone(settings) -> None:
    settings.CELERY_BROKER_URL = f"redis://:hunter2@127.0.0.1:{free_port()}/0"
    told = found("running")
    assert [finding.state for finding in told.values()] == [base.BAD]
    assert "hunter2" not in str(told)


def test_a_machine_without_what_a_site_needs_is_told(settings, tmp_path) -> None:
    (tmp_path / "file").write_text("no folder")
    settings.DATA_DIR = tmp_path / "file"
    settings.WHITENOISE_USE_FINDERS = False
    settings.STATIC_ROOT = tmp_path / "nowhere"
    assert wrong("machine") == {"Data directory", "Static files"}


def test_backups_are_told_of_by_their_age() -> None:
    assert "None by" in found("machine")["Backup"].found
    backing_up.note(timezone.now() - timedelta(days=3))
    assert "3 days old" in found("machine")["Backup"].found
    backing_up.note(timezone.now())
    assert found("machine")["Backup"].state == base.GOOD


def test_the_address_is_asked_as_readers_and_mail_programs_ask(live_server, settings) -> None:
    settings.SITE_URL = live_server.url
    assert found("address")["From outside"].state == base.NOTE  # it is private
    settings.FETCH_ALLOWED = [live_server.url.removeprefix("http://")]
    assert wrong("address") == set()
    assert "one click" in found("address")["Unsubscribing"].found
    settings.SITE_URL = f"http://127.0.0.1:{free_port()}"
    settings.FETCH_ALLOWED = [settings.SITE_URL.removeprefix("http://")]
    assert wrong("address") == {"From outside"}


def test_programs_get_it_as_json_and_a_status() -> None:
    out = StringIO()
    with pytest.raises(CommandError, match="wrong"):
        call_command("doctor", "running", "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert told["wrong"] > 0
    assert {one["part"] for one in told["findings"]} == {"running"}
    with pytest.raises(CommandError, match="no part wheels"):
        call_command("doctor", "wheels")
