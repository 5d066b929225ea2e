"""Weeks and months at the desk: decided for themselves, closed in their time, corrected aloud."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from accounts import editions as mails
from accounts.models import Delivery, Subscription, User
from feeds import acts, joining, placing
from feeds.acts import CannotAct, Desk
from feeds.closing import close_ended, publish
from feeds.correcting import Change, correct
from feeds.desk import edition as editions
from feeds.models import DeskAct, Edition, Feed, Paper, PeriodPlacing, Placing
from feeds.named import feed_view
from feeds.query import parse
from feeds.reading import papers_in
from tests.factories import DAY, entry, put_in
from tests.web.document import read

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 4, 20)
SUNDAY = datetime(2026, 4, 26, 18, tzinfo=UTC)
KEYS = ("2604.00001", "2604.00002", "2604.00003", "2604.00004")
WEEK = "feed=images&date=2026-W17"


@pytest.fixture
def desk(db) -> Desk:
    """The week's, of a feed with two papers of one day and two of another, the best first."""
    put_in(entry(id=KEYS[0], upvotes=90), entry(id=KEYS[1], upvotes=50))
    put_in(entry(id=KEYS[2], upvotes=9), entry(id=KEYS[3], upvotes=5), day=MONDAY)
    return at_desk()


def at_desk(period: str = "week", day: date = MONDAY, **fields: object) -> Desk:
    feed, _ = Feed.objects.get_or_create(slug="images", defaults={"name": "Images"} | fields)
    ada = User.objects.filter(email="ada@example.org").first()
    ada = ada or User.objects.create_user("ada@example.org")
    return Desk(feed_view(feed), day, ada.pk, period)


def paper(number: int) -> int:
    return Paper.objects.get(key=KEYS[number - 1]).pk


def stands(desk: Desk) -> list[tuple[str, str]]:
    return [(line.paper.key, line.stands) for line in editions.edition(desk).lines]


def keys(query: str) -> list[str]:
    return [one.key for one in papers_in(parse(query)).papers]


def test_a_weeks_pins_and_drops_are_its_own(desk: Desk) -> None:
    placing.pin(desk, paper(4), SUNDAY)
    placing.pin(desk, paper(3), SUNDAY, at=0)
    placing.drop(desk, [paper(1)], SUNDAY)
    expected = [(KEYS[2], "pinned"), (KEYS[3], "pinned"), (KEYS[1], "fits")]
    assert stands(desk) == expected
    assert keys(WEEK) == [KEYS[2], KEYS[3], KEYS[1]]
    assert [one.key for one in editions.edition(desk).dropped] == [KEYS[0]]
    assert keys("feed=images&date=2026-04-24") == [KEYS[0], KEYS[1]]
    assert len(keys("feed=images&date=2026-04")) == 4
    assert KEYS[0] in keys("feed=images&period=all")
    assert not Placing.objects.exists()


def test_the_desks_of_a_week_its_month_and_its_first_day_are_three(desk: Desk) -> None:
    placing.write_note(desk, "Of the week.", SUNDAY)
    placing.write_note(at_desk("day"), "Of the day.", SUNDAY)
    april = at_desk("month", date(2026, 4, 1))
    placing.pin(april, paper(3), SUNDAY)
    assert editions.edition(desk).note == "Of the week."
    assert acts.undo(desk, SUNDAY) == "the note"
    assert editions.edition(at_desk("day")).note == "Of the day."
    assert stands(april)[0] == (KEYS[2], "pinned")
    assert stands(desk)[0] == (KEYS[0], "fits")
    with pytest.raises(CannotAct, match="nothing of yours to undo here"):
        acts.undo(desk, SUNDAY)
    assert acts.undo(april, SUNDAY) == "pinning"
    assert not PeriodPlacing.objects.exists()
    assert set(DeskAct.objects.values_list("period", flat=True)) == {"day", "week", "month"}


def test_what_does_not_stand_in_a_week_waits_beside_it_and_can_be_placed(desk: Desk) -> None:
    Feed.objects.update(most=2)
    desk = at_desk()
    assert [one.key for one in editions.edition(desk).incoming] == [KEYS[2], KEYS[3]]
    placing.place(desk, [paper(4)], SUNDAY)
    assert stands(desk) == [(KEYS[0], "fits"), (KEYS[3], "placed")]
    placing.clear(desk, [paper(4)], SUNDAY)
    assert stands(desk) == [(KEYS[0], "fits"), (KEYS[1], "fits")]


