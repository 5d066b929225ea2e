"""Pictures are for everyone: seen, reached by key, and read as lists and tables."""

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from feeds import marking
from feeds.models import Paper
from tests.e2e.conftest import NewPage
from tests.e2e.looking import faults
from tests.factories import entry, put_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _papers(site: str, transactional_db: None) -> None:
    put_in(
        *(entry(f"Painting {number}", summary="A diffusion model.") for number in range(12)),
        *(entry(f"Rounding {number}", summary="Quantization of weights.") for number in range(9)),
        entry("Averyveryverylongwordthathasnoplacetobreakatall" * 3, id="2604.00123"),
    )


def test_a_map_is_reached_and_read_by_key(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/map")
    assert not faults(page, "map")
    page.set_viewport_size({"width": 1280, "height": 900})
    dot = page.locator("svg.map a").first
    title = dot.locator("title").text_content()
    dot.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(dot).to_be_focused()
    expect(dot.locator(".tip")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title or "")


def test_trends_and_a_tags_weeks_are_for_everyone(new_page: NewPage) -> None:
    page = new_page()
    for name, address in (("trends", "/trends"), ("tag-weeks", "/t/diffusion")):
        page.goto(address)
        page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
        assert not faults(page, name)


def test_a_readers_week_is_too(new_page: NewPage, site: str, django_user_model) -> None:
    reader = django_user_model.objects.create_user("reader@example.org")
    for paper in Paper.objects.all()[:5]:
        marking.mark_read(paper.pk, reader.pk, timezone.now())
    client = Client()
    client.force_login(reader)
    page = new_page()
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    page.goto("/week")
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    assert not faults(page, "week")


def test_what_is_like_a_paper_is_for_everyone(new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"/papers/{Paper.objects.exclude(key='2604.00123').first().key}")
    expect(page.get_by_role("heading", name="Similar papers")).to_be_visible()
    assert not faults(page, "paper-similar")
