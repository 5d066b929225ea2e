"""What a document says is shown at the desk, and never runs there."""

import pytest

from feeds.models import PutAside
from tests.factories import digest, entry
from tests.web.desk.conftest import a_file, give, put_in
from tests.web.document import read
from tests.web.test_safety import HOSTILE, _is_harmless

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_a_document_never_run(curator, words) -> None:
    content = digest(entry(f"A {words}", summary=words, authors=[words]))
    page = give(curator, file=a_file(content, "x.json"), source=f"s {words}"[:50])
    assert page.one("ol", class_="entries")
    _is_harmless(page)
    address = put_in(curator, file=a_file(content), source="s")
    digest_id = int(address.rpartition("/")[2])
    PutAside.objects.create(digest_id=digest_id, number=9, place=words, reason=words)
    for shown in (address, "/desk/digests", "/desk/problems", "/desk/sources", "/desk/add"):
        _is_harmless(read(curator.get(shown)))


@pytest.mark.parametrize("name", ["add", "digests", "problems", "sources"])
def test_a_page_of_the_desk_says_what_it_is(curator, name) -> None:
    page = read(curator.get(f"/desk/{name}"))
    assert len(page.all("h1")) == 1
    assert page.one("title").text
    assert page.one("meta", name="robots")["content"] == "noindex"
    assert [one.text for one in page.one("nav", class_="desk-nav").all("a", aria_current="page")]
    ids = [one["id"] for one in page.walk() if one.get("id")]
    assert len(ids) == len(set(ids))


def test_no_page_of_the_desk_is_kept_by_a_cache(curator) -> None:
    for name in ("add", "digests", "problems", "sources"):
        assert "no-store" in curator.get(f"/desk/{name}")["Cache-Control"]