def test_what_is_dropped_on_a_day_leaves_the_pins_of_its_week(desk: Desk) -> None:
    placing.pin(desk, paper(3), SUNDAY)
    placing.drop(at_desk("day"), [paper(3)], SUNDAY)
    assert KEYS[2] not in keys(WEEK)


def test_a_week_is_published_from_its_last_day_on_and_stays(desk: Desk) -> None:
    with pytest.raises(CannotAct, match="Publish it from 26 April on"):
        placing.publish(desk, SUNDAY - timedelta(days=1))
    placing.write_note(desk, "A good week.", SUNDAY)
    assert placing.publish(desk, SUNDAY) == "Published."
    put_in(entry(upvotes=99), day=MONDAY)
    Placing.objects.create(feed_id=desk.feed.id, paper_id=paper(1), date=DAY, verdict="dropped")
    page = papers_in(parse(WEEK))
    assert ([one.key for one in page.papers], page.note) == (list(KEYS), "A good week.")
    with pytest.raises(CannotAct, match="only a correction"):
        placing.pin(desk, paper(2), SUNDAY)


def test_weeks_and_months_close_by_themselves_when_their_time_is_over(desk: Desk) -> None:
    def closed() -> set[str]:
        return set(Edition.objects.filter(closed_at__isnull=False).values_list("period", flat=True))

    close_ended(datetime(2026, 4, 27, 11, tzinfo=UTC))
    assert closed() == {"day"}
    close_ended(datetime(2026, 4, 27, 12, tzinfo=UTC))
    assert closed() == {"day", "week"}
    close_ended(datetime(2026, 5, 1, 12, tzinfo=UTC))
    assert closed() == {"day", "week", "month"}


def test_weeks_of_a_reviewed_feed_hold_what_was_published_and_close_by_themselves(db) -> None:
    put_in(entry(id=KEYS[0]), entry(id=KEYS[1]))
    put_in(entry(id=KEYS[2]), day=MONDAY)
    desk = at_desk(reviewed=True)
    placing.place(at_desk("day", DAY), [paper(1)], SUNDAY)
    placing.place(at_desk("day"), [paper(3)], SUNDAY)
    assert keys(WEEK) == []
    placing.publish(at_desk("day", DAY), SUNDAY)
    assert keys(WEEK) == [KEYS[0]]
    assert stands(desk) == [(KEYS[0], "fits")]
    close_ended(datetime(2026, 4, 27, 12, tzinfo=UTC))
    assert Edition.objects.get(period="week").papers == [paper(1)]
    assert not Edition.objects.filter(period="day", date=MONDAY, closed_at__isnull=False).exists()


def test_a_thin_day_of_a_reviewed_feed_is_filled_up_from_published_days_alone(db) -> None:
    put_in(entry(id=KEYS[0]))
    put_in(entry(id=KEYS[1]), entry(id=KEYS[2]), day=MONDAY)
    desk = at_desk("day", DAY, reviewed=True, minimum=3)
    placing.place(desk, [paper(1)], SUNDAY)
    placing.place(at_desk("day"), [paper(2)], SUNDAY)
    assert stands(desk) == [(KEYS[0], "placed")]
    placing.publish(at_desk("day"), SUNDAY)
    assert stands(desk) == [(KEYS[0], "placed"), (KEYS[1], "filled")]


@pytest.fixture
def corrected(desk: Desk) -> Desk:
    placing.publish(desk, SUNDAY)
    change = Change(frozenset([paper(1)]), note="A good week.")
    assert correct(desk, change, "One was counted twice.", SUNDAY) == "Corrected."
    return desk


@pytest.mark.parametrize(
    "path",
    [
        "/f/images/2026-W17",
        f"/api/v1/papers?{WEEK}",
        f"/feed.rss?{WEEK}",
        f"/feed.atom?{WEEK}",
        f"/feed.json?{WEEK}",
        f"/papers.md?{WEEK}",
    ],
)
def test_a_correction_of_a_week_says_so_at_every_output_that_has_words(
    corrected: Desk, client: Client, path: str
) -> None:
    told = client.get(path).content.decode()
    assert "One was counted twice." in told
    assert "A good week." in told
    assert KEYS[1] in told


