"""What `manage.py doctor --email` finds; and mail that we sign is believed."""

from io import StringIO

import dkim
import pytest
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command

from accounts import mail_records
from accounts.mail_records import check_dmarc, check_spf, public_half
from tests.accounts.dkim_key import KEY
from tests.accounts.dns_server import DnsServer
from tests.accounts.smtp import Sink, free_port

HOST = "papers.example.org"
NAME = f"mail._domainkey.{HOST}"


@pytest.fixture
def names(settings):
    server = DnsServer()
    server.start()
    settings.DNS_SERVER = server.place
    yield server
    server.stop()


@pytest.fixture
def sound(names, settings, sink) -> DnsServer:
    """A site of which everything is as it should be."""
    settings.SITE_HOST, settings.DEFAULT_FROM_EMAIL = HOST, f"Papers <papers@{HOST}>"
    settings.BOUNCE_ADDRESS = f"bounces@{HOST}"
    settings.BOUNCE_MAILBOX = ({}, "INBOX")
    settings.DKIM_DOMAIN, settings.DKIM_SELECTOR, settings.DKIM_KEY = HOST, "mail", KEY
    names.texts = {
        HOST: ["google-site-verification=x", "v=spf1 mx -all"],
        NAME: [f"v=DKIM1; k=rsa; p={_public()}"],
        f"_dmarc.{HOST}": [f"v=DMARC1; p=reject; rua=mailto:postmaster@{HOST}"],
    }
    return names


def _public() -> str:
    from dkim.crypto import parse_pem_private_key

    ours = parse_pem_private_key(KEY.encode())
    return public_half(ours["modulus"], ours["publicExponent"])


def say() -> tuple[str, bool]:
    """What the command prints, and whether it ends well."""
    out = StringIO()
    try:
        call_command("doctor", "--email", stdout=out)
    except CommandError:
        return out.getvalue(), False
    return out.getvalue(), True


def test_where_all_is_well_it_says_so(sound) -> None:
    said, well = say()
    assert well
    assert said.endswith("Nothing is wrong.\n")
    assert set(sound.asked) == {HOST, NAME, f"_dmarc.{HOST}"}
    assert said.count("ok   ") == len(said.splitlines()) - 1


@pytest.mark.parametrize(
    ("name", "texts", "words"),
    [
        (HOST, [], "does not say who may send"),
        (HOST, ["v=spf1 mx -all", "v=spf1 a -all"], "2 SPF records"),
        (HOST, ["v=spf1 +all"], "lets everybody send"),
        (NAME, [], "There is no key"),
        (NAME, ["v=DKIM1; p="], "is no key"),
        (NAME, ["v=DKIM1; p=MAA="], "is no key"),
        (f"_dmarc.{HOST}", [], "no DMARC record"),
        (f"_dmarc.{HOST}", ["v=DMARC1; sp=none"], "no policy"),
    ],
)
def test_a_record_that_is_wrong_is_told_with_what_to_do(sound, name, texts, words) -> None:
    sound.texts[name] = texts
    said, well = say()
    assert not well
    line = next(at for at, line in enumerate(said.splitlines()) if words in line)
    assert said.splitlines()[line].startswith("WRONG")
    assert said.splitlines()[line + 1].startswith("      ")


def test_a_key_of_another_is_told_with_the_record_that_belongs_there(sound) -> None:
    other = public_half(2**2047 + 9, 65537)
    sound.texts[NAME] = [f"v=DKIM1; p={other}"]
    said, well = say()
    assert not well
    assert "is another than DKIM_KEY" in said
    assert f"p={_public()}" in said


def test_a_domain_is_under_the_dmarc_record_above_it(sound) -> None:
    sound.texts["_dmarc.example.org"] = sound.texts.pop(f"_dmarc.{HOST}")
    assert say()[1]


def test_a_mail_server_that_is_away_is_told(sound, settings) -> None:
    settings.EMAIL_PORT = free_port()
    said, well = say()
    assert not well
    assert "does not answer" in said


def test_a_server_without_what_is_asked_for_is_told(sound, settings) -> None:
    settings.EMAIL_USE_TLS = True
    said, well = say()
    assert not well
    assert "does not offer what EMAIL_URL asks for" in said
    settings.EMAIL_USE_TLS = False
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "papers", "secret"
    assert not say()[1]
    assert "secret" not in said


def test_names_that_do_not_belong_together_are_told(sound, settings) -> None:
    settings.BOUNCE_ADDRESS = "bounces@other.example"
    sound.texts["other.example"] = ["v=spf1 mx -all"]
    said, _ = say()
    assert "SPF cannot speak for the sender" in said
    settings.DKIM_DOMAIN = "third.example"
    assert "is signed for third.example" in say()[0]


def test_without_a_name_server_it_says_that_once(sound, settings, monkeypatch) -> None:
    settings.DNS_SERVER = f"127.0.0.1:{free_port()}"
    monkeypatch.setattr("accounts.doctor.mail.PATIENCE", 0.3)
    said, well = say()
    assert not well
    assert said.count("DNS gives no answer") == 1


def test_a_sender_that_others_cannot_look_up_is_told(sound, settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "Papers <papers@localhost>"
    settings.BOUNCE_ADDRESS = ""
    assert "has no domain that others could look up" in say()[0]


@pytest.mark.parametrize(
    ("check", "text", "state"),
    [
        (check_spf, "v=spf1 mx ?all", "note"),
        (check_spf, "v=spf1 redirect=_spf.example.net", "ok"),
        (check_spf, "v=spf1 " + "include:a.example " * 11 + "-all", "wrong"),
        (check_spf, "v=spf10 mx -all", "wrong"),
        (check_dmarc, "v=DMARC1;p=none", "note"),
        (check_dmarc, "v=DMARC1; p=quarantine", "ok"),
        (check_dmarc, "v=DMARC2; p=reject", "wrong"),
    ],
)
def test_what_a_record_is_worth(check, text, state) -> None:
    assert check("example.org", [text])[0] == state


@pytest.mark.parametrize("key", ["", "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END"])
def test_a_key_that_is_none_is_told(key) -> None:
    assert mail_records.check_dkim_record(NAME, ["p=x"], key)[1] == "DKIM_KEY is no RSA key."


def test_a_mail_that_we_sign_is_believed_and_one_that_was_changed_is_not(
    sound, sink: Sink, settings
) -> None:
    raw = []
    sink.when_raw = raw.append
    mail = EmailMessage(
        "Bées", "A line that is long. " * 20 + "\n.\n", to=["reader@example.org"],
        headers={"List-Unsubscribe": "<https://papers.example.org/x>"},
    )  # fmt: skip
    mail.send()

    def look_up(name: bytes, timeout: int = 5) -> bytes:
        return sound.texts[name.decode().rstrip(".")][0].encode()

    assert dkim.verify(raw[0], dnsfunc=look_up)
    assert b"list-unsubscribe" in raw[0][: raw[0].index(b"\r\nContent-Type")]
    assert not dkim.verify(
        raw[0].replace(b"papers.example.org/x", b"evil.example/x"), dnsfunc=look_up
    )
    assert not dkim.verify(raw[0].replace(b"A line", b"B line"), dnsfunc=look_up)
