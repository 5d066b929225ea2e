"""What has to do with mail, as everyone sees it: the desk of mail, the archive, one's own pages."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts import pausing, suppressing, tokens
from accounts.models import Delivery, Feedback, Subscription
from feeds.models import Feed, Paper
from tests.e2e.conftest import NewPage
from tests.e2e.looking import faults
from tests.factories import entry, put_in

pytestmark = pytest.mark.django_db(transaction=True)
State = Delivery.State


@pytest.fixture
def desk(new_page: NewPage, site: str, transactional_db: None, django_user_model) -> Page:
    """A page of an admin who has signed in."""
    client = Client()
    client.force_login(django_user_model.objects.create_superuser("admin@example.org", name="Ada"))
    page = new_page()
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    return page


@pytest.fixture
def order(transactional_db: None) -> Subscription:
    """A send that is under way, with a mail in each state; an order of a stopped address."""
    today, now = timezone.now().date(), timezone.now()
    for days in range(4):
        titles = ("Lanterns for long texts", "On rereading", "Small models, far walks")
        put_in(*(entry(f"{title} {days}") for title in titles), day=today - timedelta(days=days))
    Feed.objects.create(slug="daily", name="Daily", description="What matters.")
    papers = list(Paper.objects.values_list("pk", flat=True)[:3])
    for number, state in enumerate([*State, *[State.SENT] * 9]):
        made = Subscription.objects.create(
            email=f"reader{number}@example.org", cadence="daily", confirmed_at=now
        )
        row = Delivery.objects.create(
            subscription=made, period=today, state=state, asked=f"date={today}", edition=today,
            papers=papers, sent_at=now if state == State.SENT else None,
            next_try_at=now + timedelta(days=1), claimed_at=now,
            error="550 5.1.1 no such mailbox" if state in (State.REFUSED, State.PARKED) else "",
        )  # fmt: skip
    Feedback.objects.create(email=made.email, delivery=row, kind="complaint", how="returned")
    suppressing.suppress(made.email, "bounce", "550 5.1.1 no such mailbox", now)
    return made


def test_the_pages_of_mail_are_for_everyone(desk: Page, order: Subscription) -> None:
    page, found = desk, []
    page.goto("/desk/mail")
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.get_by_role("region", name="By mail").get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Paused by mail since")).to_be_visible()
    page.get_by_role("button", name="Resume").click()
    found += faults(page, "desk-mail")
    page.locator("ol.rows a").first.click()
    expect(page.get_by_role("heading", name="Why they failed")).to_be_visible()
    found += faults(page, "desk-mail-send")
    Delivery.objects.filter(state__in=("waiting", "claimed")).update(state=State.SENT)
    expect(page.get_by_role("progressbar")).to_have_count(0)
    page.get_by_role("link", name="Preview").click()
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="Lanterns for long texts 0")).to_be_visible()
    found += faults(page, "desk-mail-preview")
    page.get_by_role("link", name="One address").click()
    page.get_by_label("Whole address").fill(order.email)
    page.get_by_role("button", name="Look it up").click()
    expect(page.get_by_text("550 5.1.1 no such mailbox").first).to_be_visible()
    found += faults(page, "desk-mail-address")
    for name, path in (
        ("delivered", f"/mail/{tokens.write_for(Delivery.objects.latest('pk'))}"),
        ("mail-stopped", f"/subscriptions/{tokens.write('manage', order)}"),
    ):
        assert page.goto(path).ok
        if name == "mail-stopped":
            page.get_by_text("Order, repeats, language").click()
        found += faults(page, name)
    assert found == []
    assert not pausing.paused(timezone.now())