def test_a_correction_of_a_week_says_so_in_mail_that_goes_out_later(corrected: Desk) -> None:
    order = Subscription.objects.create(
        email="ben@example.org", query="feed=images", cadence="weekly", confirmed_at=SUNDAY
    )
    row = Delivery.objects.create(
        subscription=order,
        period=MONDAY + timedelta(days=7),
        state=Delivery.State.CLAIMED,
        claimed_at=SUNDAY,
    )
    edition = mails.choose([row])[row.pk]
    assert [one.key for one in edition.papers] == list(KEYS[1:])
    assert edition.note == "A good week.\nCorrection: One was counted twice."


def test_what_a_correction_takes_off_a_week_stays_in_its_day(corrected: Desk) -> None:
    assert KEYS[0] in keys("feed=images&date=2026-04-24")
    assert not Placing.objects.exists()


def test_a_pin_of_a_week_follows_its_paper_into_another_and_back(desk: Desk) -> None:
    placing.pin(desk, paper(4), SUNDAY)
    kept, absorbed = paper(1), paper(4)
    made = joining.join(kept, absorbed, by=None, why="", now=SUNDAY)
    assert stands(desk)[0] == (KEYS[0], "pinned")
    joining.undo(made.pk, by=None, now=SUNDAY)
    assert stands(desk)[0] == (KEYS[3], "pinned")
    assert PeriodPlacing.objects.count() == 1


def test_publishing_by_the_day_is_as_before(desk: Desk) -> None:
    publish(desk.feed, DAY, SUNDAY, note="A day.")
    assert papers_in(parse("feed=images&date=2026-04-24")).note == "A day."


# ---- The page ----


@pytest.fixture
def curator(desk: Desk, client: Client) -> Client:
    client.force_login(User.objects.create_user("c@example.org", is_staff=True))
    return client


@pytest.mark.parametrize(
    ("address", "heading", "beside"),
    [
        ("2026-W17", "Images, 20 to 26 April 2026", ["2026-W16", "2026-W18"]),
        ("2026-04", "Images, April 2026", ["2026-03", "2026-05"]),
        ("2026-04-20", "Images, Monday, 20 April 2026", ["2026-04-19", "2026-04-21"]),
    ],
)
def test_each_period_has_a_desk_with_ways_to_the_others(
    curator: Client, address: str, heading: str, beside: list[str]
) -> None:
    page = read(curator.get(f"/desk/feeds/images/{address}")).one("main")
    assert page.one("h1").text == heading
    links = [link["href"] for link in page.one("p", class_="days").all("a")]
    assert links[:2] == [f"/desk/feeds/images/{one}" for one in beside]
    assert links[5] == f"/f/images/{address}"
    # From a month the way leads to its last week.
    week = "2026-W18" if address == "2026-04" else "2026-W17"
    assert [link.rpartition("/")[2] for link in links[3:5]] == [week, "2026-04"]


def test_a_weeks_page_takes_the_acts_of_a_days(curator: Client) -> None:
    address = "/desk/feeds/images/2026-W17"
    curator.post(address, {"pin": paper(4)})
    curator.post(address, {"drop": paper(2)})
    curator.post(address, {"note": "1", "text": "A word."})
    page = read(curator.get(address)).one("main")
    assert page.one("section", class_="edition").texts("h3")[0] == title(4)
    assert title(2) in page.one("details", class_="dropped").text
    assert keys(WEEK) == [KEYS[3], KEYS[0], KEYS[2]]
    curator.post(address, {"publish": "1"})
    assert "From now on only a correction changes it" in read(curator.get(address)).text
    leads = read(curator.get("/f/images/2026-W17")).one("div", class_="above")
    assert leads.one("a")["href"] == address


def title(number: int) -> str:
    return Paper.objects.get(key=KEYS[number - 1]).title_text


@pytest.mark.parametrize("date", ["2026-W60", "2026-13", "2026-W1", "1899-12"])
def test_a_period_that_is_none_has_no_desk(curator: Client, date: str) -> None:
    assert curator.get(f"/desk/feeds/images/{date}").status_code == 404
