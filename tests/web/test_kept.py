"""What is the same for everybody is made once, and is new as soon as anything changed."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from psycopg_pool import PoolTimeout

from feeds import following, voting
from feeds.models import Paper
from feeds.unchanged import unchanged
from feeds.web import kept
from feeds.web.kept import KeptAnswers
from tests.factories import entry, put_in
from tests.search.indexed import build, data_dir

__all__ = ["data_dir"]
# Within a transaction nothing is kept, so that each of these commits.
pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/api/v1/papers?period=all"


@pytest.fixture(autouse=True)
def _papers(transactional_db) -> None:
    put_in(entry(id="2604.00001", upvotes=3, summary="A diffusion model."), entry(id="2604.00002"))


@pytest.fixture
def calm(settings) -> Iterator[None]:
    """That other databases of the server change is not noticed, until it shall look again."""
    settings.SAME_FOR_MS = 60_000
    unchanged.look_again()
    yield
    unchanged.look_again()


def ask(client: Client, path: str = LIST, **headers: str) -> HttpResponse:
    answer = client.get(path, headers=headers)
    assert answer.status_code in (200, 304)
    return answer


def queries(client: Client, path: str = LIST, **headers: str) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        ask(client, path, **headers)
    return [one["sql"] for one in asked if "pg_current_snapshot" not in one["sql"]]


@pytest.mark.parametrize(
    "path",
    [
        LIST,
        "/api/v1/papers/2604.00001",
        "/api/daily_papers",
        "/feed.rss?period=all",
        "/feed.json",
        "/papers.bib?period=all",
        "/",
        "/papers/2604.00001",
    ],
)
@pytest.mark.usefixtures("calm")
def test_what_was_answered_once_is_answered_again_without_a_question(path) -> None:
    client = Client()
    ask(client, path)
    first = ask(client, path)
    assert queries(client, path) == []
    again = ask(client, path)
    assert again.content == first.content
    same = {name: value for name, value in first.headers.items() if name != "X-Request-ID"}
    assert {name: again[name] for name in same} == same


def test_a_vote_a_new_paper_and_one_that_is_dropped_are_seen_at_once(django_user_model) -> None:
    client = Client()

    def told() -> list[tuple[str, int]]:
        papers = json.loads(ask(client).content)["papers"]
        return sorted((paper["key"], paper["votes"]) for paper in papers)

    assert told() == [("2604.00001", 3), ("2604.00002", 0)]
    reader = django_user_model.objects.create_user("reader@example.org")
    paper = Paper.objects.get(key="2604.00002")
    voter = voting.Voter(reader.pk, timezone.now(), confirmed=True, trusted=True)
    voting.cast(paper.pk, voter, timezone.now())
    assert told()[1] == ("2604.00002", 1)
    put_in(entry(id="2604.00003"))
    assert [key for key, _ in told()] == ["2604.00001", "2604.00002", "2604.00003"]
    Paper.objects.filter(key="2604.00003").update(dropped_at=timezone.now())
    assert [key for key, _ in told()] == ["2604.00001", "2604.00002"]


@pytest.mark.usefixtures("calm")
def test_who_has_it_already_is_told_so_without_a_question() -> None:
    client = Client()
    ask(client)
    etag = ask(client)["ETag"]
    headers = {"If-None-Match": etag}
    assert queries(client, **headers) == []
    answer = ask(client, **headers)
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", etag)


@pytest.mark.usefixtures("calm")
def test_each_coding_is_kept_by_itself() -> None:
    client = Client()
    put_in(*(entry() for _ in range(5)))
    ask(client)
    forms = {coding: ask(client, **{"Accept-Encoding": coding}) for coding in ("br", "gzip", "")}
    for coding, form in forms.items():
        again = ask(client, **{"Accept-Encoding": coding})
        assert again.get("Content-Encoding", "") == coding
        assert again.content == form.content


def test_one_readers_answer_is_never_anothers(django_user_model) -> None:
    readers = [
        django_user_model.objects.create_user(f"reader{number}@example.org") for number in range(5)
    ]
    following.hide_tag("diffusion", readers[0].pk, timezone.now())
    clients = [Client() for _ in readers]
    for client, reader in zip(clients, readers, strict=True):
        client.force_login(reader)
    anybody = Client()
    for _ in range(2):
        assert "voted" not in json.loads(ask(anybody).content)["papers"][0]
        for client in clients:
            answer = ask(client)
            assert answer["Cache-Control"] == "private, no-cache"
            assert json.loads(answer.content)["papers"][0]["voted"] is False
    lists = [json.loads(ask(client).content)["papers"] for client in (anybody, *clients)]
    assert [len(papers) for papers in lists] == [2, 1, 2, 2, 2, 2]


def test_pages_are_kept_by_language_and_never_for_one_who_is_signed_in(django_user_model) -> None:
    anybody, known = Client(), Client()
    known.force_login(django_user_model.objects.create_user("reader@example.org"))
    for _ in range(2):
        german = ask(anybody, "/", **{"Accept-Language": "de"})
        assert german["Content-Language"] == "de"
        assert ask(anybody, "/", **{"Accept-Language": "en-GB,en"})["Content-Language"] == "en"
        assert b"reader@example.org" in ask(known, "/").content
        assert b"reader@example.org" not in ask(anybody, "/").content
    assert ask(Client(), "/", **{"Accept-Language": "de-AT"}).content == german.content


def test_a_key_is_not_answered_with_what_anybody_gets() -> None:
    client = Client()
    ask(client)
    ask(client)
    assert client.get(LIST, headers={"Authorization": "Bearer bsk_nothing"}).status_code == 401


@pytest.mark.usefixtures("calm")
def test_what_is_searched_for_is_kept_while_the_index_stays_the_same(data_dir) -> None:
    client = Client()
    path = "/api/v1/papers?q=diffusion&sort=relevance"
    ask(client, path)
    ask(client, path)
    assert not queries(client, path)
    build()
    assert queries(client, path)
    assert not queries(client, path)
    (data_dir / "index").rename(data_dir / "gone")
    assert ask(client, path).json()["notice"]


def test_another_host_gets_no_answer_that_was_made_for_ours() -> None:
    client = Client()
    ask(client)
    ask(client)
    assert client.get(LIST, headers={"Host": "elsewhere.example"}).status_code == 400


def test_nothing_is_kept_within_a_transaction(db) -> None:
    client = Client()
    with transaction.atomic():
        put_in(entry(id="2604.00009"))
        ask(client)
        transaction.set_rollback(True)
    assert len(json.loads(ask(client).content)["papers"]) == 2


@pytest.mark.usefixtures("calm")
def test_of_many_who_ask_at_once_one_makes_it_anew() -> None:
    made = []

    def make(_request: HttpRequest) -> HttpResponse:
        made.append(1)
        return HttpResponse(b"x" * 300, headers={"Cache-Control": "public"})

    answer = KeptAnswers(make)
    place = RequestFactory().get("/")
    answer(place)  # is one for everybody
    answer(place)  # is kept
    put_in(entry(id="2604.00004"))  # what was kept is old by now
    unchanged.look_again()

    def asked(_: int) -> int:
        try:
            return answer(RequestFactory().get("/")).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(asked, range(40))) == {200}
    assert len(made) == 3


def test_whether_the_process_lives_is_told_without_the_database() -> None:
    client = Client()
    for _ in range(3):
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/livez").status_code == 200
        assert len(asked) == 0


def test_no_more_is_kept_than_there_is_room_for() -> None:
    shelf = kept.Kept(1000)
    requests = [RequestFactory().get(f"/{number}") for number in range(5)]
    places = [kept._place(request) for request in requests]
    for request, place in zip(requests, places, strict=True):
        shelf.put(place, request, "same", HttpResponse(b"x" * 300))
    found = [
        bool(shelf.get(place, request, "same"))
        for request, place in zip(requests, places, strict=True)
    ]
    assert found == [False, False, True, True, True]
    assert not shelf.get(places[4], requests[4], "changed")


def test_what_was_fresh_is_given_while_the_database_is_away() -> None:
    client = Client()
    first = [ask(client), ask(client)][1].content

    def away(*_: object) -> None:
        raise OperationalError from PoolTimeout()

    with connection.execute_wrapper(away):
        assert client.get(LIST).content == first
        assert client.get("/api/v1/papers/2604.00002").status_code == 503
