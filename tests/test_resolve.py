"""Which paper is meant: ids decide, then all that is known of a work, then its title alone."""

from datetime import date

import pytest

from feeds.ingest import Report
from feeds.models import Identifier, Paper
from tests.factories import entry, put_in

pytestmark = pytest.mark.django_db


def named(title: str, *authors: str, year: int = 2026, **fields: object) -> dict[str, object]:
    published = f"{year}-04-23T10:00:00.000Z"
    return entry(title, **({"id": None, "authors": authors, "publishedAt": published} | fields))


def changes(report: Report) -> tuple[int, int, int]:
    return report.new, report.updated, report.unchanged


def test_works_of_one_title_are_each_found_again() -> None:
    both = (named("Introduction", "Ann One"), named("Introduction", "Bob Two"))
    assert changes(put_in(*both)) == (2, 0, 0)
    assert changes(put_in(*both)) == (0, 0, 2)
    put_in(*reversed(both), day=date(2026, 4, 25))
    assert Paper.objects.count() == 2


def test_a_name_cut_to_its_initial_is_the_same_author() -> None:
    put_in(named("On light", "Ann B. One", "Bob Two", id="2604.00001"))
    put_in(named("On Light", "A. One"))
    assert Paper.objects.count() == 1


def test_a_namesake_of_another_initial_is_another_author() -> None:
    put_in(named("On light", "Ann One"), named("On light", "Zoe One"))
    assert Paper.objects.count() == 2


def test_one_title_years_apart_is_two_works() -> None:
    put_in(named("Annual report", "Ann One", year=2016), named("Annual report", "Ann One"))
    assert Paper.objects.count() == 2


def test_a_preprint_and_its_print_two_years_later_are_one_work() -> None:
    put_in(named("On light", "Ann One", year=2024, id="2404.00001"))
    put_in(named("On light", "Ann One", year=2026))
    assert Paper.objects.count() == 1


def test_a_work_may_go_by_many_names() -> None:
    put_in(named("On light", "Ann One"))
    put_in(named("On light", "Ann One", id="2604.00001"))
    schemes = set(Identifier.objects.values_list("scheme", flat=True))
    assert schemes == {"arxiv", "key", "title"}
