"""The mail itself: what it says, its headers, its size, and how it looks on any screen."""

import re
from datetime import date
from decimal import Decimal
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.utils import timezone

from accounts import tokens
from accounts.editions import Edition
from accounts.emails import MOST_BYTES, Press, subject, why
from accounts.models import Delivery
from feeds.gist_words import propose_gist, write_gist
from feeds.ingest import ingest, source_named
from feeds.models import Paper, Tag
from feeds.query import SORTS, parse
from feeds.rankers.base import order_label
from feeds.reading import papers_in
from tests.accounts.smtp import html_of, text_of
from tests.factories import DAY, entry, put_in, put_in_many

pytestmark = pytest.mark.django_db


@pytest.fixture
def printed(reads):
    """The mail that answers a query, as a mail program reads it, and its size in bytes."""

    def printing(query: str = "", most: int = 20, **order) -> tuple[EmailMessage, int]:
        row = Delivery.objects.create(subscription=reads(**order), period=DAY)
        raw = Press().message(row, edition(query, most)).message().as_bytes(linesep="\r\n")
        mail = message_from_bytes(raw, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        return mail, len(raw)

    return printing


def edition(query: str = "", most: int = 20) -> Edition:
    page = papers_in(parse(query), limit=most)
    return Edition(page.query, "Trending papers", page.papers, bool(page.cursor), page.byline)


def test_the_subject_says_which_day_and_what_leads() -> None:
    put_in(entry("A study of bees", upvotes=9), entry("A study of ants"))
    assert subject(edition()) == "Broadsheet, 24 April: A study of bees"
    assert subject(edition("period=week")) == "Broadsheet, week of 20 April: A study of bees"


def test_a_long_title_is_cut_between_words_and_breaks_no_header(printed) -> None:
    put_in(entry("Line\none " + "and many more words " * 20))
    told = str(printed()[0]["Subject"])
    assert len(told) < 140
    assert told.endswith("…")
    assert "Line one and" in told


def test_the_headers_let_a_mail_program_sort_and_end_it(printed, settings) -> None:
    settings.SITE_URL, settings.SITE_HOST = "https://papers.example.org", "papers.example.org"
    put_in_many(1)
    mail, _ = printed()
    row = Delivery.objects.get()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = mail["List-Unsubscribe"].strip("<> ")
    assert link.startswith("https://papers.example.org/subscriptions/end/")
    assert tokens.read("unsubscribe", link.rsplit("/", 1)[1]) == row.subscription.uid
    assert mail["List-Id"] == "Broadsheet <papers.papers.example.org>"
    assert (mail["Precedence"], mail["Auto-Submitted"]) == ("bulk", "auto-generated")
    assert mail["Message-ID"] == row.message_id
    assert row.message_id.endswith("@papers.example.org>")
    assert mail["Date"]
    assert mail["To"] == "reader@example.org"


def test_where_returned_mail_is_read_an_end_by_mail_is_offered_too(printed, settings) -> None:
    settings.BOUNCE_ADDRESS, settings.BOUNCE_MAILBOX = "bounces@papers.example.org", ({}, "INBOX")
    put_in_many(1)
    mail, _ = printed(timezone="Europe/Paris")
    page, by_mail = str(mail["List-Unsubscribe"]).split(", ")
    assert by_mail.startswith("<mailto:bounces@papers.example.org?subject=end%20")
    token = by_mail.strip("<>").rpartition("%20")[2]
    assert page.strip("<>").endswith(token)
    assert str(mail["From"]) == settings.DEFAULT_FROM_EMAIL


def test_providers_can_sum_complaints_up_and_tell_no_reader_from_another(printed) -> None:
    put_in_many(1)
    first, _ = printed(email="one@example.org")
    second, _ = printed(email="two@example.org")
    assert first["Feedback-ID"] == second["Feedback-ID"] == "2026-04-24:daily:papers:127.0.0.1"


def test_a_delivery_has_one_name_and_no_two_share_it(reads) -> None:
    order = reads()
    rows = [
        Delivery.objects.create(subscription=order, period=date(2026, 4, day)) for day in (1, 2)
    ]
    assert rows[0].message_id == Delivery.objects.get(pk=rows[0].pk).message_id
    assert rows[0].message_id != rows[1].message_id


@pytest.mark.parametrize("part", [text_of, html_of])
def test_both_parts_say_all_of_it(printed, part) -> None:
    put_in(
        entry("A study of bees", upvotes=2, githubRepo="https://github.com/example/bees"),
        entry("A study of ants"),
    )
    said = part(printed(cadence="weekdays", timezone="Europe/Paris")[0])
    for words in (
        "Friday, 24 April 2026",
        "A study of bees",
        "We look closely at subject",
        "Why here: 2 votes; no. 1 of",
        "every weekday at 8:00, Europe/Paris",
        "http://127.0.0.1:8000/papers/",
        "http://127.0.0.1:8000/date/2026-04-24",
        "https://github.com/example/bees",
        "http://127.0.0.1:8000/subscriptions/end/",
        "and the research community",
    ):
        assert words in said, words
    assert "own-" not in said
    assert len(re.findall(r"http://127.0.0.1:8000/subscriptions/(?!end/)[\w.-]+", said)) == 1


def test_a_gist_that_a_model_or_curators_wrote_says_so(printed) -> None:
    put_in(entry("Stones"), entry("Sands"))
    stones, sands = Paper.objects.order_by("pk")
    propose_gist(stones.pk, "Sorts stones.", model="small-1", now=timezone.now())
    write_gist(sands.pk, "Sorts sand.", who="Ada", made_by=None, now=timezone.now())
    mail, _ = printed()
    assert "Sorts stones. (proposed by a model)" in text_of(mail)
    assert "Sorts sand. (by the curators)" in text_of(mail)
    assert re.search(r"Sorts stones\. <small[^>]*>proposed by a model</small>", html_of(mail))


def test_text_lines_fit_a_terminal(printed) -> None:
    put_in(*(entry("Words of many kinds " * 8) for _ in range(3)))
    lines = text_of(printed()[0]).splitlines()
    assert all(len(line) <= 72 or "http" in line for line in lines)


def test_words_of_a_digest_are_never_markup(printed) -> None:
    put_in(entry('<script>alert(1)</script> & "quotes"', summary="<img src=x onerror=alert(1)>"))
    mail, _ = printed()
    said = html_of(mail)
    assert "<script" not in said
    assert "<img" not in said
    assert "&lt;script&gt;" in said


def test_nothing_is_fetched_to_show_the_mail(printed) -> None:
    put_in(entry(thumbnail="https://example.org/a.png", mediaUrls=["https://example.org/b.png"]))
    said = html_of(printed()[0])
    assert not re.search(r"<(img|link|script|iframe|video)|url\(|@import", said)


def test_style_stands_on_each_element_and_the_dark_one_in_the_head(printed) -> None:
    put_in_many(2)
    said = html_of(printed()[0])
    assert "prefers-color-scheme:dark" in said.replace(" ", "")
    assert re.search(r'<h2 style="[^"]*font-size', said)
    assert '<html lang="en"' in said


def test_a_long_edition_is_cut_at_a_paper_with_a_link_to_the_rest(printed) -> None:
    put_in(*(entry(f"Paper {number} " + "é" * 100) for number in range(100)))
    mail, size = printed(most=100)
    assert 0.7 * MOST_BYTES < size < MOST_BYTES
    shown = [f"Paper {number} é" in html_of(mail) for number in range(100)]
    assert shown == sorted(shown, reverse=True)
    assert 10 < sum(shown) < 100
    text = " ".join(text_of(mail).split())
    assert [f"Paper {number} é" in text for number in range(100)] == shown
    assert "The rest of this edition" in html_of(mail)
    assert "The rest of this edition" in text_of(mail)


def test_an_edition_that_is_whole_promises_no_rest(printed) -> None:
    put_in_many(3)
    assert "The rest" not in html_of(printed()[0])


def test_why_here_names_the_tag_that_was_asked_for(printed) -> None:
    put_in(entry("Diffusion models for bees", upvotes=1))
    slug = next(tag.slug for tag in papers_in(parse("")).papers[0].topics)
    query = papers_in(parse(f"tag={slug}&period=day")).query
    paper = papers_in(query).papers[0]
    assert why(paper, query).startswith("1 vote; no. 1 of ")
    assert "the title says" in why(paper, query)


@pytest.mark.parametrize("sort", SORTS)
def test_why_here_adds_up_to_the_score(sort) -> None:
    put_in(entry("Diffusion models for bees", upvotes=41))
    Tag.objects.update(usual_votes=37)
    put_in(entry("More of them: diffusion models", upvotes=3))
    query = papers_in(parse(f"sort={sort}&period=day")).query
    assert "= " in why(papers_in(query).papers[0], query)
    for paper in papers_in(query).papers:
        told = why(paper, query).rpartition(f"{order_label(sort)} ")[2]
        total, _, added = (
            re.sub(r" \(.*?\)(?= [+−] |$)", "", told).replace(",", "").partition(" = ")
        )
        added = re.sub(r"([+−]) ", r"\1", added).replace("−", "-").split()
        assert sum(map(Decimal, added)) == Decimal(total.replace("−", "-"))


def test_readers_of_one_edition_get_their_own_links(reads) -> None:
    put_in_many(2)
    press, shared = Press(), edition()
    rows = [
        Delivery.objects.create(subscription=reads(f"reader{number}@example.org"), period=DAY)
        for number in range(2)
    ]
    bodies = [str(press.message(row, shared).alternatives[0][0]) for row in rows]
    for row, body in zip(rows, bodies, strict=True):
        found = re.findall(r"/subscriptions/end/([\w.-]+)", body)
        assert {tokens.read("unsubscribe", token) for token in found} == {row.subscription.uid}


def test_the_mail_of_a_real_day_is_whole_and_light(real_data, printed) -> None:
    content = (real_data / "hf_daily" / "2025-09-16.json.gz").read_bytes()
    ingest(content, source_named("upload"), day=date(2025, 9, 16))
    mail, size = printed("date=2025-09-16", most=50)
    titles = [paper.title for paper in papers_in(parse("date=2025-09-16")).papers]
    assert size < MOST_BYTES
    flat = " ".join(text_of(mail).split())
    places = [flat.index(" ".join(title.split())) for title in titles]
    assert places == sorted(places)
