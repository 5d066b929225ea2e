"""manage.py gists: papers of before show a gist, too."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from feeds.models import Paper
from tests.factories import entry, put_in, put_in_many

pytestmark = pytest.mark.django_db


def gists() -> dict[str, int]:
    said = StringIO()
    call_command("gists", "--json", stdout=said)
    return json.loads(said.getvalue())


def test_a_paper_of_before_gets_the_gist_that_it_would_get_today(monkeypatch) -> None:
    monkeypatch.setattr("feeds.preparing.BATCH", 2)
    put_in_many(4)
    put_in(entry("Stones", id="2604.00001", summary="Stones fall. We introduce a sorter of them."))
    Paper.objects.filter(arxiv_id="2604.00001").update(excerpt="Stones fall.")
    before = Paper.objects.get(arxiv_id="2604.00001").changed_at
    assert gists() == {"papers": 5, "changed": 1}
    paper = Paper.objects.get(arxiv_id="2604.00001")
    assert paper.excerpt == "We introduce a sorter of them."
    assert paper.changed_at > before
    assert gists() == {"papers": 5, "changed": 0}


def test_it_says_in_words_what_it_did(capsys) -> None:
    call_command("gists")
    assert "0 papers: 0 read otherwise now" in capsys.readouterr().out
