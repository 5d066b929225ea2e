"""Kept digests are read again: by a better parser, or to the end of a reading that was cut off."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from feeds.keeping import keep
from feeds.models import Digest, Listing, Paper
from tests.factories import digest, entry, put_in, put_in_many

pytestmark = pytest.mark.django_db


def reparse(*arguments: str) -> list[dict[str, object]]:
    out = StringIO()
    call_command("reparse", *arguments, "--json", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def changes(report: dict[str, object]) -> tuple[object, ...]:
    return tuple(report[name] for name in ("new", "updated", "unchanged", "rejected"))


def test_reading_again_what_was_read_well_changes_nothing() -> None:
    put_in_many(3)
    before = list(Paper.objects.order_by("id").values())
    assert [changes(report) for report in reparse()] == [(0, 0, 3, 0)]
    assert list(Paper.objects.order_by("id").values()) == before


def test_what_a_parser_missed_comes_in_when_it_is_better() -> None:
    put_in(entry(id="2604.00001"))
    whole = digest(entry(id="2604.00001", title="The first"), entry(id="2604.00002"))
    Digest.objects.update(document=keep(whole))
    assert [changes(report) for report in reparse()] == [(1, 1, 0, 0)]
    assert Listing.objects.count() == 2


def test_what_a_parser_read_wrongly_loses_its_place_and_stays_a_paper() -> None:
    put_in(entry(id="2604.00001"), entry(id="2604.00002"))
    Digest.objects.update(document=keep(digest(entry(id="2604.00002"))))
    reparse()
    assert list(Listing.objects.values_list("paper__key", flat=True)) == ["2604.00002"]
    assert Paper.objects.count() == 2


def test_a_reading_that_was_cut_off_is_ended() -> None:
    put_in_many(5)
    put_in_many(1, day=date(2026, 4, 25))
    Paper.objects.filter(listings__position__gte=2).delete()
    Digest.objects.filter(date=date(2026, 4, 24)).update(ingested_at=None)
    assert [changes(report) for report in reparse("--unfinished")] == [(3, 0, 2, 0)]
    assert reparse("--unfinished") == []


def test_only_what_is_asked_for_is_read() -> None:
    put_in_many(1)
    put_in(entry(), day=date(2026, 4, 25), source="other")
    assert [report["source"] for report in reparse("--source", "other")] == ["other"]
    assert reparse("--format", "page_text") == []


def test_a_digest_that_no_parser_takes_any_more_stays_as_it_was() -> None:
    put_in_many(2)
    Digest.objects.update(document=keep(b"nothing to read"))
    with pytest.raises(CommandError, match="1 of 1 could not be read"):
        call_command("reparse", stderr=StringIO())
    assert Listing.objects.count() == 2
