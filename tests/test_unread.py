"""A document that nobody could read is kept, and read when somebody can."""

import pytest

from feeds.ingest import reread, source_named
from feeds.models import Digest, Paper
from feeds.unread import keep_unread
from tests.factories import DAY, digest, entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def unread() -> Digest:
    source = source_named("alerts")
    source.save()
    content = digest(entry("Sparse attention"))
    return keep_unread(content, source, day=DAY, name="a.eml", reason="Nobody knew this format.")


def test_it_is_put_aside_as_a_whole(unread: Digest) -> None:
    assert (unread.parser, unread.rejected) == ("", 1)
    assert unread.put_aside.get().place == "the whole document"
    assert Paper.objects.count() == 0


def test_it_is_kept_once(unread: Digest) -> None:
    again = keep_unread(unread.content(), unread.source, day=DAY, name="b", reason="Still.")
    assert (again, Digest.objects.count()) == (unread, 1)
    assert unread.put_aside.get().reason == "Nobody knew this format."


def test_a_better_parser_reads_it(unread: Digest) -> None:
    report = reread(unread)
    assert (report.new, report.rejected) == (1, 0)
    unread.refresh_from_db()
    assert (unread.parser, unread.rejected, unread.put_aside.count()) == ("hf_json", 0, 0)


def test_the_desk_shows_it(unread: Digest, admin_client) -> None:
    for page in ("/desk/digests", f"/desk/digests/{unread.pk}"):
        assert "a.eml" in admin_client.get(page).text
    assert "Nobody knew this format." in admin_client.get("/desk/problems").text
