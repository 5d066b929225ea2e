"""The JSON API: what it answers, what it refuses, and what clients may keep."""

import json

import pytest
from django.core.management import call_command
from django.test import Client

from feeds import voting
from feeds.limits import Limit
from feeds.models import Vote
from tests.factories import entry, put_in
from tests.readers import reader

pytestmark = pytest.mark.django_db
LIST, PAPER = "/api/v1/papers", "/api/v1/papers/2604.00001"
VOTE = f"{PAPER}/vote"


@pytest.fixture(autouse=True)
def _papers(db) -> None:
    text = "A diffusion model."
    put_in(*(entry(id=f"2604.0000{n}", summary=text, upvotes=9 - n) for n in range(1, 6)))


def test_pages_follow_each_other_to_the_end(client) -> None:
    address, keys, ranks = f"{LIST}?limit=2", [], []
    while address:
        answer = client.get(address).json()
        keys += [paper["key"] for paper in answer["papers"]]
        ranks += [paper["rank"] for paper in answer["papers"]]
        address = answer["next"]
    assert (len(set(keys)), ranks) == (5, [1, 2, 3, 4, 5])


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ("cursor=none", "cursor"),
        ("cursor=%00", "cursor"),
        ("date=yesterday", "date"),
        ("date=2026-13", "date"),
        ("tag=%21", "tag"),
        ("sort=best", "sort"),
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=%C2%B2", "limit"),
        ("q=%00", "q"),
    ],
)
def test_a_bad_term_is_refused_with_its_name(client, terms, field) -> None:
    answer = client.get(f"{LIST}?{terms}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert [error["field"] for error in answer.json()["errors"]] == [field]


@pytest.mark.parametrize(
    "path",
    [
        "papers/none",
        "papers/%00",
        "papers/a%0Ab",
        "papers/a%0A",
        "tags/a%0A",
        "tags/none",
        "nothing",
    ],
)
def test_what_is_not_there_is_a_problem_in_json(client, path) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("path", [LIST, PAPER, "/api/v1/tags", "/api/v1/facets", "/api/v1/schema"])
def test_an_unchanged_answer_is_not_sent_again(client, path) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert first["Access-Control-Allow-Origin"] == again["Access-Control-Allow-Origin"] == "*"
    assert first["X-Content-Type-Options"] == "nosniff"
    assert client.head(path).status_code == 200


def test_an_answer_to_somebody_is_kept_by_no_shared_cache(client, django_user_model) -> None:
    client.force_login(django_user_model.objects.create_user("reader@example.org"))
    answer = client.get(LIST)
    assert answer["Cache-Control"] == "private, no-cache"
    assert "Access-Control-Allow-Origin" not in answer
    assert "Cookie" in answer["Vary"]
    assert answer.json()["papers"][0]["voted"] is False


def test_a_vote_counts_once_and_can_be_taken_back(client) -> None:
    client.force_login(reader())
    voted = {"votes": 9, "voted": True, "vote_held": False}
    assert client.put(VOTE).json() == client.put(VOTE).json() == voted
    assert client.get(PAPER).json()["voted"] is True
    assert client.delete(VOTE).json() == {"votes": 8, "voted": False, "vote_held": False}


def test_the_vote_of_a_new_account_is_held(client) -> None:
    client.force_login(reader(days=0))
    assert client.put(VOTE).json() == {"votes": 8, "voted": True, "vote_held": True}
    paper = client.get(PAPER).json()
    assert (paper["voted"], paper["vote_held"], paper["votes"]) == (True, True, 8)


def test_a_vote_without_a_confirmed_address_is_refused_with_the_reason(client) -> None:
    client.force_login(reader(confirmed=False))
    refused = client.put(VOTE)
    assert (refused.status_code, refused["Content-Type"]) == (403, "application/problem+json")
    assert "confirmed address" in refused.json()["detail"]


def test_too_many_votes_say_when_to_go_on(client, monkeypatch) -> None:
    monkeypatch.setattr(voting, "VOTING", Limit("vote", 1, 3600))
    client.force_login(reader())
    client.put(VOTE)
    refused = client.put(VOTE)
    assert (refused.status_code, "Please wait" in refused.json()["detail"]) == (429, True)
    assert 0 < int(refused["Retry-After"]) <= 3600
    assert client.delete(VOTE).json()["votes"] == 8


def test_a_vote_needs_a_session_and_its_token(client, django_user_model) -> None:
    assert client.put(VOTE).status_code == 401
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(django_user_model.objects.create_user("reader@example.org"))
    refused = strict.put(VOTE)
    assert (refused.status_code, refused["Content-Type"]) == (403, "application/problem+json")
    assert not Vote.objects.exists()


def test_the_description_is_valid(tmp_path) -> None:
    file = tmp_path / "schema.json"
    call_command(
        "spectacular", validate=True, fail_on_warn=True, file=str(file), format="openapi-json"
    )
    assert json.loads(file.read_text())["openapi"].startswith("3.1")


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        (LIST, "PaperListShape"),
        (PAPER, "PaperAloneShape"),
        ("/api/v1/tags", "TagListShape"),
        ("/api/v1/tags/diffusion", "TagShape"),
        ("/api/v1/facets", "FacetListShape"),
    ],
)
def test_an_answer_has_the_members_that_are_described(client, path, shape) -> None:
    shapes = client.get("/api/v1/schema").json()["components"]["schemas"]
    known = {name.removesuffix("Shape"): one for name, one in shapes.items()}
    _hold(client.get(path).json(), known[shape.removesuffix("Shape")], shapes)


def _hold(value, shape, shapes) -> None:
    for one in [shape, *shape.get("allOf", []), *shape.get("oneOf", [])]:
        if "$ref" in one and value is not None:
            _hold(value, shapes[one["$ref"].rpartition("/")[2]], shapes)
    if isinstance(value, dict) and "properties" in shape:
        assert set(shape.get("required", [])) <= set(value) <= set(shape["properties"])
        for name, inner in value.items():
            _hold(inner, shape["properties"][name], shapes)
    if isinstance(value, list):
        for inner in value:
            _hold(inner, shape["items"], shapes)


def test_the_docs_page_asks_no_other_host(client) -> None:
    page = client.get("/api/v1/docs").content.decode()
    assert "swagger-ui" in page
    assert "://" not in page
    assert '="//' not in page
    assert client.get("/api/v1/docs.js").status_code == 200
