"""The same papers in many formats and orders."""

from random import Random

import pytest

from drills.parts.order import tried, works_of_days
from drills.telling import tellings
from feeds.parsers.base import parse
from feeds.records import RawDigest

pytestmark = pytest.mark.django_db(transaction=True)


def test_each_format_tells_of_the_same_papers() -> None:
    ((day, works),) = works_of_days(None, 1)
    read = {}
    for telling in tellings(works, day):
        parsed = parse(RawDigest(telling.content, telling.day))
        read[telling.source] = (parsed.parser, {one.title for one in parsed.entries})
    titles = {work.title for work in works}
    assert read == {
        "daily": ("hf_json", titles),
        "weekly": ("hf_json", {work.title for work in works[::2]}),
        "page": ("page_text", titles),
        "arxiv": ("oai", titles),
        "library": ("bibtex", titles),
    }


def test_in_whatever_order_documents_come_the_end_is_the_same() -> None:
    told = [one for day, works in works_of_days(None, 3) for one in tellings(works, day)]
    rows = list(tried(told, Random(1), orders=2))
    assert [row.found for row in rows[1:]] == ["the same, field for field"] * 3
    assert rows[-1].what == "from 8 threads"
