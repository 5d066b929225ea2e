"""The admin's tables: an address's orders and deliveries, and ending them."""

import pytest

from accounts.models import Delivery, Subscription
from tests.accounts.conftest import NOON

pytestmark = pytest.mark.django_db


def test_an_address_is_found_with_its_orders_and_deliveries(admin_client, reads) -> None:
    order = reads()
    reads("other@example.org")
    Delivery.objects.create(subscription=order, period=NOON.date(), error="550 no such reader")
    orders = admin_client.get("/admin/accounts/subscription/", {"q": "reader@example.org"})
    assert "reader@example.org" in orders.text
    assert "other@example.org" not in orders.text
    ledger = admin_client.get("/admin/accounts/delivery/", {"q": "reader@example.org"})
    assert "550 no such reader" in ledger.text


def test_an_admin_can_end_an_order(admin_client, reads) -> None:
    order = reads()
    admin_client.post(
        "/admin/accounts/subscription/", {"action": "end", "_selected_action": [order.pk]}
    )
    assert Subscription.objects.get().ended_at


def test_nobody_rewrites_the_ledger(admin_client, reads) -> None:
    row = Delivery.objects.create(subscription=reads(), period=NOON.date())
    place = f"/admin/accounts/delivery/{row.pk}"
    assert admin_client.get(f"{place}/change/").status_code == 200
    assert admin_client.post(f"{place}/change/", {"state": "sent"}).status_code == 403
    assert admin_client.post(f"{place}/delete/", {"post": "yes"}).status_code == 403
    assert admin_client.get("/admin/accounts/delivery/add/").status_code == 403
