"""A folder's messages go in whole, once each, and the folder stays as it was."""

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest

from feeds import imap
from feeds.models import Digest, Source
from feeds.sources.base import WrongSettings, checked, sources
from tests.factories import digest, entry
from tests.sources.conftest import NOW, Run, minutes
from tests.sources.imap_server import ImapServer


@pytest.fixture
def mail() -> Iterator[ImapServer]:
    server = ImapServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def source(makes, mail: ImapServer, settings) -> Source:
    settings.FETCH_ALLOWED = [f"127.0.0.1:{mail.port}"]
    settings.MAILBOX_PASSWORDS = {"MAILBOX_PASSWORD": mail.password}
    return makes("mailbox", host="127.0.0.1", port=mail.port, user=mail.user, security="none")


def test_each_message_goes_in_whole_and_once(source: Source, runs: Run, mail: ImapServer) -> None:
    first = digest(entry())
    mail.comes(first)
    mail.comes(digest(entry(), entry()))
    outcome = runs(source)
    assert (outcome.error, outcome.documents, outcome.new) == ("", 2, 3)
    assert Digest.objects.earliest("id").content()[:] == first
    assert runs(source, NOW + minutes(15)).documents == 0


def test_what_comes_later_is_read_later(source: Source, runs: Run, mail: ImapServer) -> None:
    mail.comes(digest(entry()))
    runs(source)
    mail.comes(digest(entry()))
    mail.asked.clear()
    assert runs(source, NOW + minutes(15)).new == 1
    assert [each for each in mail.asked if "BODY" in each] == ["UID FETCH 2 (BODY.PEEK[])"]


def test_nothing_in_the_folder_is_changed(source: Source, runs: Run, mail: ImapServer) -> None:
    mail.comes(digest(entry()))
    runs(source)
    assert {each.split()[0] for each in mail.asked} == {
        "CAPABILITY", "LOGIN", "EXAMINE", "UID", "LOGOUT",
    }  # fmt: skip


def test_the_first_run_goes_back_a_week_or_to_the_first_day(
    source: Source, runs: Run, mail: ImapServer
) -> None:
    mail.comes(digest(entry()), date(2026, 4, 1))
    mail.comes(digest(entry()), date(2026, 4, 20))
    assert runs(source).new == 1
    source.settings |= {"since": "2026-04-01"}
    source.save()
    outcome = runs(source)
    assert (outcome.new, outcome.unchanged) == (1, 1)


def test_a_folder_that_was_numbered_anew_is_read_from_the_last_day(
    source: Source, runs: Run, mail: ImapServer
) -> None:
    old, late = digest(entry()), digest(entry())
    mail.comes(old, date(2026, 4, 20))
    mail.comes(late, date(2026, 4, 24))
    runs(source)
    mail.validity = 2
    mail.messages = {
        1: (date(2026, 4, 24), digest(entry())),
        7: (date(2026, 4, 20), old),
        8: (date(2026, 4, 24), late),
    }
    outcome = runs(source, NOW + minutes(15))
    assert (outcome.new, outcome.unchanged) == (1, 1)
    assert (source.state["validity"], source.state["uid"]) == (2, 8)


def test_a_message_without_papers_is_told_of_and_is_no_failure(
    source: Source, runs: Run, mail: ImapServer
) -> None:
    mail.comes(b"")
    mail.comes(b"\x00\xff\x00")
    mail.comes(digest(entry()))
    outcome = runs(source)
    assert (outcome.error, outcome.new, source.failures) == ("", 1, 0)
    assert "INBOX-2.eml" in source.last_error
    assert Digest.objects.get(name="INBOX-2.eml").content()[:] == b"\x00\xff\x00"
    assert runs(source, NOW + minutes(15)).troubles == []


def test_a_message_that_is_too_long_is_passed_over(
    source: Source, runs: Run, mail: ImapServer, monkeypatch
) -> None:
    monkeypatch.setattr(imap, "LARGEST", 5000)
    mail.comes(b"x" * 5001)
    mail.comes(digest(entry()))
    assert runs(source).new == 1
    assert "message 1 is longer than 5,000 bytes" in source.last_error


def test_a_server_that_lies_about_a_size_is_left(
    source: Source, runs: Run, mail: ImapServer
) -> None:
    mail.comes(digest(entry()))
    mail.instead = lambda command: (
        b"* 1 FETCH (UID 1 BODY[] {99999999999}\r\n" if "BODY" in command else None
    )
    assert "a message of 99,999,999,999 bytes" in runs(source).error


