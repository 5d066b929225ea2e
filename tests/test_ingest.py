"""Digests in, papers out: what is written, and what is not."""

import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from feeds.ingest import ingest, source_named
from feeds.models import Digest, Listing, Paper, PaperTag, PutAside
from feeds.packing import TooLarge, pack, unpack
from feeds.parsers.base import UnknownFormat
from feeds.query import parse
from feeds.reading import paper, papers_in
from tests.factories import DAY, digest, entry, put_in

pytestmark = pytest.mark.django_db

PAGE = """new

Get trending papers in your email inbox!

Subscribe

byAK and the research community

Apr 24

A First Paper: On Beginnings

We begin with a sentence, and then we go on with another one, until the abstract is long enough.

A Second Paper

Here the abstract tells of a second thing, at some length, so that nobody takes it for a title.
"""


def upload(content: bytes | str, **options: object):
    data = content.encode() if isinstance(content, str) else content
    return ingest(data, source_named("upload"), **options)


def test_a_digest_goes_in_once() -> None:
    content = digest(entry(), entry(), entry())
    first, second = upload(content), upload(content)
    assert (first.records, first.new, first.unchanged) == (3, 3, 0)
    assert (second.records, second.new, second.unchanged) == (3, 0, 3)
    assert Digest.objects.count() == 1


def test_papers_stand_in_the_order_of_the_digest() -> None:
    upload(PAGE)
    titles = [one.title for one in papers_in(parse("")).papers]
    assert titles == ["A First Paper: On Beginnings", "A Second Paper"]


def test_a_changed_abstract_is_one_update() -> None:
    upload(PAGE)
    report = upload(PAGE.replace("second thing", "second thinG"))
    assert (report.new, report.updated, report.unchanged) == (0, 1, 1)
    assert "second thinG" in Paper.objects.get(title="A Second Paper").abstract


def test_the_raw_digest_is_kept_as_it_came() -> None:
    upload(PAGE)
    assert Digest.objects.get().content()[:] == PAGE.encode()


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 11, 24, tzinfo=UTC), date(2026, 4, 24)),
        (datetime(2026, 4, 24, tzinfo=UTC), date(2026, 4, 24)),
        (datetime(2026, 4, 23, 23, 59, tzinfo=UTC), date(2025, 4, 24)),
    ],
)
def test_a_day_without_a_year_is_the_latest_that_is_not_ahead(now: datetime, day: date) -> None:
    assert upload(PAGE, now=now).date == day


def test_the_header_dates_the_edition_and_not_the_papers() -> None:
    upload(PAGE)
    assert set(Paper.objects.values_list("published_at", flat=True)) == {None}


def test_the_day_that_is_given_overrules_the_header() -> None:
    assert upload(PAGE, day=date(2024, 4, 24)).date == date(2024, 4, 24)


def test_what_is_no_digest_writes_nothing() -> None:
    with pytest.raises(UnknownFormat) as refused:
        upload("Dear all,\n\nlunch is at noon.\n")
    assert {label for label, _ in refused.value.tried}
    assert all(why for _, why in refused.value.tried)
    assert not Digest.objects.exists()
    assert not Paper.objects.exists()


def test_a_bad_entry_is_put_aside_and_the_rest_goes_in() -> None:
    report = upload(digest(entry(), {"paper": {"id": "2604.00001"}}, entry()))
    assert (report.records, report.new, report.rejected) == (3, 2, 1)
    assert report.problems[0].place == "entry 2"
    assert Digest.objects.get().put_aside.get().place == "entry 2"


def test_a_paper_that_two_digests_name_is_one_paper() -> None:
    one = entry("Named twice", id="2604.00007")
    put_in(one, day=date(2026, 4, 23), source="first")
    put_in(one, day=date(2026, 4, 24), source="second")
    assert Paper.objects.count() == 1
    assert Listing.objects.count() == 2


def test_a_title_is_joined_with_the_record_that_has_an_id() -> None:
    upload(PAGE)
    former = papers_in(parse("")).papers[1].key
    put_in(entry("A second paper", id="2604.00002", summary="The abstract as arXiv has it."))
    joined = paper(former)
    assert Paper.objects.count() == 2
    assert joined is not None
    assert joined.key == "2604.00002"
    assert joined.abstract == "The abstract as arXiv has it."


def test_a_title_alone_does_not_overwrite_what_an_id_vouches_for() -> None:
    put_in(entry("A Second Paper", id="2604.00002", summary="The abstract as arXiv has it."))
    upload(PAGE)
    assert Paper.objects.get(arxiv_id="2604.00002").abstract == "The abstract as arXiv has it."


