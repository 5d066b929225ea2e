"""Papers like one: by words and by meaning, at every output, and none that must not be seen."""

import json
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from feeds import embedding, reading
from feeds.embedders.base import embedders
from feeds.models import Mark, Paper
from feeds.query import FeedQuery, NotThere, parse
from feeds.similar import like
from tests.factories import entry, put_in
from tests.test_outputs import OUTPUTS, api
from tests.web.document import read

pytestmark = pytest.mark.django_db
MODEL = embedders.get("minilm")
HERE = "2604.00001"
QUERY = f"similar={HERE}"
PAPERS = {
    HERE: (
        "Sparse attention for long contexts",
        "Sparse attention skips most keys of a transformer, so that long contexts fit.",
    ),
    "2604.00002": (
        "Learning which keys to skip",
        "A transformer with sparse attention reads long contexts; we learn which keys it skips.",
    ),
    "2604.00003": (
        "Sparse attention kernels",
        "A kernel for sparse attention in a transformer on long contexts.",
    ),
    "2604.00004": (
        "A census of wild bees",
        "We count bees on meadows, and the flowers that they visit.",
    ),
    "2604.00005": (
        "Honey from the city",
        "Bees of the city make honey from linden flowers, and meadows are few.",
    ),
}


@pytest.fixture(autouse=True)
def _papers() -> None:
    put_in(*(entry(title, id=key, summary=text) for key, (title, text) in PAPERS.items()))


@pytest.fixture(scope="module", autouse=True)
def _released():
    yield
    MODEL.release()


@pytest.fixture
def vectors(settings) -> None:
    settings.EMBEDDER = "minilm"
    embedding.embed_waiting(MODEL)


@pytest.mark.parametrize("output", OUTPUTS)
def test_like_papers_are_at_every_output_the_likest_first(output) -> None:
    found = output(QUERY)
    assert set(found[:2]) == {"2604.00002", "2604.00003"}
    assert HERE not in found
    assert found == api(QUERY)


@pytest.mark.parametrize("output", OUTPUTS)
def test_with_vectors_too(vectors, output) -> None:
    found = output(QUERY)
    assert set(found[:2]) == {"2604.00002", "2604.00003"}
    assert set(found[2:]) == {"2604.00004", "2604.00005"}


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_dropped_paper_is_like_none(vectors, output) -> None:
    assert "2604.00002" in output(QUERY)
    Paper.objects.filter(key="2604.00002").update(dropped_at=timezone.now())
    assert output(QUERY)
    assert "2604.00002" not in output(QUERY)


@pytest.mark.parametrize("path", ["/", "/api/v1/papers", "/feed.rss", "/feed.atom", "/feed.json"])
def test_there_is_nothing_like_a_paper_that_is_not_there(path) -> None:
    Paper.objects.filter(key=HERE).update(dropped_at=timezone.now())
    for name in (HERE, "nothing", "a" * 300, "%00"):
        assert Client().get(f"{path}?similar={name}").status_code in (400, 404)
    assert Client().get(f"/api/v1/papers/{HERE}/similar").status_code == 404


def test_a_paper_that_the_reader_hid_is_left_out(vectors, django_user_model) -> None:
    reader = django_user_model.objects.create_user("reader@example.org").pk
    hidden = Paper.objects.get(key="2604.00002")
    Mark.objects.create(user_id=reader, paper=hidden, hidden_at=timezone.now())
    keys = [one.key for one in reading.similar(reading.paper(HERE), viewer=reader).papers]
    assert keys
    assert hidden.key not in keys
    assert hidden.key in [one.key for one in reading.similar(reading.paper(HERE)).papers]


def test_each_says_why(vectors) -> None:
    first = reading.similar(reading.paper(HERE)).papers[0]
    assert "“sparse attention”" in first.note
    assert "closeness 0." in first.note


def test_without_vectors_words_decide_and_the_answer_says_so() -> None:
    found = json.loads(Client().get(f"/api/v1/papers/{HERE}/similar").content)
    assert found["by"] == "words"
    assert found["papers"][0]["likeness"]["meaning"] is None
    assert "closeness" not in reading.similar(reading.paper(HERE)).papers[0].note
    assert "by their words alone" in Client().get(f"/papers/{HERE}").content.decode()


def test_the_api_tells_how_near_each_is(vectors) -> None:
    found = json.loads(Client().get(f"/api/v1/papers/{HERE}/similar?limit=3").content)
    assert found["by"] == "words and meaning"
    assert len(found["papers"]) == 3
    likeness = [one["likeness"] for one in found["papers"]]
    assert [one["score"] for one in likeness] == sorted(
        (one["score"] for one in likeness), reverse=True
    )
    assert all(0 <= one["meaning"] <= 1 and 0 <= one["wording"] <= 1 for one in likeness)
    assert Client().get(f"/api/v1/papers/{HERE}/similar?limit=no").status_code == 400


def test_the_papers_page_leads_to_them(vectors) -> None:
    page = read(Client().get(f"/papers/{HERE}"))
    part = page.one("section", class_="similar")
    links = [link["href"] for link in part.all("a")]
    assert "/papers/2604.00002" in links
    assert f"/?similar={HERE}" in links
    assert "“sparse attention”" in part.text


def test_it_may_be_asked_by_any_name_of_the_paper() -> None:
    expected = api(QUERY)
    assert api(f"similar=arXiv:{HERE}v2") == expected


def test_other_terms_narrow_it_and_another_order_may_be_asked_for() -> None:
    put_in(entry("Sparse attention anew", id="2604.00006", upvotes=50), day=date(2026, 4, 25))
    assert api(f"{QUERY}&sort=top")[0] == "2604.00006"
    assert api(f"{QUERY}&date=2026-04-25") == ["2604.00006"]
    assert api(f"{QUERY}&q=kernel") == ["2604.00003"]


def test_pages_go_on_where_the_one_before_ended(vectors) -> None:
    keys: list[str] = []
    cursor = ""
    for _ in range(10):
        page = reading.papers_in(parse(QUERY), cursor=cursor, limit=1)
        keys += [one.key for one in page.papers]
        cursor = page.cursor
        if not cursor:
            break
    assert keys == [one.key for one in reading.similar(reading.paper(HERE)).papers]
    assert len(keys) == 4


def test_the_answer_is_always_the_same(vectors) -> None:
    from django.core.cache import cache

    first = like(HERE)
    cache.clear()
    assert like(HERE) == first


def test_the_question_is_read_and_printed_back() -> None:
    query = parse(f"{QUERY}&tag=diffusion")
    assert (query.similar, query.period) == (HERE, "all")
    assert parse(str(query)) == query
    assert FeedQuery(similar=HERE).narrows


def test_a_paper_without_words_is_like_none() -> None:
    put_in(entry("It is on the what", id="2604.00009", summary="And if so, we do."))
    assert api("similar=2604.00009") == []
    with pytest.raises(NotThere):
        reading.papers_in(FeedQuery(similar="never"))