def test_a_message_that_went_away_meanwhile_is_passed(
    source: Source, runs: Run, mail: ImapServer
) -> None:
    mail.comes(digest(entry()))
    mail.instead = lambda command: b"* SEARCH 1 5\r\n" if "search" in command.lower() else None
    outcome = runs(source)
    assert (outcome.error, outcome.new) == ("", 1)


def test_a_run_that_is_cut_goes_on_at_the_next_message(
    source: Source, runs: Run, mail: ImapServer
) -> None:
    mail.comes(digest(entry()))
    mail.comes(digest(entry()))
    assert runs(source, longest=timedelta(0)).documents == 1
    assert mail.asked[-1] == "LOGOUT"
    assert runs(source).documents == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"password": "another"}, "does not take this user with this password"),
        ({"folder": "Papers"}, "has no folder 'INBOX'"),
    ],
)
def test_what_the_server_refuses_is_told(
    source: Source, runs: Run, mail: ImapServer, change, sentence: str
) -> None:
    for name, value in change.items():
        setattr(mail, name, value)
    assert sentence in runs(source).error
    assert mail.password not in source.last_error


def test_a_server_that_is_silent_is_left(
    source: Source, runs: Run, mail: ImapServer, monkeypatch
) -> None:
    monkeypatch.setattr(imap, "SILENCE", 0.2)
    ends = threading.Event()
    mail.instead = lambda _: b"" if ends.wait(10) else None
    assert "silent for too long" in runs(source).error
    ends.set()


@pytest.mark.parametrize("noise", [b"* SEARCH one two\r\n", b"\xff\xfe\r\n"])
def test_an_answer_that_makes_no_sense_is_told(
    source: Source, runs: Run, mail: ImapServer, noise: bytes
) -> None:
    mail.instead = lambda command: noise if "SEARCH" in command else None
    assert runs(source).error.startswith("127.0.0.1 broke off: ")


def test_a_password_that_is_not_set_is_told_by_name(
    source: Source, runs: Run, settings, mail: ImapServer
) -> None:
    settings.MAILBOX_PASSWORDS = {}
    assert runs(source).error == "MAILBOX_PASSWORD is not set in the environment of the workers."
    assert mail.asked == []


@pytest.mark.parametrize(
    ("host", "port", "sentence"),
    [("127.0.0.1", 993, "not public"), ("10.1.2.3", 143, "not public"), ("a.org", 22, "port 22")],
)
def test_only_public_mail_servers_are_asked(
    source: Source, runs: Run, host: str, port: int, sentence: str
) -> None:
    source.settings |= {"host": host, "port": port}
    source.save()
    assert sentence in runs(source).error


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"password": "hunter2"}, "never the password itself"),
        ({"password": "SECRET_KEY"}, "starts with MAILBOX_PASSWORD"),
        ({"user": "a\r\nA1 LOGOUT"}, "line break"),
        ({"folder": "a\nb"}, "line break"),
        ({"security": "perhaps"}, "perhaps"),
        ({"host": "a b"}, "name like"),
    ],
)
def test_wrong_settings_are_told(wrong: dict[str, str], sentence: str) -> None:
    good = {"host": "imap.example.org", "user": "papers"}
    with pytest.raises(WrongSettings, match=sentence):
        checked(sources.get("mailbox"), good | wrong)


def test_tls_is_what_one_gets_without_asking() -> None:
    taken = checked(sources.get("mailbox"), {"host": "imap.example.org", "user": "papers"})
    assert (taken["security"], taken["folder"]) == ("tls", "INBOX")
    assert taken["password"] == "MAILBOX_PASSWORD"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    if shutil.which("openssl") is None:
        pytest.skip("no openssl to make a certificate with")
    file = tmp_path / "mail.pem"
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
            "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=mail",
            "-addext", "subjectAltName=IP:127.0.0.1",
            "-keyout", file, "-out", file.with_suffix(".crt"),
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    file.write_bytes(file.read_bytes() + file.with_suffix(".crt").read_bytes())
    return file


@pytest.mark.parametrize("trusted", [True, False])
def test_a_certificate_is_checked(
    makes, runs: Run, settings, certificate: Path, *, trusted: bool
) -> None:
    mail = ImapServer(certificate)
    mail.start()
    mail.comes(digest(entry()))
    settings.FETCH_ALLOWED = [f"127.0.0.1:{mail.port}"]
    settings.MAILBOX_PASSWORDS = {"MAILBOX_PASSWORD": mail.password}
    told = {"SSL_CERT_FILE": str(certificate.with_suffix(".crt"))} if trusted else {}
    try:
        with patch.dict(os.environ, told):
            outcome = runs(makes("mailbox", host="127.0.0.1", port=mail.port, user=mail.user))
    finally:
        mail.stop()
    assert (outcome.new, "no good certificate" in outcome.error) == (int(trusted), not trusted)