def test_two_ids_are_two_papers_whatever_their_titles_say() -> None:
    put_in(entry("Introduction", id="2604.00003"), entry("Introduction", id="2604.00004"))
    assert Paper.objects.count() == 2


def test_the_same_title_by_other_authors_is_another_paper() -> None:
    put_in(
        entry("Introduction", id=None, authors=["Ann One"]),
        entry("Introduction", id=None, authors=["Bob Two"]),
    )
    assert Paper.objects.count() == 2


def test_the_later_digest_is_believed_in_whatever_order_they_come() -> None:
    early = entry("A paper", id="2604.00005", summary="What was said first.")
    late = entry("A paper", id="2604.00005", summary="What was said last.")
    for _ in range(2):
        put_in(late, day=date(2026, 4, 25))
        report = put_in(early, day=date(2026, 4, 24))
    assert report.unchanged == 1
    assert Paper.objects.get().abstract == "What was said last."


def test_reported_votes_only_grow() -> None:
    put_in(entry(id="2604.00006", title="A paper", upvotes=9), day=date(2026, 4, 25))
    put_in(entry(id="2604.00006", title="A paper", upvotes=4), day=date(2026, 4, 24))
    assert papers_in(parse("period=all")).papers[0].votes == 9


def test_a_tag_that_no_longer_follows_from_the_text_is_taken_off() -> None:
    put_in(entry("On things", id="2604.00008", summary="A diffusion model paints."))
    assert PaperTag.objects.filter(tagger="keyword").exists()
    put_in(entry("On things", id="2604.00008", summary="A cook paints."))
    assert not PaperTag.objects.filter(tagger="keyword").exists()


def test_the_seed_digest_is_a_hundred_and_seven_papers(real_data: Path) -> None:
    content = (real_data / "seed-digest.txt").read_bytes()
    first = upload(content)
    second = upload(content)
    assert (first.records, first.new, first.rejected) == (107, 107, 0)
    assert (second.records, second.unchanged) == (107, 107)
    assert first.date.strftime("%m-%d") == "04-24"


def test_every_day_of_the_real_archive_goes_in_twice(real_data: Path) -> None:
    for path in sorted(real_data.glob("hf_daily/2025-05-*.json.gz")):
        items = len(json.loads(unpack(path.read_bytes())))
        first, second = upload(path.read_bytes()), upload(path.read_bytes())
        assert first.records == items, path.name
        assert second.unchanged == second.records, path.name


def test_the_command_counts_in_json(tmp_path: Path) -> None:
    path = tmp_path / "any.name"
    path.write_bytes(digest(entry(), 7, entry()))
    out = io.StringIO()
    call_command("ingest", str(path), "--json", "--date", "2026-04-20", stdout=out)
    told = json.loads(out.getvalue())
    counts = {name: told[name] for name in ("records", "new", "updated", "unchanged", "papers")}
    assert counts == {"records": 3, "new": 2, "updated": 0, "unchanged": 0, "papers": 2}
    assert told["date"] == "2026-04-20"
    assert told["problems"] == [{"place": "entry 2", "reason": told["problems"][0]["reason"]}]


def test_the_command_goes_on_after_a_file_that_it_refuses(tmp_path: Path) -> None:
    good, bad = tmp_path / "good", tmp_path / "bad"
    good.write_bytes(digest(entry()))
    bad.write_text("lunch is at noon")
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError, match=r"2 of 3 could not be read"):
        call_command("ingest", str(bad), str(tmp_path / "none"), str(good), stdout=out, stderr=err)
    assert "1 new" in out.getvalue()
    assert "daily papers" in err.getvalue()
    assert "No such file" in err.getvalue()


def test_a_gzipped_digest_is_read_as_the_digest() -> None:
    assert upload(pack(digest(entry()))).new == 1


def test_a_bomb_is_not_unpacked() -> None:
    with pytest.raises(TooLarge):
        unpack(pack(b"0" * 100_000), largest=10_000)


def test_the_sample_is_loaded_into_an_empty_instance_only() -> None:
    call_command("sample", stdout=io.StringIO())
    papers = Paper.objects.count()
    assert 90 <= papers <= 110
    assert Listing.objects.values("date").distinct().count() in (3, 4)
    assert not PutAside.objects.exists()
    put_in(entry(), day=DAY)
    call_command("sample", stdout=io.StringIO())
    assert Paper.objects.count() == papers + 1
