"""What people gave is read in the admin, and changed nowhere there."""

import pytest

from feeds import claiming, collecting, marking
from feeds.collecting import Words
from feeds.models import Paper, Submission
from tests.factories import entry, put_in
from tests.people import NOW, somebody

pytestmark = pytest.mark.django_db
TABLES = ["submission", "collection", "mark", "claim"]


@pytest.fixture(autouse=True)
def _given(db) -> None:
    put_in(entry("Engines", id="2604.00001", authors=["Ada Lovelace"]))
    paper, ada = Paper.objects.get().pk, somebody("Ada")
    collecting.make(Words("Lamps"), ada)
    marking.hide(paper, ada, NOW)
    claiming.claim(paper, "Ada Lovelace", by=ada, now=NOW)
    Submission.objects.create(made_by_id=ada, made_at=NOW, given="1", name="arxiv:1", title="Owls")


@pytest.mark.parametrize("table", TABLES)
def test_it_is_listed_and_stays_as_it_is(admin_client, table) -> None:
    place = f"/admin/feeds/{table}/"
    page = admin_client.get(place, {"q": "arxiv:1" if table == "submission" else ""})
    assert any(word in page.text for word in ("Engines", "Lamps", "Owls"))
    assert admin_client.get(f"{place}add/").status_code == 403
