"""Junk in a setting stops the start with a sentence that names the setting."""

from pathlib import Path

import pytest

from tests.config.processes import clean_environment, python

GOOD = {
    "DATABASE_URL": "postgresql://db.example.org/papers",
    "REDIS_URL": "redis://redis.example.org/0",
    "SECRET_KEY": "abcdefghijklmnopqrstuvwxyz-0123456789-ABCDEFGHIJKLMNOP",
}
JUNK = [
    ("SECRET_KEY", ""),
    ("SECRET_KEY", "short"),
    ("SECRET_KEY", "a" * 60),
    ("SECRET_KEY", "django-insecure-" + GOOD["SECRET_KEY"]),
    ("SECRET_KEY", "Change-me-to-50-random-characters-or-more-before-you-start"),
    ("DATABASE_URL", "mysql://db.example.org/papers"),
    ("DATABASE_URL", "sqlite:///papers.db"),
    ("DATABASE_URL", "postgresql://db.example.org:port/papers"),
    ("READ_DATABASE_URLS", "mysql://db.example.org/papers"),
    ("READ_DATABASE_URLS", "postgresql://one.example.org/papers,two.example.org"),
    ("READ_LAG_SECONDS", "-1"),
    ("REDIS_URL", "db.example.org"),
    ("REDIS_URL", "redis://redis.example.org:99999/0"),
    ("REDIS_URL", "redis://[::1/0"),
    ("DATABASE_POOL", "0"),
    ("DATABASE_POOL", "many"),
    ("SITE_URL", "papers.example.org"),
    ("SITE_URL", "https://"),
    ("SITE_URL", "https:///papers"),
    ("EMAIL_URL", "smtp://"),
    ("DEBUG", "maybe"),
    ("BEHIND_PROXY", "nginx"),
    ("BROADSHEET_SAMPLE", "2"),
    ("BROADSHEET_EMBEDDED", "perhaps"),
    ("DEFAULT_SUBSCRIPTION_HOUR", "24"),
    ("DEFAULT_SUBSCRIPTION_HOUR", "-1"),
    ("DEFAULT_SUBSCRIPTION_HOUR", "8.5"),
    ("DEFAULT_SUBSCRIPTION_HOUR", "²"),
    ("DEFAULT_SUBSCRIPTION_ZONE", "Middle/Earth"),
    ("DEFAULT_SUBSCRIPTION_ZONE", "../../etc/passwd"),
    ("EMAIL_URL", "mail.example.org"),
    ("EMAIL_URL", "ftp://mail.example.org"),
    ("EMAIL_URL", "smtp://mail.example.org:port"),
    ("LOG_LEVEL", "LOUD"),
    ("METRICS_TOKEN", "short"),
    ("SECURITY_CONTACT", "the admin"),
    ("LOG_FORMAT", "xml"),
    ("SENTRY_DSN", "sentry.example.org"),
    ("SENTRY_DSN", "https://key@sentry.example.org/1"),  # the package is not here
    ("FETCH_ALLOWED", "localhost"),
    ("FETCH_ALLOWED", "localhost:0"),
    ("FETCH_ALLOWED", "localhost:80,:80"),
    ("INBOUND_MAIL", "gmail"),
    ("MAIL_EVENTS", "gmail"),
    ("BOUNCE_ADDRESS", "bounces"),
    ("BOUNCE_ADDRESS", "a@example.org, b@example.org"),
    ("BOUNCE_MAILBOX", "imap.example.org"),
    ("BOUNCE_MAILBOX", "imaps://imap.example.org"),
    ("BOUNCE_MAILBOX", "imaps://a:b@imap.example.org:port/"),
    ("MAIL_ADMINS", "me@example.org, you"),
    ("MAIL_TEST_ADDRESS", "everybody"),
    ("MAIL_PER_MINUTE", "-1"),
    ("MAIL_STALE", "drop"),
    ("ADMIN_EMAIL_URL", "mail.example.org"),
    ("DKIM_KEY", "secret"),
    ("DNS_SERVER", "ns.example.org"),
    ("GIST_ENDPOINT", "localhost:11434"),
]
# Reads the settings once for each line of its input: name, a tab, the text. A line answers each.
PROGRAM = """
import os, runpy, sys
from django.core.exceptions import ImproperlyConfigured
good = dict(os.environ)
for line in sys.stdin:
    name, text = line.rstrip("\\n").split("\\t")
    os.environ.clear()
    os.environ.update(good | {name: text})
    try:
        runpy.run_path("config/settings.py")
    except ImproperlyConfigured as problem:
        print(problem)
    except Exception as error:
        print(f"a traceback: {error!r}")
    else:
        print("taken")
"""


