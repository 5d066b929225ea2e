"""Giving a digest, looking at what it would bring, putting it in."""

import gzip
from datetime import UTC, date, datetime, timedelta

import pytest

from feeds import tasks
from feeds.models import Digest, Paper, Proposal, RawDocument, Source
from feeds.models.run import SILENCE
from tests.factories import DAY, digest, entry
from tests.factories import put_in as ingested
from tests.web.desk.conftest import a_file, give, given, put_in, with_a_bad_entry, work
from tests.web.document import Element, read

pytestmark = pytest.mark.django_db


def facts(page: Element) -> dict[str, str]:
    """What the first list of terms on the page says."""
    listed = page.one("main").all("dl")[0]
    return dict(zip(listed.texts("dt"), listed.texts("dd"), strict=True))


def entries(page: Element) -> list[tuple[str, str]]:
    """What would become of each of the first entries."""
    rows = page.one("ol", class_="entries").all("li")
    return [(one.one("p", class_="is").text, one.one("p", class_="what").text) for one in rows]


def test_a_preview_says_what_it_is_and_changes_nothing(curator) -> None:
    page = give(curator, file=a_file(digest(entry("On Bees", id="2604.00123"))), day="2026-04-24")
    assert page.one("h1").text == "Before it goes in"
    assert facts(page) == {
        "Recognised as": "daily papers JSON",
        "Day": "Friday, 24 April 2026",
        "Source": "daily, which is new",
        "Holds": facts(page)["Holds"],
    }
    assert facts(page)["Holds"].startswith("1 entry in ")
    assert entries(page) == [("new", "On Bees")]
    assert "arXiv 2604.00123" in page.one("main").text
    assert not Digest.objects.exists()
    assert not Paper.objects.exists()
    assert not Source.objects.exists()


def test_what_is_known_is_told_from_what_is_new_and_what_changes(curator) -> None:
    same, better = entry("Same", upvotes=1), entry("Better", id="2604.00124", upvotes=1)
    ingested(same, better, day=DAY)
    better["paper"]["summary"], better["paper"]["upvotes"] = "Words that were not there.", 7
    twice = entry("Twice", id="2604.00125")
    page = give(curator, file=a_file(digest(same, better, twice, twice)), day="2026-04-25")
    assert entries(page) == [
        ("unchanged", "Same"),
        ("changes", "Better"),
        ("new", "Twice"),
        ("named above", "Twice"),
    ]
    assert "It would change: abstract, votes." in page.one("main").text
    assert Paper.objects.get(arxiv_id="2604.00124").abstract != "Words that were not there."


def test_what_the_preview_says_is_what_comes(curator) -> None:
    same, better = entry(upvotes=1), entry(upvotes=1)
    ingested(same, better, day=DAY)
    better["paper"]["upvotes"] = 7
    given_ = [same, better, entry()]
    preview = give(curator, file=a_file(digest(*given_)), day="2026-04-25")
    said = [state for state, _ in entries(preview)]
    page = read(curator.get(put_in(curator, *given_, day="2026-04-25")))
    counts = page.one("div", class_="reading").text
    assert said == ["unchanged", "changes", "new"]
    assert counts == "1 new, 1 updated, 1 unchanged"


def test_put_in_it_is_on_the_front_page(curator) -> None:
    address = put_in(curator, entry("On Bees"), day="2026-04-24", source="My Daily")
    page = read(curator.get(address))
    assert page.one("h1").text == "My Daily, 24 April 2026"
    assert "1 new, 0 updated" in page.one("div", class_="reading").text
    assert "On Bees" in read(curator.get("/")).one("main").text
    assert Source.objects.get().slug == "my-daily"
    assert not Proposal.objects.exists()


def test_text_can_be_pasted(curator) -> None:
    page = give(curator, text=digest(entry("On Bees")).decode())
    assert entries(page) == [("new", "On Bees")]
    assert facts(page)["Recognised as"] == "daily papers JSON"


def test_a_link_is_fetched_once_and_by_the_guarded_client(curator, site) -> None:
    site.gives("/day", digest(entry("On Bees")))
    page = give(curator, link=site.url("/day"))
    assert entries(page) == [("new", "On Bees")]
    assert len(site.asked) == 1


