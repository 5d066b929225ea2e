"""A month of editions: under the date of one, and on a page of its own."""

from datetime import date

import pytest
from django.utils import timezone

from feeds.models import Paper
from tests.factories import entry, put_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _editions() -> None:
    for day in (date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 24)):
        put_in(entry(f"Stones of {day}", summary="A diffusion model."), day=day)
    put_in(
        entry("Sands", id="2604.00009", summary="Sand, looked at closely."), day=date(2026, 4, 2)
    )


def days(client, address: str) -> list[str]:
    shown = client.get(address).content.decode()
    month = shown.partition('<table class="month">')[2].partition("</table>")[0]
    return [part.partition('"')[0] for part in month.split('<a href="')[1:]]


def test_an_edition_shows_the_days_of_its_month_that_have_one(client) -> None:
    assert days(client, "/date/2026-04-24") == [
        "/month/2026-04",
        "/week/2026-W14", "/date/2026-04-01", "/date/2026-04-02",
        "/week/2026-W17", "/date/2026-04-24",
    ]  # fmt: skip
    shown = client.get("/date/2026-04-24").content.decode()
    assert 'href="/date/2026-04-24" aria-current="page"' in shown


def test_an_edition_says_how_many_papers_it_has(client, monkeypatch) -> None:
    put_in(entry("More stones"), entry("Pebbles"), day=date(2026, 4, 24))
    assert "<p>3 papers</p>" in client.get("/date/2026-04-24").content.decode()
    assert "<p>1 paper</p>" in client.get("/date/2026-04-01").content.decode()
    monkeypatch.setattr("feeds.calendar.MOST_COUNTED", 2)
    monkeypatch.setattr("feeds.web.months.MOST_COUNTED", 2)
    assert "<p>2 papers or more</p>" in client.get("/date/2026-04-24").content.decode()


def test_a_day_of_dropped_papers_alone_is_none(client) -> None:
    Paper.objects.filter(arxiv_id="2604.00009").update(dropped_at=timezone.now())
    assert "/date/2026-04-02" not in days(client, "/date/2026-04-24")
    assert "/date/2026-04-02" not in days(client, "/calendar/2026-04")


def test_its_own_page_leads_to_other_months(client) -> None:
    shown = client.get("/calendar/2026-04").content.decode()
    assert 'href="/calendar/2026-03" rel="prev"' in shown
    assert 'rel="next"' not in shown
    assert days(client, "/calendar/2026-03")[-1] == "/date/2026-03-31"


def test_a_question_has_a_calendar_of_its_own(client) -> None:
    assert (
        'href="/calendar/2026-04?tag=diffusion"'
        in client.get("/date/2026-04-24?tag=diffusion").content.decode()
    )
    assert days(client, "/calendar/2026-04?tag=diffusion")[2:] == [
        "/date/2026-04-01?tag=diffusion",
        "/week/2026-W17?tag=diffusion",
        "/date/2026-04-24?tag=diffusion",
    ]


def test_without_a_month_it_is_the_latest(client) -> None:
    assert client.get("/calendar")["Location"] == "/calendar/2026-04"
    assert client.get("/calendar/")["Location"] == "/calendar"


def test_a_month_without_editions_leads_on(client) -> None:
    shown = client.get("/calendar/2026-08").content.decode()
    assert "There is none in August 2026." in shown
    assert 'href="/calendar/2026-04"' in shown


@pytest.mark.parametrize("month", ["2026-13", "2026-00", "9999-01"])
def test_what_is_no_month_is_said(client, month) -> None:
    assert client.get(f"/calendar/{month}").status_code == 400
