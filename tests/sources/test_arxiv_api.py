"""Walks from the newest paper back to what is known, without a gap."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from feeds.models import Digest, Paper, Source
from feeds.sources import arxiv_api
from feeds.sources.base import WrongSettings, checked, sources
from tests.parsers.xml_samples import ARXIV_ERROR
from tests.site import Site
from tests.sources.conftest import NOW, Run, minutes

QUERY = "/api/query"


class Archive:
    """Papers by the hour of 24 April 2026 (negative: the days before), served as arXiv does."""

    def __init__(self, site: Site) -> None:
        self.hours: dict[int, str] = {}
        self.total: int | None = None
        self._site = site
        site.answers[QUERY] = self._answer

    def submits(self, *hours: int) -> None:
        for hour in hours:
            self.hours[hour] = f"2604.{10000 + hour}v1"

    def starts(self) -> list[int]:
        return [int(parse_qs(urlsplit(path).query)["start"][0]) for path, _ in self._site.asked]

    def page(self, start: int, size: int) -> bytes:
        newest = sorted(self.hours, reverse=True)[start : start + size]
        total = len(self.hours) if self.total is None else self.total
        entries = "".join(self._entry(hour) for hour in newest)
        return (
            '<feed xmlns="http://www.w3.org/2005/Atom"><id>http://arxiv.org/api/x</id>'
            f"<updated>2026-04-24T12:00:00Z</updated><o:totalResults "
            f'xmlns:o="http://a9.com/-/spec/opensearch/1.1/">{total}</o:totalResults>'
            f"{entries}</feed>"
        ).encode()

    def _entry(self, hour: int) -> str:
        when = datetime(2026, 4, 24, tzinfo=UTC) + timedelta(hours=hour)
        return (
            f"<entry><id>http://arxiv.org/abs/{self.hours[hour]}</id><title>Paper {hour}</title>"
            f"<summary>What was seen in hour {hour}.</summary>"
            f"<published>{when:%Y-%m-%dT%H:%M:%SZ}</published>"
            '<author><name>Ada Author</name></author><category term="cs.CL"/></entry>'
        )

    def _answer(self, request) -> None:
        asked = parse_qs(urlsplit(request.path).query)
        body = self.page(int(asked["start"][0]), int(asked["max_results"][0]))
        self._site.gives_now(request, body)


@pytest.fixture
def archive(site: Site, monkeypatch) -> Archive:
    monkeypatch.setattr(arxiv_api, "PAGE", 3)
    return Archive(site)


@pytest.fixture
def source(makes, site: Site) -> Source:
    return makes("arxiv_api", base=site.url(QUERY), categories="cs.CL, stat.*")


def titles() -> set[int]:
    return {int(name[6:]) for name in Paper.objects.values_list("title_text", flat=True)}


def test_it_asks_for_the_newest_of_the_categories(
    source: Source, runs: Run, site: Site, archive: Archive
) -> None:
    archive.submits(9)
    assert runs(source).new == 1
    asked = parse_qs(urlsplit(site.asked[0][0]).query)
    assert asked["search_query"] == ["cat:cs.CL OR cat:stat.*"]
    assert (asked["sortBy"], asked["sortOrder"]) == (["submittedDate"], ["descending"])


def test_the_first_walk_ends_a_week_ago(source: Source, runs: Run, archive: Archive) -> None:
    week = -6 * 24 - 12  # hours before the 24th
    archive.submits(10, 0, -50, -100, week + 1, week - 1, week - 2, week - 3, week - 4)
    runs(source)
    assert {10, 0, -50, -100, week + 1} <= titles()
    assert archive.starts() == [0, 3]


def test_a_first_day_is_kept_to(source: Source, runs: Run, archive: Archive) -> None:
    archive.submits(*range(10), *range(-30, -20))
    source.settings |= {"since": "2026-04-24"}
    source.save()
    runs(source)
    assert set(range(10)) <= titles()
    assert archive.starts() == [0, 3, 6, 9]


def test_the_next_walk_brings_what_is_new(source: Source, runs: Run, archive: Archive) -> None:
    archive.submits(*range(1, 8))
    runs(source)
    archive.submits(8, 9)
    outcome = runs(source, NOW + minutes(60))
    assert (outcome.new, outcome.documents) == (2, 1)
    assert titles() == set(range(1, 10))


def test_pages_without_news_are_not_kept_again(source: Source, runs: Run, archive: Archive) -> None:
    archive.submits(*range(1, 8))
    assert runs(source).documents == 3
    assert runs(source, NOW + minutes(60)).documents == 0
    assert Digest.objects.count() == 3


def test_a_paper_that_was_held_back_for_days_is_met(
    source: Source, runs: Run, archive: Archive
) -> None:
    archive.submits(9, 8, 7, -60)
    runs(source)
    archive.submits(-50)  # submitted before those that are known, announced after them
    assert runs(source, NOW + minutes(60)).new == 1
    assert -50 in titles()


def test_a_walk_that_breaks_off_goes_on_at_its_place(
    source: Source, runs: Run, site: Site, archive: Archive
) -> None:
    archive.submits(*range(1, 9))
    good = site.answers[QUERY]

    def breaks_at_the_third(request) -> None:
        good(request) if len(site.asked) < 3 else site.gives_now(request, b"", 503)

    site.answers[QUERY] = breaks_at_the_third
    assert "answers 503" in runs(source).error
    assert source.failures == 1
    archive.submits(9)  # it pushes the others back by one
    site.answers[QUERY] = good
    runs(source, NOW + minutes(5))
    assert titles() == set(range(1, 9))
    runs(source, NOW + minutes(60))
    assert titles() == set(range(1, 10))


def test_a_short_page_leaves_no_gap(source: Source, runs: Run, site: Site, archive) -> None:
    archive.submits(*range(1, 9))

    def short(request) -> None:
        start = int(parse_qs(urlsplit(request.path).query)["start"][0])
        site.gives_now(request, archive.page(start, 2))

    site.answers[QUERY] = short
    assert runs(source).error == ""
    assert titles() == set(range(1, 9))


def test_more_papers_than_the_api_gives_are_told(
    source: Source, runs: Run, archive: Archive, monkeypatch
) -> None:
    monkeypatch.setattr(arxiv_api, "MOST", 6)
    archive.submits(*range(1, 9))
    outcome = runs(source)
    assert (outcome.error, len(titles()), source.failures) == ("", 6, 0)
    assert "2 older papers" in source.last_error
    assert runs(source, NOW + minutes(60)).troubles == []


def test_other_categories_are_walked_from_the_beginning(
    source: Source, runs: Run, archive: Archive
) -> None:
    archive.submits(1)
    runs(source)
    source.settings |= {"categories": "math.CO"}
    source.save()
    assert runs(source).documents == 1


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({"body": ARXIV_ERROR, "status": 400}, "arXiv answers: incorrect id format for abc."),
        ({"body": ARXIV_ERROR}, "arXiv answers: incorrect id format for abc."),
        ({"body": b"Rate exceeded."}, "not whole"),
        ({"body": b"<html><body>Hello</body></html>"}, "not arXiv's API"),
        ({"body": b"<a/>", "status": 404}, "answers 404"),
        ({"status": 503, "Retry_After": "60"}, "answers 503"),
    ],
)
def test_what_is_wrong_is_told(source: Source, runs: Run, site: Site, answer, sentence) -> None:
    site.gives(QUERY, **answer)
    assert sentence in runs(source).error
    assert (source.state, source.failures) == ({}, 1)


def test_a_page_that_stops_in_the_middle_is_asked_for_again(
    source: Source, runs: Run, site: Site, archive: Archive
) -> None:
    archive.submits(1, 2)
    whole = archive.page(0, 3)
    site.gives(QUERY, whole[: whole.index(b"Paper 1")])
    assert "not whole" in runs(source).error
    assert (titles(), source.state) == (set(), {})


def test_an_empty_page_before_the_end_is_not_taken_for_the_end(
    source: Source, runs: Run, archive: Archive
) -> None:
    archive.total = 7
    assert "empty page at 0 of 7" in runs(source).error


def test_nothing_at_all_is_no_failure(source: Source, runs: Run, archive: Archive) -> None:
    outcome = runs(source)
    assert (outcome.error, outcome.documents) == ("", 0)


def test_recorded_pages_go_in(makes, runs: Run, site: Site, real_data) -> None:
    recorded = {
        re.search(r"_s(\d+)_m10_", path.name)[1]: path.read_bytes()
        for path in (real_data / "arxiv_api").glob("q_testing_s*0_m10_*.200.xml")
    }

    def answer(request) -> None:
        start = parse_qs(urlsplit(request.path).query)["start"][0]
        site.gives_now(request, recorded.get(start, b""), 200 if start in recorded else 503)

    site.answers[QUERY] = answer
    source = makes("arxiv_api", base=site.url(QUERY), categories="cs.SE", since="2000-01-01")
    outcome = runs(source)
    assert "answers 503" in outcome.error
    assert (outcome.documents, outcome.rejected) == (6, 0)
    entries = sum(page.count(b"<entry>") for page in recorded.values())
    assert outcome.new + outcome.updated + outcome.unchanged == entries == 60


@pytest.mark.parametrize("wrong", ["", "computers!", "cs.CL;drop_table", "cs.CL OR all:x"])
def test_only_categories_are_asked_for(wrong: str) -> None:
    with pytest.raises(WrongSettings):
        checked(sources.get("arxiv_api"), {"categories": wrong})
