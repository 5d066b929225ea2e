"""Ordering papers by mail: an address and a list are enough, and nothing tells who is known."""

import re

import pytest
import time_machine
from django.test import Client

from accounts.models import Subscription
from tests.accounts.web.conftest import ADDRESS, link_in, links_in

pytestmark = pytest.mark.django_db


def test_the_form_of_the_front_page_orders_what_stands_there(client, asks):
    page = client.get("/?tag=diffusion").text
    assert 'action="/subscribe"' in page
    answer = asks(query="tag=diffusion")
    assert answer.status_code == 200
    assert "Look in your mail" in answer.text
    order = Subscription.objects.get()
    assert (order.email, order.query, order.confirmed_at) == (ADDRESS, "tag=diffusion", None)


def test_what_is_not_said_is_as_the_settings_have_it(asks, settings):
    settings.DEFAULT_SUBSCRIPTION_HOUR = 6
    settings.DEFAULT_SUBSCRIPTION_ZONE = "Asia/Tokyo"
    asks()
    order = Subscription.objects.get()
    assert (order.cadence, order.hour, order.timezone) == ("weekdays", 6, "Asia/Tokyo")


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/Argentina/Ushuaia", "Asia/Calcutta"])
def test_the_browsers_time_zone_is_taken(asks, zone):
    asks(timezone=zone)
    assert Subscription.objects.get().timezone == zone


@pytest.mark.parametrize("zone", ["Mars/Base", "../../etc/passwd", "x" * 300, "\x00"])
def test_a_time_zone_that_is_none_is_passed_over(asks, zone):
    assert asks(timezone=zone).status_code == 200
    assert Subscription.objects.get().timezone == "UTC"


def test_a_query_is_kept_in_one_form_whatever_its_order_and_without_its_day(asks):
    asks(query="sort=new&date=2026-04-24&tag=-Medical&tag=diffusion&period=week&utm_source=x")
    assert Subscription.objects.get().query == "tag=diffusion&tag=-medical&sort=new"


@pytest.mark.parametrize(
    "address", ["", "reader", "reader@", "@example.org", "a b@example.org", "a@b\nCc: c@d.org"]
)
def test_an_address_that_is_none_is_said_so_and_nothing_is_lost(asks, mailoutbox, address):
    page = asks(address, query="tag=diffusion", timezone="Europe/Paris")
    assert page.status_code == 400
    assert 'role="alert"' in page.text
    assert 'name="query" value="tag=diffusion"' in page.text
    assert '<option value="Europe/Paris" selected>' in page.text
    assert not mailoutbox
    assert not Subscription.objects.exists()


def test_a_query_that_cannot_be_read_is_answered_by_what_to_do(asks, mailoutbox):
    page = asks(query="sort=best")
    assert page.status_code == 400
    assert "it takes hot, rising, scaled, new, top" in page.text
    assert f'value="{ADDRESS}"' in page.text
    assert not mailoutbox


@pytest.mark.parametrize("field", ["cadence", "hour"])
def test_a_rhythm_that_is_none_is_refused(asks, field):
    assert asks(**{field: "25"}).status_code == 400


def test_the_confirmation_says_what_is_ordered_in_text_and_html(asks, mailoutbox):
    asks(query="tag=diffusion&has=code", timezone="Europe/Paris")
    message = mailoutbox[0]
    html = message.alternatives[0][0]
    for body in (message.body, html):
        assert "diffusion, with code" in body
        assert "every weekday at 8:00" in body
        assert "Europe/Paris" in body
    assert message.to == [ADDRESS]
    assert "Broadsheet" in message.subject
    assert message.message()["Auto-Submitted"] == "auto-generated"
    assert link_in(message).startswith("http://")


def test_every_link_in_the_mail_leads_to_this_site(asks, mailoutbox, settings):
    asks()
    assert all(link.startswith(settings.SITE_URL) for link in links_in(mailoutbox[0]))


def test_an_address_that_gets_these_papers_already_is_told_so_by_mail(asks, confirmed, mailoutbox):
    asks(query="tag=diffusion")
    message = mailoutbox[0]
    assert "already" in message.subject
    assert "/subscriptions/confirm/" not in message.body
    assert "/subscriptions/end/" not in message.body
    assert Subscription.objects.count() == 1


def test_asking_again_changes_nothing_of_an_order_that_runs(asks, confirmed):
    asks(query="tag=diffusion", timezone="Asia/Tokyo", hour="3")
    after = Subscription.objects.get()
    assert (after.hour, after.timezone) == (confirmed.hour, "Europe/Paris")
    assert after.confirmed_at == confirmed.confirmed_at


