"""Mail in the language of each order: of a batch, every reader is written to in their own."""

import pytest
import time_machine
from django.utils import translation

from accounts import confirming, delivery, languages, personal, ringing
from accounts.editions import Edition
from accounts.emails import Press
from accounts.models import Delivery, User, Webhook
from accounts.webhooks import off
from feeds.query import parse
from feeds.reading import papers_in
from tests.accounts.conftest import NOON
from tests.accounts.smtp import html_of, text_of
from tests.factories import entry, put_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON) as traveller:
        yield traveller


@pytest.fixture
def papers() -> None:
    put_in(entry("A study of bees", upvotes=2), entry("A study of ants", upvotes=1))


def deliver() -> list[Delivery]:
    """One batch, in one worker."""
    ringing.open_due(NOON)
    delivery.send(list(Delivery.objects.order_by("id").values_list("id", flat=True)))
    return list(Delivery.objects.order_by("id"))


def test_each_reader_of_a_batch_is_written_to_in_their_own_language(sink, reads, papers) -> None:
    for number, language in enumerate(("de", "en", "de", "en")):
        reads(f"{number}@example.org", language=language)
    rows = deliver()
    subjects = [str(mail["Subject"]) for mail in sink.sent]
    german, english = (
        "Broadsheet, 24. April: A study of bees",
        "Broadsheet, 24 April: A study of bees",
    )
    assert subjects == [german, english, german, english]
    for mail, language in zip(sink.sent, ("de", "en", "de", "en"), strict=True):
        assert f'<html lang="{language}">' in html_of(mail)
        assert mail["Content-Language"] == language
        for part in (html_of(mail), text_of(mail)):
            assert ("Warum hier: 2 Stimmen; Nr. 1" in part) == (language == "de")
            assert ("Why here: 2 votes; no. 1" in part) == (language == "en")
            assert ("jeden Tag um 8:00 Uhr, UTC" in part) == (language == "de")
            assert ("Papers im Trend" in part) == (language == "de")
            assert ("Stimmen plus 5, als log10" in " ".join(part.split())) == (language == "de")
    assert [mail["Message-ID"] for mail in sink.sent] == [row.message_id for row in rows]
    assert {mail["List-Id"] for mail in sink.sent} == {sink.sent[0]["List-Id"]}
    assert translation.get_language() == "en"


def test_a_german_mail_is_set_once_for_all_its_readers_too(reads, papers) -> None:
    press, page = Press(), papers_in(parse(""))
    edition = Edition(page.query, "Papers", page.papers, False, page.byline)
    for email in ("a@example.org", "b@example.org"):
        order = reads(email, language="de")
        row = Delivery.objects.create(subscription=order, period=NOON.date())
        ready = press.message(row, edition).ready()
        assert ready is not None
        assert "Mit einem Klick beenden: http://127.0.0.1:8000/subscriptions/end/" in ready.decode()


def test_the_title_of_a_paper_is_said_to_be_english_in_a_german_mail(sink, reads, papers) -> None:
    reads("a@example.org", language="de")
    reads("b@example.org")
    deliver()
    assert [html_of(mail).count('<h2 lang="en"') for mail in sink.sent] == [2, 0]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("confirm", "Bestätigen auf dieser Seite, innerhalb von zwei Tagen"),
        ("confirmed", "Es kommt schon, jeden Tag um 8:00 Uhr, UTC."),
        ("data", "reader@example.org speichert."),
    ],
)
def test_every_letter_about_an_order_speaks_its_language(reads, name, words) -> None:
    order = reads(language="de")
    letter = confirming.letter(name, order, "https://papers.example.org/x")
    assert words in str(letter.body)
    assert '<html lang="de">' in str(letter.alternatives[0][0])
    assert letter.extra_headers["Content-Language"] == "de"
    assert translation.get_language() == "en"


def test_who_has_a_webhook_is_told_of_it_in_the_language_of_their_last_order(
    reads, mailoutbox
) -> None:
    for email in ("a@example.org", "b@example.org"):
        owner = User.objects.create_user(email)
        Webhook.objects.create(
            user=owner, name="chat", url="https://example.org", kinds=[], state="failed"
        )
    reads("b@example.org", language="de")
    off.tell_owners(NOON)
    assert [str(mail.subject) for mail in mailoutbox] == [
        "Your webhook “chat” is off",
        "Ihr Webhook „chat“ ist aus",
    ]


def test_a_push_message_speaks_the_language_of_its_order(site, reads, papers, settings) -> None:
    settings.NTFY_ALLOWED = [site.place]
    site.gives("/papers", b"{}")
    reads(channel="ntfy", target=site.url("/papers"), language="de")
    deliver()
    assert site.asked[0][1]["Title"] == "Broadsheet, 24. April: 2 Papers"
    assert site.posted[0].decode().startswith("Papers im Trend\n1. A study of bees")


def test_a_language_that_the_site_no_longer_speaks_becomes_its_own(sink, reads, papers) -> None:
    reads(language="tlh")
    deliver()
    assert str(sink.sent[0]["Subject"]) == "Broadsheet, 24 April: A study of bees"
    assert sink.sent[0]["Content-Language"] == "en"


def test_what_is_kept_of_an_order_tells_its_language(reads) -> None:
    reads(language="de")
    assert personal.export("reader@example.org", NOON)["subscriptions"][0]["language"] == "de"


def test_a_language_calls_itself_by_its_own_name() -> None:
    known = {"en": "English", "de": "Deutsch", "tlh": "English"}
    assert {code: languages.name(code) for code in known} == known
