"""The links in mails: looking changes nothing, a button does, and nobody needs a cookie."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from accounts import addresses, tokens
from accounts.models import Subscription
from tests.accounts.web.conftest import ADDRESS, link_in, links_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(asks, mailoutbox) -> str:
    """The link that confirms an order of `ADDRESS`."""
    asks(query="tag=diffusion", timezone="Europe/Paris")
    return link_in(mailoutbox.pop())


def state() -> list[tuple[object, ...]]:
    return list(Subscription.objects.order_by("uid").values_list())


def look(link: str):
    return Client().get("/" + link.split("/", 3)[3])


def test_a_scanner_that_opens_every_link_of_the_mail_changes_nothing(asks, mailoutbox):
    asks(query="tag=diffusion")
    before = state()
    for link in links_in(mailoutbox[0]):
        path = "/" + (link.split("/", 3)[3:] or [""])[0]
        assert Client().get(path).status_code == 200
        assert Client().head(path).status_code == 200
    assert state() == before


def test_a_scanner_that_opens_the_links_of_an_order_that_runs_changes_nothing(confirmed):
    before = state()
    for make in (
        addresses.confirm_address,
        addresses.unsubscribe_address,
        addresses.one_click_address,
        addresses.manage_address,
    ):
        path = "/" + make(confirmed).split("/", 3)[3]
        assert Client().get(path).status_code == 200
        assert Client().head(path).status_code == 200
    assert state() == before


def test_the_page_says_what_is_confirmed(link):
    page = look(link).text
    assert "diffusion" in page
    assert ADDRESS in page
    assert '<option value="8" selected>' in page
    assert '<option value="Europe/Paris" selected>' in page


def test_the_button_confirms_without_cookie_or_script(link):
    strict = Client(enforce_csrf_checks=True)
    page = strict.post("/" + link.split("/", 3)[3])
    assert page.status_code == 200
    assert Subscription.objects.get().confirmed_at is not None


@time_machine.travel("2026-04-24T12:00:00+00:00", tick=False)  # a Friday
def test_the_page_after_it_says_when_the_first_mail_comes_and_how_to_end_it(asks, mailoutbox, post):
    asks(timezone="Europe/Paris")
    page = post(link_in(mailoutbox[0])).text
    assert "Monday, 27 April, at 8:00" in page
    assert "Unsubscribe" in page
    assert addresses.manage_address(Subscription.objects.get()).split("/")[3] in page


def test_the_rhythm_may_be_changed_while_confirming(link, post):
    post(link, {"cadence": "weekly", "hour": "17", "timezone": "Asia/Tokyo"})
    order = Subscription.objects.get()
    assert (order.cadence, order.hour, order.timezone) == ("weekly", 17, "Asia/Tokyo")
    assert order.confirmed_at


def test_a_rhythm_that_is_none_confirms_nothing_and_is_told(link, post):
    page = post(link, {"hour": "25", "cadence": "daily"})
    assert page.status_code == 400
    assert 'role="alert"' in page.text
    assert '<option value="daily" selected>' in page.text
    assert Subscription.objects.get().confirmed_at is None


def test_confirming_twice_is_as_once(link, post):
    post(link)
    first = Subscription.objects.get().confirmed_at
    assert post(link).status_code == 200
    assert Subscription.objects.get().confirmed_at == first


def test_a_link_works_for_48_hours_and_then_says_so_and_sends_a_new_one(asks, post, mailoutbox):
    with time_machine.travel("2026-04-24T08:00:00+00:00", tick=False) as clock:
        asks()
        link = link_in(mailoutbox.pop())
        clock.shift(48 * 3600 - 1)
        assert "Shall we send you this?" in look(link).text
        clock.shift(3601)
        page = look(link)
        assert page.status_code == 410
        assert "too old" in page.text
        assert ADDRESS not in page.text
        assert post(link).status_code == 200
        assert Subscription.objects.get().confirmed_at is None
        new = link_in(mailoutbox.pop())
        assert new != link
        post(new)
        assert Subscription.objects.get().confirmed_at is not None


def test_looking_at_an_old_link_sends_nothing(asks, mailoutbox, work):
    with time_machine.travel("2026-04-24T08:00:00+00:00", tick=False) as clock:
        asks()
        clock.shift(49 * 3600)
        look(link_in(mailoutbox.pop()))
    assert work() == 0


def test_new_links_are_limited_as_the_first_ones_are(asks, post, mailoutbox):
    with time_machine.travel("2026-04-24T08:00:00+00:00", tick=False) as clock:
        asks()
        link = link_in(mailoutbox.pop())
        clock.shift(49 * 3600)
        assert [post(link).status_code for _ in range(4)] == [200, 200, 200, 429]


@pytest.mark.parametrize("kind", ["confirm/", "end/", ""])
@pytest.mark.parametrize("token", ["x", "a.b.c", "é", "0" * 2000])
def test_a_link_that_is_none_of_ours_says_so_and_changes_nothing(confirmed, kind, token):
    before = state()
    for send in (Client().get, Client().post):
        page = send(f"/subscriptions/{kind}{token}")
        assert page.status_code == 404
        assert "This link does not work" in page.text
    assert state() == before


def test_a_link_does_only_what_it_was_made_for(confirmed, post):
    tokens_by_purpose = {
        purpose: tokens.write(purpose, confirmed) for purpose in ("confirm", "unsubscribe")
    }
    assert post(f"/subscriptions/end/{tokens_by_purpose['confirm']}").status_code == 404
    assert post(f"/subscriptions/{tokens_by_purpose['unsubscribe']}").status_code == 404
    assert post(f"/subscriptions/confirm/{tokens_by_purpose['unsubscribe']}").status_code == 404


def test_one_click_from_a_mail_program_ends_it_at_once(confirmed):
    strict = Client(enforce_csrf_checks=True)
    path = "/" + addresses.one_click_address(confirmed).split("/", 3)[3]
    answer = strict.post(
        path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 200
    assert not answer.cookies
    assert Subscription.objects.get().ended_at is not None


def test_the_page_to_end_it_asks_and_its_button_ends_it(confirmed, post):
    link = addresses.unsubscribe_address(confirmed)
    assert "End this mail?" in look(link).text
    assert "It has ended" in post(link).text
    assert Subscription.objects.get().ended_at is not None
    assert "It has ended" in look(link).text


def test_ending_it_twice_is_as_once(confirmed, post):
    link = addresses.unsubscribe_address(confirmed)
    post(link)
    first = Subscription.objects.get().ended_at
    assert post(link).status_code == 200
    assert Subscription.objects.get().ended_at == first


def test_an_end_can_be_undone_from_the_same_page(confirmed, post):
    link = addresses.unsubscribe_address(confirmed)
    assert 'name="action" value="undo"' in post(link).text
    page = post(link, {"action": "undo"})
    assert "It goes on" in page.text
    order = Subscription.objects.get()
    assert order.ended_at is None
    assert order.confirmed_at is not None


def test_the_link_that_ends_it_works_years_later(confirmed, post):
    link = addresses.unsubscribe_address(confirmed)
    with time_machine.travel(datetime(2031, 1, 1, tzinfo=UTC), tick=False):
        assert post(link).status_code == 200
    assert Subscription.objects.get().ended_at is not None


def test_after_an_end_asking_again_asks_for_a_yes_again(confirmed, asks, post, mailoutbox):
    post(addresses.unsubscribe_address(confirmed))
    asks(query="tag=diffusion")
    assert not Subscription.objects.confirmed().running().exists()
    post(link_in(mailoutbox[-1]))
    assert Subscription.objects.confirmed().running().count() == 1


def test_undoing_the_end_of_what_was_ordered_anew_says_which_order_counts(
    confirmed, asks, post, mailoutbox
):
    link = addresses.unsubscribe_address(confirmed)
    post(link)
    asks(query="tag=diffusion")
    assert "You have ordered this anew" in post(link, {"action": "undo"}).text
    assert not Subscription.objects.confirmed().running().exists()


def test_a_rhythm_that_another_order_has_is_told_while_confirming(
    confirmed, asks, post, mailoutbox
):
    asks(query="tag=diffusion", cadence="daily")
    page = post(link_in(mailoutbox[-1]), {"cadence": "weekdays"})
    assert page.status_code == 400
    assert "These papers come at that pace already." in page.text
    assert Subscription.objects.confirmed().count() == 1


def test_an_old_link_to_confirm_leaves_an_order_that_runs_as_it_is(asks, post, mailoutbox):
    asks()
    link = link_in(mailoutbox[0])
    post(link)
    post(link, {"hour": "3"})
    assert Subscription.objects.get().hour == 8


def test_private_pages_are_in_no_index_and_no_cache_and_tell_no_other_site(confirmed):
    for make in (addresses.unsubscribe_address, addresses.manage_address):
        page = look(make(confirmed))
        assert "noindex" in page["X-Robots-Tag"]
        assert page["Referrer-Policy"] == "same-origin"
        assert "no-store" in page["Cache-Control"]
        assert '<meta name="robots" content="noindex">' in page.text


def test_no_link_on_a_private_page_carries_its_token_to_the_sign_in(confirmed):
    page = look(addresses.manage_address(confirmed)).text
    assert not re.search(r'href="/account/login/\?next=', page)
