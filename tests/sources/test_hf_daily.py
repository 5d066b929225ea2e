"""The daily papers of Hugging Face or another Broadsheet, day by day."""

import gzip
from urllib.parse import parse_qs, urlsplit

import pytest

from feeds.models import Digest, Listing, Paper
from tests.factories import digest, entry
from tests.site import Site
from tests.sources.conftest import NOW, Run, minutes

DAILY = "/api/daily_papers"


@pytest.fixture
def days(site: Site) -> dict[str, bytes]:
    """What each day has; the site answers from it, and 400 for a day that it does not know."""
    known: dict[str, bytes] = {}

    def answer(request) -> None:
        asked = parse_qs(urlsplit(request.path).query)
        body = known.get(asked["date"][0] + ("" if "p" not in asked else f" {asked['p'][0]}"))
        if body is None:
            site.gives_now(request, b'{"error": "no such date"}', 400)
        elif request.headers["If-None-Match"] == f'"{len(body)}"':
            site.gives_now(request, b"", 304)
        else:
            site.gives_now(request, body, ETag=f'"{len(body)}"')

    site.answers[DAILY] = answer
    return known


def asked_days(site: Site) -> list[str]:
    return [parse_qs(urlsplit(path).query)["date"][0][-2:] for path, _ in site.asked]


def test_each_day_since_the_first_is_an_edition(makes, runs: Run, site: Site, days) -> None:
    days |= {f"2026-04-{day}": digest(entry(), entry()) for day in (22, 24)}
    days["2026-04-23"] = b"[]"
    source = makes("hf_daily", base=site.url("/"), since="2026-04-22")
    outcome = runs(source)
    assert (outcome.error, outcome.documents, outcome.new) == ("", 2, 4)
    assert {str(day) for day in Digest.objects.values_list("date", flat=True)} == {
        "2026-04-22",
        "2026-04-24",
    }


def test_without_a_first_day_it_begins_a_week_ago(makes, runs: Run, site: Site, days) -> None:
    days |= {f"2026-04-{day}": b"[]" for day in range(17, 25)}
    assert runs(makes("hf_daily", base=site.url(""))).error == ""
    assert asked_days(site) == [str(day) for day in range(17, 25)]


def test_the_last_days_are_asked_again_for_their_votes(makes, runs: Run, site: Site, days) -> None:
    days |= {f"2026-04-{day}": b"[]" for day in (20, 21, 22, 23)}
    days["2026-04-24"] = digest(entry("Sparse attention", id="2604.00001", upvotes=3))
    source = makes("hf_daily", base=site.url(""), since="2026-04-20", again=1)
    runs(source)
    site.asked.clear()
    days["2026-04-24"] = digest(entry("Sparse attention", id="2604.00001", upvotes=17))
    outcome = runs(source, NOW + minutes(60))
    assert asked_days(site) == ["23", "24"]
    assert (outcome.new, outcome.updated) == (0, 1)
    assert Listing.objects.get().votes == 17


def test_a_day_that_has_not_changed_is_not_sent_again(makes, runs: Run, site: Site, days) -> None:
    days |= {f"2026-04-{day}": digest(entry()) for day in (23, 24)}
    source = makes("hf_daily", base=site.url(""), since="2026-04-23")
    assert runs(source).documents == 2
    assert runs(source, NOW + minutes(60)).documents == 0
    assert [headers["If-None-Match"] for _, headers in site.asked[-2:]] == [
        f'"{len(days[day])}"' for day in ("2026-04-23", "2026-04-24")
    ]


def test_a_day_of_more_than_a_hundred_papers_is_read_to_its_end(
    makes, runs: Run, site: Site, days
) -> None:
    days["2026-04-24"] = digest(*(entry() for _ in range(100)))
    days["2026-04-24 1"] = digest(*(entry() for _ in range(100)))
    days["2026-04-24 2"] = b"[]"
    outcome = runs(makes("hf_daily", base=site.url(""), since="2026-04-24"))
    assert (outcome.error, outcome.new) == ("", 200)


def test_today_may_not_have_begun_over_there(makes, runs: Run, site: Site, days) -> None:
    days["2026-04-23"] = digest(entry())
    source = makes("hf_daily", base=site.url(""), since="2026-04-23")
    outcome = runs(source)
    assert (outcome.error, outcome.new) == ("", 1)
    assert "answers 400" in runs(source, NOW + minutes(48 * 60)).error


def test_another_site_is_asked_from_its_first_day(makes, runs: Run, site: Site, days) -> None:
    days["2026-04-24"] = b"[]"
    source = makes("hf_daily", base=site.url(""), since="2026-04-24")
    runs(source)
    days |= {f"2026-04-{day}": b"[]" for day in (22, 23)}
    source.settings |= {"since": "2026-04-22", "again": 0}
    source.save()
    site.asked.clear()
    runs(source)
    assert asked_days(site) == ["22", "23", "24"]


def test_an_answer_that_is_no_list_is_told(makes, runs: Run, site: Site, days) -> None:
    days["2026-04-24"] = b"<html>Sign in</html>"
    assert "no digest" in runs(makes("hf_daily", base=site.url(""), since="2026-04-24")).error


def test_recorded_days_go_in(makes, runs: Run, site: Site, days, real_data) -> None:
    files = sorted((real_data / "hf_daily").glob("*.json.gz"))[-3:]
    found = {file.name[:10]: gzip.decompress(file.read_bytes()) for file in files}
    first = int(min(found)[-2:])
    days |= {f"2026-04-{10 + int(day[-2:]) - first}": body for day, body in found.items()}
    days |= {f"2026-04-{day:02}": b"[]" for day in range(10, 25) if f"2026-04-{day:02}" not in days}
    outcome = runs(makes("hf_daily", base=site.url(""), since="2026-04-10"))
    assert (outcome.error, outcome.documents, outcome.rejected) == ("", 3, 0)
    assert Paper.objects.count() > 10
