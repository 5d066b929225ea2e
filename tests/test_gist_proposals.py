"""A model proposes gists where one is named, for papers that have none, and says so."""

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from feeds.gist_proposals import propose_some
from feeds.gist_words import write_gist
from feeds.models import GistWord, Paper, PaperStats
from tests.factories import entry, put_in
from tests.site import Site

pytestmark = pytest.mark.django_db
NOW = timezone.now()
PATH = "/v1/chat/completions"


def completion(text: object) -> bytes:
    return json.dumps({"choices": [{"message": {"content": text}}]}).encode()


@pytest.fixture
def model(site: Site, settings) -> Site:
    settings.GIST_ENDPOINT, settings.GIST_KEY = site.url("/v1"), "a-secret-key"
    settings.GIST_MODEL = "small-1"
    site.gives(PATH, completion("Sorts stones by ear. And more."))
    return site


@pytest.fixture
def paper(db) -> Paper:
    put_in(entry("Pebble", id="2604.00001", summary="Stones fall."))
    PaperStats.objects.update(listed_at=NOW - timedelta(days=1))
    return Paper.objects.get()


def gist() -> tuple[str, str]:
    return Paper.objects.values_list("gist", "gist_by").get(arxiv_id="2604.00001")


def test_nobody_is_asked_unless_a_model_is_named(model, paper, settings) -> None:
    settings.GIST_ENDPOINT = ""
    assert propose_some(NOW) == 0
    assert not model.asked


def test_a_paper_without_a_gist_gets_a_proposal_once(client, model, paper) -> None:
    assert propose_some(NOW) == 1
    assert gist() == ("Sorts stones by ear.", "model")
    told = client.get("/api/v1/papers/2604.00001").json()["gist"]
    assert told == {"text": "Sorts stones by ear.", "by": "model"}
    assert propose_some(NOW) == 0
    assert len(model.posted) == 1
    assert GistWord.objects.get().name == "small-1"


def test_the_model_is_told_the_title_and_the_abstract_and_the_key(model, paper) -> None:
    propose_some(NOW)
    asked = json.loads(model.posted[0])
    assert asked["model"] == "small-1"
    assert asked["messages"][1]["content"] == "Pebble\n\nStones fall."
    assert model.asked[0][1]["Authorization"] == "Bearer a-secret-key"


def test_who_has_a_gist_is_not_asked_about(model, paper, django_user_model) -> None:
    ada = django_user_model.objects.create_user("ada@example.org")
    write_gist(paper.pk, "By hand.", who="Ada", made_by=ada.pk, now=NOW)
    put_in(entry("Told", id="2604.00002", ai_summary="A digest's."))
    put_in(entry("Bare", id="2604.00003", summary=""))
    PaperStats.objects.update(listed_at=NOW)
    assert propose_some(NOW) == 0
    assert not model.asked


def test_old_papers_are_left_as_they_are(model, paper) -> None:
    PaperStats.objects.update(listed_at=NOW - timedelta(days=8))
    assert propose_some(NOW) == 0


@pytest.mark.parametrize(
    "answer",
    [b"", b"no json", b"[]", b'{"choices": []}', completion(None), completion(""), completion([1])],
)
def test_an_answer_that_says_nothing_is_not_asked_for_again(model, paper, answer) -> None:
    model.gives(PATH, answer)
    assert propose_some(NOW) == 0
    assert propose_some(NOW) == 0
    assert len(model.posted) == 1
    assert gist() == ("", "")


def test_a_long_answer_in_quotes_is_cut_to_a_gist(model, paper) -> None:
    model.gives(PATH, completion("“" + "Many words\n" * 99 + "”"))
    propose_some(NOW)
    text, _ = gist()
    assert text.startswith("Many words Many")
    assert len(text) <= 300


def test_markup_in_an_answer_is_text(client, model, paper) -> None:
    model.gives(PATH, completion("<script>alert(1)</script>"))
    propose_some(NOW)
    assert "&lt;script&gt;alert(1)" in client.get("/").content.decode()


def test_a_server_that_does_not_answer_is_left_alone_for_a_while(model, paper) -> None:
    model.gives(PATH, status=503)
    assert propose_some(NOW) == 0
    model.gives(PATH, completion("Sorts stones."))
    assert propose_some(NOW) == 0
    cache.clear()
    assert propose_some(NOW) == 1


def test_a_redirect_takes_neither_key_nor_words_along(model, paper) -> None:
    model.gives(PATH, status=307, Location="/elsewhere")
    assert propose_some(NOW) == 0
    assert [path for path, _ in model.asked] == [PATH]
