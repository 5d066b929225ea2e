"""Mail that a mail service hands over goes to the source whose address it was sent to."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from config.environment import MAIL_SERVICES
from feeds import fetching
from feeds.inbound import addresses
from feeds.models import Digest, Paper, Source
from feeds.sources.base import WrongSettings, checked, sources
from tests.sources.conftest import NOW

SECRET = "postmark:not-to-be-guessed-1234"
RULE = "-" * 78


def mail(body: str = "", sender: str = "alerts@example.org") -> str:
    """A message with one paper, as arXiv mails them, or with another body."""
    paper = (
        f"{RULE}\r\n\\\\\r\narXiv:2604.06051\r\nDate: Thu, 23 Apr 2026 16:40:59 GMT   (8kb)\r\n"
        "\r\nTitle: Tanks of light\r\nAuthors: Ada Author\r\nCategories: cs.AI\r\n\\\\\r\n"
        "  We fill tanks with light.\r\n\\\\ ( https://arxiv.org/abs/2604.06051 ,  8kb)\r\n"
    )
    return (
        f"From: Alerts <{sender}>\r\nTo: papers@example.net\r\nSubject: cs daily Subj-class "
        "mailing, of a length that is beyond what a line of a header usually is\r\n"
        "Date: Fri, 24 Apr 2026 00:43:00 GMT\r\nMessage-ID: <1@example.org>\r\n"
        f"Content-Type: text/plain\r\n\r\n{body or paper}"
    )


@pytest.fixture
def source(makes) -> Source:
    return makes("inbound_mail", slug="alerts", address="Papers@Example.net")


@pytest.fixture
def hands_over(settings, client: Client) -> Callable[..., int]:
    """What the mail service does; the status of the answer."""
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}
    settings.ROOT_URLCONF = (*addresses("postmark"),)

    def handing(raw: str, to: str = "papers@example.net", secret: str = SECRET, **more: Any) -> int:
        told = {"RawEmail": raw, "OriginalRecipient": to, "MessageID": "abc", "Headers": []}
        login = base64.b64encode(secret.encode()).decode()
        return client.post(
            "/postmark/inbound/",
            json.dumps(told | more),
            content_type="application/json",
            headers={"Authorization": f"Basic {login}"},
        ).status_code

    return handing


def test_a_message_becomes_a_digest_of_its_whole_bytes(source: Source, hands_over) -> None:
    assert hands_over(mail()) == 200
    kept = Digest.objects.get()
    assert kept.source == source
    assert kept.content()[:].replace(b"\r\n", b"\n") == mail().replace("\r\n", "\n").encode()
    assert Paper.objects.get().title_text == "Tanks of light"
    source.refresh_from_db()
    assert (source.failures, source.last_error) == (0, "")
    assert source.last_success_at


def test_a_message_that_is_sent_again_is_taken_once(source: Source, hands_over) -> None:
    assert [hands_over(mail()), hands_over(mail())] == [200, 200]
    assert Digest.objects.count() == 1


def test_a_message_for_another_address_goes_nowhere(source: Source, hands_over) -> None:
    assert hands_over(mail(), to="somebody@example.net") == 200
    assert Digest.objects.count() == 0


def test_where_the_service_names_nobody_the_message_does(source: Source, hands_over) -> None:
    hands_over(mail(), to="")
    assert Digest.objects.get().source == source


def test_a_source_that_is_switched_off_takes_nothing(source: Source, hands_over) -> None:
    Source.objects.update(enabled=False)
    assert hands_over(mail()) == 200
    assert Digest.objects.count() == 0


@pytest.mark.parametrize("secret", ["", "postmark:wrong", "postmark", "x" * 1000])
def test_who_does_not_know_the_secret_hands_over_nothing(
    source: Source, hands_over, secret: str
) -> None:
    assert hands_over(mail(), secret=secret) == 400
    assert Digest.objects.count() == 0


def test_a_message_without_papers_is_told_of(source: Source, hands_over) -> None:
    assert hands_over(mail("Lunch is at noon.")) == 200
    source.refresh_from_db()
    assert source.last_error.startswith("Passed over: abc.eml: This is no digest")
    assert (source.failures, source.stopped_at) == (0, None)


def test_a_message_that_no_parser_takes_is_kept(source: Source, hands_over) -> None:
    for _ in range(2):
        hands_over(mail("Lunch is at noon."))
    kept = Digest.objects.get()
    assert (kept.parser, kept.rejected, kept.source) == ("", 1, source)
    assert b"Lunch is at noon." in kept.content()[:]
    assert kept.put_aside.get().reason.startswith("This is no digest")


@pytest.mark.parametrize(
    ("senders", "sender", "taken"),
    [
        ("example.org", "alerts@example.org", True),
        ("example.org", "alerts@mail.example.org", True),
        ("alerts@example.org", "ALERTS@example.org", True),
        ("example.org", "alerts@badexample.org", False),
        ("example.org", "example.org@evil.example", False),
        ("alerts@example.org", "other@example.org", False),
    ],
)
def test_only_mail_of_the_named_senders_is_taken(
    source: Source, hands_over, senders: str, sender: str, *, taken: bool
) -> None:
    source.settings |= {"senders": senders}
    source.save()
    assert hands_over(mail(sender=sender)) == 200
    assert Digest.objects.exists() == taken
    source.refresh_from_db()
    assert ("not among those taken" in source.last_error) == (not taken)


def test_spam_is_passed_over(source: Source, hands_over) -> None:
    hands_over("X-Spam-Status: Yes\r\n" + mail())
    source.refresh_from_db()
    assert "for spam" in source.last_error
    assert Digest.objects.count() == 0


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "no header at all",
        "Subject: =?utf-8?q?half",
        "Content-Type: text/plain; charset=none-such\r\n\r\nh\u00e9",
        "Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n--b",
        "From: \u00ff@\r\nTo: <<>>\r\nMessage-ID: \r\n\r\n\x00",
    ],
)
def test_a_broken_message_is_told_of_and_no_crash(source: Source, hands_over, raw: str) -> None:
    assert hands_over(raw) == 200
    source.refresh_from_db()
    assert source.last_error.startswith("Passed over: ")


def test_it_is_never_due_and_nothing_is_fetched(source: Source) -> None:
    assert fetching.due(NOW) == []
    assert fetching.run(source.pk, NOW, asked=True) is None


def test_there_is_no_address_where_no_service_is_named(client: Client) -> None:
    assert addresses("") == []
    assert client.post("/hooks/mail/postmark/inbound/").status_code == 404


@pytest.mark.parametrize("service", MAIL_SERVICES)
def test_each_service_has_its_address(service: str) -> None:
    assert addresses(service)


@pytest.mark.parametrize(
    "wrong", [{}, {"address": "papers"}, {"address": "a@example.org", "senders": "some one"}]
)
def test_wrong_settings_are_told(wrong: dict[str, str]) -> None:
    with pytest.raises(WrongSettings):
        checked(sources.get("inbound_mail"), wrong)
