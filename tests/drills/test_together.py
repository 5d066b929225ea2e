"""The same days from many threads, and tables that are compared field for field."""

from datetime import date, timedelta
from random import Random

import pytest

from drills.parts.together import Day, lost_listings, one_by_one, tried
from drills.tables import Difference, differences, summed, tables
from feeds.models import Listing, Paper
from tests.factories import digest, entry, put_in

pytestmark = pytest.mark.django_db(transaction=True)


def made_up_days(count: int = 5) -> list[Day]:
    """Days that overlap; what a later one says of a paper is not what an earlier one said."""
    papers = [entry(authors=[f"Ada Author{number}"]) for number in range(4 * count + 8)]
    found = []
    for number in range(count):
        some = [dict(one["paper"]) for one in papers[4 * number : 4 * number + 12]]
        for place, paper in enumerate(some):
            paper["upvotes"] = 10 * number + place
            if (number + place) % 3 == 0:
                paper["summary"] = f"{paper['summary']} Seen again on day {number}."
            if (number + place) % 4 == 0:
                paper["githubRepo"] = f"https://github.com/example/{paper['id']}-{number}"
        ids = tuple(paper["id"] for paper in some)
        content = digest(*({"paper": paper} for paper in some))
        found.append(Day(date(2026, 4, 20) + timedelta(days=number), content, ids))
    return found


def test_days_from_many_threads_in_any_order_end_as_those_from_one_in_order() -> None:
    rows = list(tried(made_up_days(), Random(1), threads=4))
    assert not [row for row in rows if row.held is False]
    assert [row.what for row in rows if row.found == "the same, field for field"] == [
        "after the second pass as after the first",
        "as from one thread in the order of days",
    ]


def test_a_lost_place_is_seen() -> None:
    days = made_up_days(2)
    one_by_one(days)
    assert not lost_listings(days)
    gone = Listing.objects.first()
    gone.delete()
    assert lost_listings(days) == [(gone.date, gone.paper_id)]


def test_tables_are_compared_without_ids_and_moments() -> None:
    papers = [entry() for _ in range(3)]
    put_in(*papers)
    before = tables()
    Paper.objects.all().delete()
    put_in(*papers)  # with other ids, at another moment
    assert not list(differences(tables(), before))


def test_each_difference_is_told_with_its_field() -> None:
    put_in(entry(id="2604.01001"), entry(id="2604.01002"))
    before = tables()
    Paper.objects.filter(key="2604.01001").update(abstract="Another.")
    Paper.objects.filter(key="2604.01002").delete()
    found = list(differences(tables(), before))
    assert Difference("Paper", ("2604.01002",), "", False, True) in found
    changed = [one for one in found if one.field]
    assert [(one.table, one.key, one.field) for one in changed] == [
        ("Paper", ("2604.01001",), "abstract")
    ]
    counts = dict(summed(found))
    assert (
        "Paper ('2604.01001',), abstract: 'Another.' and 'We look" in (counts["Paper.abstract: 1"])
    )
    assert "is only in the second" in counts["Paper.row: 1"]