@pytest.fixture(scope="module")
def answers() -> dict[tuple[str, str], str]:
    process = python("-c", PROGRAM, environment=clean_environment(**GOOD))
    asked = "".join(f"{name}\t{text}\n" for name, text in JUNK)
    said, _ = process.communicate(asked, timeout=60)
    return dict(zip(JUNK, said.splitlines(), strict=True))


@pytest.mark.parametrize(("name", "text"), JUNK)
def test_junk_is_refused_by_name(name: str, text: str, answers: dict[tuple[str, str], str]) -> None:
    assert answers[name, text].startswith(f"{name} is ")


@pytest.mark.parametrize("name", ["DATABASE_URL", "EMAIL_URL"])
def test_a_refusal_does_not_tell_a_password(name: str) -> None:
    secret = "hunter2hunter2"
    process = python("-c", PROGRAM, environment=clean_environment(**GOOD))
    said, _ = process.communicate(f"{name}\tgopher://me:{secret}@example.org\n", timeout=60)
    assert said.startswith(f"{name} is ")
    assert secret not in said


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "INBOUND_MAIL_SECRET is missing or too short"),
        ({"INBOUND_MAIL_SECRET": "name:short"}, "INBOUND_MAIL_SECRET is missing or too short"),
        ({"INBOUND_MAIL_SECRET": "n:" + "a" * 30}, "INBOUND_MAIL_SECRET is missing or too short"),
        ({"INBOUND_MAIL_SECRET": "n:not-to-be-guessed-1"}, "INBOUND_MAIL_KEY is missing"),
    ],
)
def test_mail_is_not_taken_in_without_a_secret(given: dict[str, str], sentence: str) -> None:
    environment = clean_environment(**GOOD | {"INBOUND_MAIL": "mailgun"} | given)
    process = python("manage.py", "check", environment=environment)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert said.startswith(f"broadsheet: {sentence}")


def test_a_model_that_proposes_gists_needs_a_name() -> None:
    environment = clean_environment(**GOOD | {"GIST_ENDPOINT": "https://models.example.org/v1"})
    process = python("manage.py", "check", environment=environment)
    said, _ = process.communicate(timeout=60)
    assert said.startswith("broadsheet: GIST_MODEL is not set")


def test_the_command_line_says_it_in_one_sentence() -> None:
    environment = clean_environment(**GOOD | {"LOG_LEVEL": "LOUD"})
    process = python("manage.py", "check", environment=environment)
    said, _ = process.communicate(timeout=60)
    assert (process.returncode, said) == (
        1,
        "broadsheet: LOG_LEVEL is 'LOUD'; it takes DEBUG, INFO, WARNING or ERROR.\n",
    )


def test_a_setting_may_be_read_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(GOOD["SECRET_KEY"] + "\n")
    without = {name: text for name, text in GOOD.items() if name != "SECRET_KEY"}
    environment = clean_environment(**without, SECRET_KEY_FILE=str(tmp_path / "key"))
    process = python(
        "-c", "import config.settings as s; print(s.SECRET_KEY)", environment=environment
    )
    said, _ = process.communicate(timeout=60)
    assert said.strip() == GOOD["SECRET_KEY"]


def test_admins_need_a_second_factor_but_where_somebody_takes_a_first_look() -> None:
    program = (
        "import os, runpy\n"
        "for more in ({}, {'BROADSHEET_EMBEDDED': '1'}, {'DEBUG': '1'},"
        " {'SECOND_FACTOR': 'off'}):\n"
        "    os.environ.update(more)\n"
        "    print(runpy.run_path('config/settings.py')['SECOND_FACTOR'])\n"
        "    [os.environ.pop(name) for name in more]\n"
    )
    process = python("-c", program, environment=clean_environment(**GOOD))
    said, _ = process.communicate(timeout=60)
    assert said.split() == ["True", "False", "False", "False"]