def test_a_link_that_gives_nothing_says_why_and_stays_to_be_mended(curator, site) -> None:
    site.gives("/day", status=404)
    page = give(curator, link=site.url("/day"))
    assert f"{site.url('/day')} answers 404." in page.one("p", class_="errors").text
    assert page.one("input", name="link")["value"] == site.url("/day")
    page = give(curator, link="http://127.0.0.1/private")
    assert "not public" in page.one("p", class_="errors").text
    page = give(curator, link="ftp://example.org/")
    assert "no address that starts with http" in page.one("p", class_="errors").text
    assert not Proposal.objects.exists()


def test_a_gzipped_file_is_unpacked(curator) -> None:
    page = give(curator, file=a_file(gzip.compress(digest(entry("On Bees")))))
    assert entries(page) == [("new", "On Bees")]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Paste a text, choose a file, or give a link."),
        ({"text": "  \n "}, "There is nothing in it but blanks."),
        ({"text": "[]", "link": "https://example.org/"}, "One thing at a time"),
        ({"text": "[]", "source": "!!!"}, "A name with a letter or a digit"),
        ({"text": "[]", "source": ""}, "This field is required."),
        ({"text": "[]", "day": "yesterday"}, "A day like 2026-04-24 is needed."),
        ({"text": "[]", "parser": "word"}, "word is not one of the available choices"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(curator, fields, words) -> None:
    page = give(curator, **fields)
    assert words in " ".join(page.texts("p", class_="errors"))
    assert page.one("textarea").text == fields.get("text", "").strip()
    assert not Proposal.objects.exists()


def test_an_empty_file_is_said_to_be_empty(curator) -> None:
    page = give(curator, file=a_file(b""))
    assert page.texts("p", class_="errors") == ["There is nothing in it."]
    page = give(curator, file=a_file(gzip.compress(b"")))
    assert page.texts("p", class_="errors") == ["There is nothing in it."]


def test_a_file_that_is_too_long_is_refused_and_the_form_is_kept(curator, settings) -> None:
    settings.UPLOAD_LARGEST = 1024 * 1024
    for content in (b"x" * (1024 * 1024 + 1), gzip.compress(b"x" * (1024 * 1024 + 1))):
        answer = curator.post("/desk/add", {"source": "My Daily", "file": a_file(content)})
        assert answer.status_code in (400, 413)
        page = read(answer)
        assert "longer than 1 MB" in page.texts("p", class_="errors")[0] or (
            "more than 1,048,576 bytes" in page.texts("p", class_="errors")[0]
        )
        assert page.one("input", name="source")["value"] == "My Daily"
    assert not RawDocument.objects.exists()


def test_a_text_that_is_too_long_is_asked_for_as_a_file(curator) -> None:
    answer = curator.post("/desk/add", {"source": "daily", "text": "x" * 3_000_000})
    assert answer.status_code == 413
    assert "Save it as a file" in read(answer).one("p", class_="errors").text


def test_what_is_no_digest_says_what_was_tried_and_can_be_looked_at_again(curator) -> None:
    address = curator.post("/desk/add", {"source": "daily", "text": "Dear all"})["Location"]
    page = read(curator.get(address))
    assert page.one("h1").text == "No format fits"
    tried = page.one("dl", class_="tried")
    assert dict(zip(tried.texts("dt"), tried.texts("dd"), strict=True))["daily papers JSON"] == (
        "it is not JSON"
    )
    again = {"action": "look", "source": "daily", "parser": "bibtex"}
    page = read(curator.post(address, again, follow=True))
    assert page.one("dl", class_="tried").texts("dt") == ["BibTeX"]
    assert curator.post(address, {"action": "put-in"})["Location"] == address
    assert not Digest.objects.exists()


def test_source_and_day_can_be_mended_before_it_goes_in(curator) -> None:
    address = given(curator, entry(), day="2026-04-24")
    again = {"action": "look", "source": "other", "day": "2026-04-20", "parser": "hf_json"}
    page = read(curator.post(address, again, follow=True))
    assert facts(page)["Day"] == "Monday, 20 April 2026"
    wrong = read(curator.post(address, again | {"day": "x"}))
    assert "A day like" in wrong.one("p", class_="errors").text
    curator.post(address, {"action": "put-in"})
    row = Digest.objects.select_related("source").get()
    assert (row.source.slug, row.date) == ("other", date(2026, 4, 20))


def test_each_problem_is_shown_with_its_place(curator) -> None:
    page = give(curator, file=a_file(with_a_bad_entry(entry())))
    aside = page.one("dl", class_="aside")
    assert aside.texts("dt") == ["entry 2"]
    assert aside.texts("dd") == ["it has none of the fields of a daily paper"]
    assert "1 of them to be put aside" in facts(page)["Holds"]


def test_the_same_document_again_is_told_and_linked(curator) -> None:
    one = entry()
    address = put_in(curator, one, day="2026-04-24")
    page = read(curator.get(given(curator, one, day="2026-04-24")))
    assert "This very document came in before" in page.one("p", class_="answer").text
    assert page.link("daily, 24 April 2026") == address
    assert put_in(curator, one, day="2026-04-24") == address
    page = read(curator.get(address))
    assert page.one("div", class_="reading").text == "0 new, 0 updated, 1 unchanged"


def test_discarded_it_is_gone(curator) -> None:
    address = given(curator, entry())
    assert "was discarded" in read(curator.post(address, {"action": "discard"}, follow=True)).text
    answer = curator.get(address)
    assert answer.status_code == 404
    assert read(answer).one("h1").text == "This does not wait any more"
    assert curator.post(address, {"action": "put-in"}).status_code == 404
    assert not Digest.objects.exists()


def test_pressed_twice_it_goes_in_once(curator) -> None:
    address = given(curator, entry())
    assert curator.post(address, {"action": "put-in"}).status_code == 302
    assert curator.post(address, {"action": "put-in"}).status_code == 404
    work()
    assert Digest.objects.get().runs.count() == 1


def test_it_waits_for_any_curator_for_a_day(curator, django_user_model) -> None:
    address = given(curator, entry())
    other = django_user_model.objects.create_user("other@example.org", is_staff=True)
    curator.force_login(other)
    assert read(curator.get("/desk/add")).link("day.json") == address
    tasks.sweep_desk()
    assert curator.get(address).status_code == 200
    old = datetime.now(UTC) - timedelta(days=1, minutes=1)
    Proposal.objects.update(created_at=old)
    RawDocument.objects.update(created_at=old)
    tasks.sweep_desk()
    assert curator.get(address).status_code == 404
    assert not RawDocument.objects.exists()


def test_a_document_that_a_digest_holds_is_never_swept(curator) -> None:
    put_in(curator, entry())
    RawDocument.objects.update(created_at=datetime.now(UTC) - timedelta(days=9))
    tasks.sweep_desk()
    assert len(Digest.objects.get().content()) > 0


def test_a_long_document_is_counted_by_a_worker(curator, monkeypatch) -> None:
    monkeypatch.setattr("feeds.desk.counting.AT_ONCE", 10)
    address = given(curator, entry(), entry())
    page = read(curator.get(address))
    assert "a worker is counting" in facts(page)["Holds"]
    part = curator.get(f"{address}/counted")
    assert "0 so far" in part.content.decode()
    assert "HX-Refresh" not in part
    tasks.count_proposal(Proposal.objects.get().pk)
    assert curator.get(f"{address}/counted")["HX-Refresh"] == "true"
    assert facts(read(curator.get(address)))["Holds"].startswith("2 entries")


def test_counting_that_was_lost_is_begun_again(curator, monkeypatch) -> None:
    from feeds.desk import counting

    monkeypatch.setattr("feeds.desk.counting.AT_ONCE", 10)
    given(curator, entry())
    now = datetime.now(UTC)
    assert counting.uncounted(now) == [Proposal.objects.get().pk]
    Proposal.objects.update(told_at=now, entries=700)
    assert counting.uncounted(now) == []
    later = now + SILENCE
    counting.count(counting.uncounted(later)[0], lambda: later)
    assert Proposal.objects.get().entries == 1
