"""What came in, how it was read, and reading it again."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from feeds import tasks
from feeds.ingest import ingest, source_named
from feeds.models import Digest, Listing, Paper, PutAside, Run
from feeds.models.run import SILENCE
from tests.factories import DAY, digest, entry, put_in_many
from tests.factories import put_in as ingested
from tests.web.desk.conftest import a_file, put_in, with_a_bad_entry, work
from tests.web.document import Element, read

pytestmark = pytest.mark.django_db


def rows(page: Element) -> list[str]:
    return [one.all("a")[0].text for one in page.one("ol", class_="rows").all("li")]


def reading(page: Element) -> str:
    return page.one("div", class_="reading").text


def papers(page: Element) -> list[str]:
    return page.one("ol", class_="entries").texts("p", class_="what")


def test_digests_come_the_last_first_page_by_page(curator) -> None:
    for number in range(32):
        ingested(entry(), day=DAY - timedelta(days=number), source=f"s{number % 2}")
    page = read(curator.get("/desk/digests"))
    assert len(rows(page)) == 30
    assert rows(page)[0] == "S1, 24 March 2026"
    assert page.one("ol", class_="rows").texts("div", class_="reading")[0] == (
        "1 new, 0 updated, 0 unchanged"
    )
    rest = read(curator.get(page.link("More")))
    assert rows(rest) == ["S1, 23 April 2026", "S0, 24 April 2026"]
    assert rest.link("Back to the first") == "/desk/digests"
    narrow = read(curator.get("/desk/digests?source=s0&parser=hf_json"))
    assert len(rows(narrow)) == 16
    assert "Nothing of these" in read(curator.get("/desk/digests?parser=bibtex")).text


@pytest.mark.parametrize("address", ["/desk/digests", "/desk/problems"])
def test_a_filter_of_wild_words_finds_nothing(curator, address) -> None:
    ingested(entry())
    for words in ("\0", "x" * 5000, "' or 1=1"):
        page = curator.get(address, {"source": words, "parser": words})
        assert "Nothing" in read(page).one("main").text
    assert curator.get(f"{address}?source=%ED%A0%80&parser=%FF").status_code == 200


def test_a_place_beyond_all_is_an_empty_page(curator) -> None:
    digest_id = ingested(entry()).digest_id
    far = "9" * 18
    for terms in ({"after": far}, {"aside": far}):
        assert curator.get(f"/desk/digests/{digest_id}", terms).status_code == 200
    for address in ("/desk/digests", "/desk/problems"):
        assert curator.get(address, {"before": far}).status_code == 200


@pytest.mark.parametrize("address", ["/desk/digests", "/desk/problems"])
@pytest.mark.parametrize("before", ["x", "-1", "1" * 30, "²"])
def test_a_place_that_is_none_is_not_found(curator, address, before) -> None:
    assert curator.get(address, {"before": before}).status_code == 404


def test_a_list_of_digests_asks_the_database_a_fixed_number_of_times(
    curator, django_assert_max_num_queries
) -> None:
    for number in range(20):
        ingested(entry(), day=DAY - timedelta(days=number))
    with django_assert_max_num_queries(8):
        curator.get("/desk/digests")


def test_one_digest_shows_its_papers_in_order_and_its_problems(curator) -> None:
    give_ = with_a_bad_entry(entry("First"), entry("Second"))
    address = put_in(curator, file=a_file(give_), day="2026-04-24")
    Paper.objects.filter(title="Second").update(dropped_at=timezone.now())
    page = read(curator.get(address))
    assert papers(page) == ["First", "Second dropped"]
    assert page.one("dl", class_="aside").texts("dt") == ["entry 3"]
    assert reading(page) == "2 new, 0 updated, 0 unchanged, 1 put aside"
    assert page.link("What readers see of it") == "/date/2026-04-24?source=daily"


def test_many_papers_come_page_by_page(curator) -> None:
    digest_id = put_in_many(103).digest_id
    page = read(curator.get(f"/desk/digests/{digest_id}"))
    assert len(papers(page)) == 100
    rest = read(curator.get(page.link("More")))
    assert rest.one("ol", class_="entries").texts("p", class_="is") == ["101", "102", "103"]
    assert rest.link("Back to the first") == f"/desk/digests/{digest_id}"


def test_no_such_digest_is_not_found(curator) -> None:
    for address in ("/desk/digests/77", "/desk/digests/77/document", f"/desk/digests/{10**30}"):
        assert curator.get(address).status_code == 404
    assert curator.post("/desk/digests/77").status_code == 404


def test_the_document_is_saved_as_it_came_and_never_shown_as_a_page(curator) -> None:
    content = digest(entry("<script>alert(1)</script>"))
    digest_id = ingest(content, source_named("daily"), day=DAY).digest_id
    answer = curator.get(f"/desk/digests/{digest_id}/document")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    name = f"daily-2026-04-24-{digest_id}.txt"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.getvalue() == content


def test_a_digest_is_read_again_by_todays_parsers(curator) -> None:
    digest_id = ingested(entry("On Bees"), entry("On Ants")).digest_id
    Listing.objects.filter(paper__title="On Ants").delete()
    PutAside.objects.create(digest_id=digest_id, number=9, place="entry 9", reason="unknown")
    address = f"/desk/digests/{digest_id}"
    page = read(curator.post(address, {"parser": ""}, follow=True))
    assert reading(page) == "Waiting for a worker."
    assert "being read just now" in read(curator.post(address, follow=True)).text
    work()
    page = read(curator.get(address))
    assert papers(page) == ["On Bees", "On Ants"]
    assert not page.all("dl", class_="aside")
    assert len(page.one("ol", class_="past").all("li")) == 2


def test_another_parser_that_does_not_take_it_changes_nothing(curator) -> None:
    digest_id = ingested(entry("On Bees")).digest_id
    address = f"/desk/digests/{digest_id}"
    curator.post(address, {"parser": "bibtex"})
    work()
    page = read(curator.get(address))
    assert "Broken off. This is no digest" in reading(page)
    assert papers(page) == ["On Bees"]
    assert Digest.objects.get().parser == "hf_json"
    assert curator.post(address, {"parser": "word"}).status_code == 404


def test_the_bar_says_how_far_how_fast_and_how_long(curator) -> None:
    digest_id = ingested(entry()).digest_id
    now = timezone.now()
    Run.objects.update(
        ended_at=None,
        started_at=now - timedelta(seconds=10),
        told_at=now,
        total=4000,
        new=900,
        updated=50,
        unchanged=49,
        rejected=1,
    )
    part = curator.get(f"/desk/digests/{digest_id}/reading")
    page = read(part)
    assert (
        reading(page)
        == "1,000 of 4,000 1,000 of 4,000 entries, 100 a second, about 30 seconds left"
    )
    bar = page.one("progress")
    assert (bar["value"], bar["max"]) == ("1000", "4000")
    assert page.one("div", class_="reading")["hx-trigger"] == "every 2s"
    assert "HX-Refresh" not in part
    Run.objects.update(ended_at=now)
    part = curator.get(f"/desk/digests/{digest_id}/reading")
    assert part["HX-Refresh"] == "true"
    assert "hx-get" not in part.content.decode()


def test_of_a_worker_that_was_lost_the_page_says_so(curator) -> None:
    digest_id = ingested(entry()).digest_id
    Run.objects.update(ended_at=None, told_at=timezone.now() - SILENCE)
    page = read(curator.get(f"/desk/digests/{digest_id}"))
    assert "Nothing was heard of its worker" in reading(page)


def test_digests_from_before_readings_were_kept_are_shown_too(curator) -> None:
    digest_id = ingested(entry()).digest_id
    Run.objects.all().delete()
    page = read(curator.get(f"/desk/digests/{digest_id}"))
    assert reading(page) == "Read, before this was counted."
    Digest.objects.update(ingested_at=None)
    assert reading(read(curator.get("/desk/digests"))) == "Not read to its end."


def test_problems_of_all_digests_are_listed_and_narrowed(curator) -> None:
    put_in(curator, file=a_file(with_a_bad_entry(entry())), source="one")
    put_in(curator, file=a_file(with_a_bad_entry(entry(), entry())), source="two")
    page = read(curator.get("/desk/problems"))
    shown = page.one("ol", class_="rows").texts("p", class_="what")
    assert shown == [
        "entry 3: it has none of the fields of a daily paper",
        "entry 2: it has none of the fields of a daily paper",
    ]
    page = read(curator.get("/desk/problems?source=one"))
    assert len(page.one("ol", class_="rows").all("li")) == 1
    assert "Nothing of these" in read(curator.get("/desk/problems?parser=bibtex")).text


def test_many_problems_come_page_by_page(curator) -> None:
    digest_id = ingested(entry()).digest_id
    PutAside.objects.bulk_create(
        PutAside(digest_id=digest_id, number=number, place=f"entry {number}", reason="bad")
        for number in range(120)
    )
    page, seen = read(curator.get("/desk/problems")), []
    while True:
        seen += page.one("ol", class_="rows").texts("b")
        more = [one for one in page.all("a") if one.text == "More"]
        if not more:
            break
        page = read(curator.get(more[0]["href"]))
    assert seen == [f"entry {number}" for number in reversed(range(120))]
    one = read(curator.get(f"/desk/digests/{digest_id}"))
    assert len(one.one("dl", class_="aside").all("dt")) == 50
    rest = read(curator.get(f"/desk/digests/{digest_id}{one.link('More of them')}"))
    assert rest.one("dl", class_="aside").texts("dt")[0] == "entry 50"


def test_all_problems_of_a_filter_are_tried_again(curator) -> None:
    for number, source in enumerate(("one", "two", "one")):
        content = with_a_bad_entry(entry())
        put_in(curator, file=a_file(content), source=source, day=f"2026-04-{20 + number}")
    ingested(entry(), source="one", day=date(2026, 4, 1))
    answer = curator.post("/desk/problems", {"source": "one", "parser": "hf_json"})
    assert answer["Location"] == "/desk/problems?source=one&parser=hf_json"
    tasks.retry_problems("one", "hf_json")
    asked = Run.objects.unended().order_by("id")
    assert [run.digest.date.day for run in asked.select_related("digest")] == [20, 22]
    tasks.retry_problems("one", "hf_json")
    assert asked.count() == 2
    work()
    assert PutAside.objects.count() == 3
