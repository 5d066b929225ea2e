"""The living page of components stands where somebody works on the look, and nowhere else."""

import pytest

from tests.web.document import read

pytestmark = pytest.mark.django_db


def test_it_is_not_there_for_readers(client) -> None:
    assert client.get("/styleguide/").status_code == 404


def test_it_shows_a_paper_in_each_state_and_no_name_twice(client, settings) -> None:
    settings.DEBUG = True
    page = read(client.get("/styleguide/"))
    papers = page.all("li", class_="paper")
    assert len(papers) == 9
    assert len(page.all("button", aria_pressed="true")) >= 3
    ids = [one["id"] for one in page.walk() if one.get("id")]
    assert sorted(ids) == sorted(set(ids))