def test_a_second_list_is_a_second_order_to_confirm(asks, confirmed, mailoutbox):
    asks(query="tag=agents")
    assert "/subscriptions/confirm/" in link_in(mailoutbox[0])
    assert Subscription.objects.count() == 2


def test_a_known_and_an_unknown_address_get_the_same_answer_with_the_same_work(
    asks, confirmed, django_assert_num_queries, post, monkeypatch
):
    pages = {}
    for address in (ADDRESS, "nobody@example.org"):
        page = asks(address, query="tag=diffusion")
        pages[address] = (page.status_code, page.text.replace(address, "ADDRESS"))
    assert pages[ADDRESS] == pages["nobody@example.org"]


def test_no_mail_is_written_while_the_reader_waits(
    client, mailoutbox, django_capture_on_commit_callbacks, work
):
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/subscribe", {"email": ADDRESS})
    assert not mailoutbox
    assert work() == 1
    assert len(mailoutbox) == 1


def test_an_address_is_written_to_three_times_an_hour_and_then_told_when(asks, mailoutbox):
    with time_machine.travel("2026-04-24T08:20:00+00:00", tick=False) as clock:
        assert [asks().status_code for _ in range(4)] == [200, 200, 200, 429]
        refused = asks(ADDRESS.upper())
        assert refused.status_code == 429
        assert refused["Retry-After"] == str(40 * 60)
        assert "Please wait 40 minutes" in refused.text
        assert len(mailoutbox) == 3
        clock.shift(40 * 60)
        assert asks().status_code == 200


def test_the_limit_is_the_same_for_a_known_address(asks, confirmed, mailoutbox):
    answers = {
        address: [asks(address, query="tag=diffusion").status_code for _ in range(3)][:2]
        for address in (ADDRESS, "nobody@example.org")
    }
    assert answers[ADDRESS] == answers["nobody@example.org"]


def test_one_place_may_ask_for_twenty_an_hour_and_uses_up_nobody_elses(asks, mailoutbox):
    with time_machine.travel("2026-04-24T08:20:00+00:00", tick=False):
        for number in range(20):
            assert asks(f"r{number}@example.org").status_code == 200
        for _ in range(5):
            assert asks().status_code == 429
        elsewhere = Client(REMOTE_ADDR="192.0.2.7")
        assert asks(client=elsewhere).status_code == 200


def test_addresses_of_one_ipv6_line_count_as_one_place(asks):
    with time_machine.travel("2026-04-24T08:20:00+00:00", tick=False):
        for number in range(20):
            asks(f"r{number}@example.org", client=Client(REMOTE_ADDR=f"2001:db8::{number:x}"))
        assert asks(client=Client(REMOTE_ADDR="2001:db8::ffff")).status_code == 429
        assert asks(client=Client(REMOTE_ADDR="2001:db8:0:1::1")).status_code == 200


def test_neither_address_nor_query_can_bring_markup_into_the_page_or_the_mail(asks, mailoutbox):
    attack = '"<img/src=x>"@example.org'
    page = asks(attack, query="q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in page.text
    assert "<img/src" not in page.text
    page = asks(query="q=%3Cscript%3Ealert(1)%3C/script%3E&author=%3Cb%3E")
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;" in page.text
    html = mailoutbox[-1].alternatives[0][0]
    assert "<script>alert" not in html
    assert "<b>”" not in html


def test_a_query_cannot_bring_a_header_into_the_mail(asks, mailoutbox):
    asks(query="q=a%0D%0ABcc:%20other@example.org")
    assert mailoutbox[0].recipients() == [ADDRESS]
    assert "\n" not in mailoutbox[0].subject


def test_the_form_stands_alone_too_with_the_query_of_its_address(client):
    page = client.get("/subscribe?tag=diffusion&sort=new").text
    assert "New papers: diffusion" in page
    assert 'value="tag=diffusion&amp;sort=new"' in page


def test_a_foreign_site_cannot_order_in_a_readers_name(mailoutbox):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/subscribe", {"email": ADDRESS}).status_code == 403


def test_no_address_is_in_a_log_or_a_url(asks, caplog, mailoutbox):
    caplog.set_level("DEBUG")
    for _ in range(5):
        asks()
    assert ADDRESS not in caplog.text
    assert not re.search(r"reader|example\.org", link_in(mailoutbox[0]).split("//")[1][20:])
