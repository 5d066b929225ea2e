"""A reader's own week: what they did by day and topic, for nobody else."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from feeds import collecting, marking
from feeds.models import Collection, Paper, Vote
from feeds.own_week import own_week
from tests.factories import entry, put_in
from tests.web.document import read

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 24, 12, tzinfo=UTC)  # a Friday


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ada(django_user_model) -> int:
    put_in(
        entry("On bees", id="2604.00001", summary="A diffusion model of bees."),
        entry("On wasps", id="2604.00002", summary="A diffusion model of wasps."),
    )
    reader = django_user_model.objects.create_user("ada@example.org", name="Ada").pk
    bees, wasps = (Paper.objects.get(key=f"2604.0000{number}") for number in (1, 2))
    marking.mark_read(bees.pk, reader, NOW)
    marking.mark_read(wasps.pk, reader, NOW - timedelta(days=1))
    vote = Vote.objects.create(paper=bees, user_id=reader)
    Vote.objects.filter(pk=vote.pk).update(created_at=NOW - timedelta(days=4))
    return reader


def page(reader: int | None, django_user_model, address: str = "/week"):
    browser = Client()
    if reader:
        browser.force_login(django_user_model.objects.get(pk=reader))
    return browser.get(address)


def test_a_week_counts_by_day_and_topic(ada) -> None:
    week = own_week(ada, NOW.date())
    assert week.counts["read"] == (0, 0, 0, 1, 1, 0, 0)
    assert week.counts["voted for"] == (1, 0, 0, 0, 0, 0, 0)
    diffusion = next(one for one in week.topics if one.tag.slug == "diffusion")
    assert diffusion.counts == (2, 1, 0)
    assert {view.key: kinds for view, kinds in week.papers} == {
        "2604.00001": ("read", "voted for"),
        "2604.00002": ("read",),
    }


def test_a_paper_in_two_collections_is_saved_once(ada) -> None:
    paper = Paper.objects.get(key="2604.00002").pk
    collecting.save(paper, ada)
    other = Collection.objects.create(owner_id=ada, slug="other", name="Other")
    collecting.add(other.slug, paper, ada)
    assert own_week(ada, NOW.date()).counts["saved"] == (0, 0, 0, 0, 1, 0, 0)


def test_it_is_the_readers_alone(ada, django_user_model) -> None:
    assert page(None, django_user_model).status_code == 302
    ben = django_user_model.objects.create_user("ben@example.org", name="Ben").pk
    assert "On bees" not in page(ben, django_user_model).content.decode()
    mine = page(ada, django_user_model)
    assert "On bees" in mine.content.decode()
    assert "no-store" in mine["Cache-Control"]


def test_other_weeks_have_addresses(ada, django_user_model) -> None:
    shown = read(page(ada, django_user_model))
    assert shown.link("The week before") == "/week?of=2026-W16"
    before = read(page(ada, django_user_model, "/week?of=2026-W16"))
    assert "Nothing yet" in before.text
    assert before.link("The week after") == "/week?of=2026-W17"
    for wrong in ("W17", "2026-W99", "x", "2026-W17%00"):
        assert page(ada, django_user_model, f"/week?of={wrong}").status_code == 404


def test_the_picture_has_its_table(ada, django_user_model) -> None:
    shown = read(page(ada, django_user_model))
    assert len(shown.all("svg", class_="bars")) == 3
    days = shown.all("table")[0].all("tr")
    assert days[1].texts("td") == ["0", "1", "0"]
    assert days[5].text.startswith("Friday 24 April")


def test_a_dropped_paper_is_not_in_it(ada) -> None:
    Paper.objects.filter(key="2604.00001").update(dropped_at=timezone.now())
    assert own_week(ada, NOW.date()).counts["read"] == (0, 0, 0, 1, 0, 0, 0)
