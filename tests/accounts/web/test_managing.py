"""All mail of an address on one page: by the link in any mail, or signed in."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import tokens
from accounts.models import Subscription, User
from tests.accounts.web.conftest import ADDRESS, link_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(asks, post, mailoutbox) -> Subscription:
    """A running order of somebody else."""
    asks("other@example.org", query="tag=haptics")
    post(link_in(mailoutbox.pop()))
    return Subscription.objects.get(email="other@example.org")


@pytest.fixture
def page(confirmed) -> str:
    return f"/subscriptions/{tokens.write('manage', confirmed)}"


@pytest.fixture
def reader(client) -> Client:
    """The owner of `ADDRESS`, signed in."""
    user = User.objects.create_user(ADDRESS)
    EmailAddress.objects.create(user=user, email=ADDRESS, verified=True, primary=True)
    client.force_login(user)
    return client


def changed(order: Subscription, **fields: object) -> dict[str, object]:
    rhythm = {"cadence": "daily", "hour": 7, "timezone": "Asia/Tokyo", "most": 10}
    return {"action": "change", "order": order.uid, "paused_until": ""} | rhythm | fields


def test_the_page_lists_all_that_the_address_gets_and_nothing_of_others(
    page, asks, post, other, mailoutbox
):
    asks(query="tag=agents")
    shown = Client().get(page).text
    assert "diffusion" in shown
    assert "agents" in shown
    assert "Not confirmed yet" in shown
    assert "haptics" not in shown
    assert "other@example.org" not in shown


def test_hour_cadence_zone_and_number_are_changed_there(page, confirmed, post):
    answer = post(page, changed(confirmed))
    assert answer.status_code == 303
    assert "It is changed." in Client().get(answer.url).text
    order = Subscription.objects.get()
    assert (order.cadence, order.hour, order.timezone, order.most) == (
        "daily",
        7,
        "Asia/Tokyo",
        10,
    )


def test_order_breadth_repeats_and_mail_as_papers_come_in_are_changed_there(page, confirmed, post):
    given = {"cadence": "instant", "sort": "new", "breadth": "yes", "skip_seen": "no"}
    given |= {"skip_empty": "no", "gap": "180", "daily_most": "3"}
    assert post(page, changed(confirmed, **given)).status_code == 303
    order = Subscription.objects.get()
    assert order.query == "tag=diffusion&sort=new"
    assert (order.cadence, order.breadth, order.skip_seen) == ("instant", True, False)
    assert (order.skip_empty, order.gap, order.daily_most) == (False, 180, 3)
    shown = Client().get(page).text
    assert "It comes within minutes of a new paper, at most 3 times a day." in shown
    for said in ("new", "yes", "180"):
        assert f'<option value="{said}" selected>' in shown


def test_what_a_form_does_not_say_stays_as_it_was(page, confirmed, post):
    Subscription.objects.update(skip_seen=False, breadth=True, gap=180)
    post(page, changed(confirmed))
    order = Subscription.objects.get()
    assert (order.skip_seen, order.breadth, order.gap) == (False, True, 180)
    assert order.query == confirmed.query


def test_mail_is_paused_until_a_day_and_runs_again_without_one(page, confirmed, post):
    day = timezone.now().date() + timedelta(days=30)
    post(page, changed(confirmed, paused_until=day.isoformat()))
    assert Subscription.objects.get().paused_until
    assert "Paused. It goes on" in Client().get(page).text
    post(page, changed(confirmed))
    assert Subscription.objects.get().paused_until is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("most", "0"),
        ("most", "many"),
        ("hour", "24"),
        ("cadence", "hourly"),
        ("timezone", "Mars/Base"),
        ("paused_until", "soon"),
        ("sort", "oldest"),
        ("gap", "1"),
        ("daily_most", "999"),
    ],
)
def test_a_change_that_cannot_be_is_told_beside_the_field_and_changes_nothing(
    page, confirmed, post, field, value
):
    before = Subscription.objects.values().get()
    answer = post(page, changed(confirmed, **{field: value}))
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert Subscription.objects.values().get() == before


def test_a_change_to_what_comes_already_is_told_and_changes_nothing(page, confirmed, post):
    Subscription.objects.create(email=ADDRESS, query=confirmed.query, cadence="daily")
    answer = post(page, changed(confirmed, cadence="daily"))
    assert answer.status_code == 400
    assert "These papers come at that pace already." in answer.text
    confirmed.refresh_from_db()
    assert confirmed.cadence == "weekdays"


def test_one_order_ends_and_starts_again_there(page, confirmed, post):
    post(page, {"action": "end", "order": confirmed.uid})
    assert Subscription.objects.get().ended_at is not None
    assert "Start it again" in Client().get(page).text
    post(page, {"action": "undo", "order": confirmed.uid})
    assert Subscription.objects.get().ended_at is None


def test_all_of_it_ends_at_once_and_nothing_of_others(page, asks, post, other, mailoutbox):
    asks(query="tag=agents")
    post(link_in(mailoutbox.pop()))
    assert "End all of this mail" in Client().get(page).text
    post(page, {"action": "end_all"})
    mine = Subscription.objects.filter(email=ADDRESS)
    assert mine.count() == 2
    assert not mine.filter(ended_at=None).exists()
    other.refresh_from_db()
    assert other.ended_at is None


@pytest.mark.parametrize("action", ["change", "end", "undo"])
def test_the_link_gives_no_hold_on_an_order_of_another_address(page, other, post, action):
    before = Subscription.objects.values().get(pk=other.pk)
    assert post(page, changed(other, action=action)).status_code == 404
    assert Subscription.objects.values().get(pk=other.pk) == before


@pytest.mark.parametrize("data", [{}, {"action": "end"}, {"action": "fly"}, {"order": "x"}])
def test_a_form_that_makes_no_sense_changes_nothing(page, confirmed, post, data):
    assert post(page, data).status_code == 404
    assert Subscription.objects.get().ended_at is None


def test_the_link_works_without_cookies(page, confirmed):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(page, {"action": "end", "order": confirmed.uid}).status_code == 303


def test_a_signed_in_reader_finds_the_same_without_a_link(reader, confirmed, other):
    shown = reader.get("/subscriptions").text
    assert "diffusion" in shown
    assert "haptics" not in shown
    answer = reader.post("/subscriptions", {"action": "end", "order": confirmed.uid})
    assert answer.status_code == 303
    assert Subscription.objects.get(pk=confirmed.pk).ended_at is not None


def test_an_address_that_is_not_verified_shows_no_mail(reader, other):
    EmailAddress.objects.create(user=User.objects.get(), email="other@example.org", verified=False)
    assert "haptics" not in reader.get("/subscriptions").text


def test_without_a_link_one_signs_in_first(client, confirmed):
    assert client.get("/subscriptions").url == "/account/login/?next=/subscriptions"


def test_a_foreign_site_cannot_end_a_signed_in_readers_mail(reader, confirmed):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get())
    data = {"action": "end", "order": confirmed.uid}
    assert strict.post("/subscriptions", data).status_code == 403
    assert Subscription.objects.get().ended_at is None


def test_where_nothing_is_ordered_the_page_says_where_to_begin(reader):
    assert "Nothing is ordered" in reader.get("/subscriptions").text


def test_the_page_asks_no_more_for_many_orders_of_a_topic_than_for_one(page, confirmed):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(page).status_code == 200
        return len(queries)

    one = asked()
    for cadence in ("daily", "weekly", "monthly"):
        Subscription.objects.create(email=ADDRESS, query=confirmed.query, cadence=cadence)
    assert asked() == one


def test_labels_belong_to_their_own_fields_where_several_orders_stand(page, asks, post, mailoutbox):
    asks(query="tag=agents")
    post(link_in(mailoutbox.pop()))
    shown = Client().get(page).text
    for order in Subscription.objects.all():
        assert shown.count(f'id="{order.uid}-hour"') == 1
        assert shown.count(f'for="{order.uid}-hour"') == 1
