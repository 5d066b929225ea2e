"""The best of a period are found by the best of each of its days."""

from datetime import date, timedelta

import pytest
from django.db import connection

from feeds.marking import hide
from feeds.models import Feed, Listing, Paper, PaperStats, Placing
from feeds.query import FeedQuery, parse
from feeds.reading import facets, papers_in
from feeds.tops import ORDERS, plainly_of_days
from feeds.voting import vote
from tests.factories import entry, put_in

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 4, 20)


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def put_in_a_week(each: int = 3) -> None:
    for number in range(7):
        some = [entry(f"Paper {number} {one}", upvotes=7 * one + number) for one in range(each)]
        put_in(*some, day=day(number))


def titles(question: str, viewer: int | None = None, limit: int = 50) -> list[str]:
    """All pages, one after another."""
    found, cursor = [], ""
    while True:
        page = papers_in(parse(question), viewer=viewer, cursor=cursor, limit=limit)
        found += [paper.title for paper in page.papers]
        cursor = page.cursor
        if not cursor:
            return found


def kept_scores() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT date, paper_id, hot, rising, scaled, new, top FROM feeds_dayscore")
        return sorted(cursor.fetchall())


def true_scores() -> list[tuple[object, ...]]:
    columns = ("date", "paper_id", *(f"paper__stats__{sort}" for sort in ORDERS))
    return sorted(set(Listing.objects.values_list(*columns)))


@pytest.mark.parametrize("sort", ORDERS)
def test_the_pages_of_a_week_hold_its_papers_in_order(sort: str) -> None:
    put_in_a_week()
    by_score = Paper.objects.order_by(f"-stats__{sort}", "id").values_list("title", flat=True)
    assert titles(f"period=week&date=2026-W17&sort={sort}", limit=4) == list(by_score)


def test_a_paper_of_two_days_stands_once_in_their_week() -> None:
    put_in(entry("Again", id="2604.00001", upvotes=3), entry("Once", upvotes=1), day=day(0))
    put_in(entry("Again", id="2604.00001", upvotes=9), day=day(2))
    assert titles("period=week&date=2026-W17", limit=1) == ["Again", "Once"]
    assert titles(f"date={day(2)}") == ["Again"]


def test_those_that_are_dropped_or_hidden_leave_no_page_short(django_user_model) -> None:
    put_in_a_week(each=8)
    reader = django_user_model.objects.create_user("reader@example.org").pk
    best = list(Paper.objects.order_by("-stats__top").values_list("pk", flat=True)[:30])
    Paper.objects.filter(pk__in=best[:15]).update(dropped_at="2026-04-30T12:00Z")
    for paper in best[15:30]:
        hide(paper, reader, PaperStats.objects.get(paper=paper).listed_at)
    left = Paper.objects.exclude(pk__in=best).order_by("-stats__top", "id")
    found = titles("period=week&date=2026-W17&sort=top", viewer=reader, limit=5)
    assert found == list(left.values_list("title", flat=True))
    assert len(titles("period=week&date=2026-W17&sort=top", limit=5)) == 56 - 15


def test_the_scores_beside_the_days_follow_votes_digests_and_what_leaves(django_user_model) -> None:
    put_in_a_week()
    assert kept_scores() == true_scores() != []
    reader = django_user_model.objects.create_user("reader@example.org").pk
    vote(Paper.objects.order_by("id")[0].pk, reader)
    put_in(entry("Paper 0 0", upvotes=900), entry("Paper 1 1", upvotes=1), day=day(3))
    assert kept_scores() == true_scores()
    Listing.objects.filter(date=day(3)).update(date=day(9))
    Listing.objects.filter(date=day(4)).delete()
    assert kept_scores() == true_scores()
    Paper.objects.all().delete()
    assert kept_scores() == []


def test_topics_of_a_week_are_those_of_its_first_papers() -> None:
    put_in(entry("One", summary="A diffusion model."), day=day(0))
    put_in(entry("Two", summary="A diffusion model."), day=day(1))
    counted = {one.tag.slug: one.count for one in facets(parse("period=week&date=2026-W17"))}
    assert counted["diffusion"] == 2


def test_what_asks_for_more_than_days_is_not_read_off_them() -> None:
    week = FeedQuery(period="week", date=MONDAY)
    assert plainly_of_days(week, None)
    for question in ("tag=diffusion", "author=Ann", "has=code", "source=daily", "sort=for_you"):
        assert not plainly_of_days(parse(f"{question}&period=week&date=2026-W17"), None)
    assert not plainly_of_days(FeedQuery(period="all"), None)


def test_a_feed_of_everything_shows_the_best_of_a_month_without_what_its_curators_dropped() -> None:
    put_in_a_week(each=4)
    feed = Feed.objects.create(slug="daily", name="Daily", query="sort=top", most=6)
    best = list(Paper.objects.order_by("-stats__top", "id"))
    Placing.objects.create(feed=feed, paper=best[0], date=day(0), verdict="dropped")
    shown = titles("feed=daily&period=month&date=2026-04")
    assert shown == [one.title for one in best[1:7]]
