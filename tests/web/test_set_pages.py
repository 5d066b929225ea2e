"""Lists are set once for all who see them alike, and each reader's own is filled in."""

import re
from collections.abc import Iterator
from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpRequest
from django.shortcuts import render
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from feeds import collecting, following, marking, voting
from feeds.models import Feed, FeedMember, Paper
from feeds.unchanged import unchanged
from feeds.web.asked import answer, question
from feeds.web.set_pages import page_of
from feeds.web.standing_pages import standing
from tests.factories import entry, put_in
from tests.readers import reader

# Within a transaction no page stays set, so that each of these commits.
pytestmark = pytest.mark.django_db(transaction=True)
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')


@pytest.fixture(autouse=True)
def papers(transactional_db, settings) -> Iterator[list[Paper]]:
    """Some papers, on a site where nothing that others do is noticed."""
    settings.SAME_FOR_MS = 60_000
    told = {"summary": "A diffusion model. It is small.", "authors": ["Ada One", "Ben Two"]}
    put_in(*(entry(f"Paper {n}", id=f"2604.0000{n}", **told) for n in range(6)))
    unchanged.look_again()
    yield list(Paper.objects.order_by("key"))
    unchanged.look_again()


@pytest.fixture
def known(papers) -> Client:
    """The browser of a reader who voted for a paper, saved one, and read two."""
    ada = reader("ada@example.org")
    voting.vote(papers[0].pk, ada.pk)
    collecting.save(papers[2].pk, ada.pk)
    for paper in papers[:2]:
        marking.mark_read(paper.pk, ada.pk, timezone.now())
    client = Client()
    client.force_login(ada)
    unchanged.look_again()
    return client


def read(client: Client, path: str = "/") -> str:
    page = client.get(path)
    assert page.status_code == 200
    return page.content.decode()


def asked_by(user: object, path: str, show: str) -> HttpRequest:
    request = RequestFactory().get(path)
    request.COOKIES["show"] = show
    request.user, request._messages = user, []  # type: ignore[assignment]
    return request


def test_whoever_reads_in_whichever_way_gets_the_page_as_it_would_be_set_for_them(known) -> None:
    ben, staff, moderator = (reader(f"{name}@example.org") for name in ("ben", "cy", "dee"))
    staff.is_staff = moderator.is_moderator = True
    ada = known.get("/").wsgi_request.user
    readers = [AnonymousUser(), ben, staff, moderator, ada]
    ways = [("/", "headlines", "de"), ("/?q=diffusion", "cards", "en")]
    ways += [("/t/diffusion?period=week", "abstracts", "de")]
    for user, (path, show, language) in product(readers, ways):
        request = asked_by(user, path, show)
        with translation.override(language):
            query = question(request)
            pages = [page_of(request, query).content for _ in range(2)]  # once set, it stands
            by_itself = render(request, "feeds/list.html", {"list": answer(request, query)})
        assert {_TOKEN.sub(b"", page) for page in pages} == {_TOKEN.sub(b"", by_itself.content)}


def test_the_front_page_of_one_who_is_signed_in_asks_six_questions_at_most(known) -> None:
    first = read(known)
    with CaptureQueriesContext(connection) as asked:
        again = read(known)
    assert len(asked) <= 6, [one["sql"] for one in asked]
    assert _TOKEN.sub(b"", again.encode()) == _TOKEN.sub(b"", first.encode())
    assert again.count('aria-pressed="true"') == 3  # a vote, a save, the way they are shown


def test_what_is_one_readers_own_is_on_no_page_of_another(known, papers) -> None:
    other, anybody = Client(), Client()
    other.force_login(reader("ben@example.org"))
    for _ in range(2):
        assert "ada@example.org" in read(known)
        assert "ben@example.org" in read(other)
        assert "read-before" not in read(other)
        assert "example.org" not in read(anybody).replace("you@example.org", "")
    tokens = {
        re.search(r'csrfmiddlewaretoken" value="(\w+)"', read(one))[1] for one in (known, other)
    }  # type: ignore[index]
    assert len(tokens) == 2
    answer = other.get("/")
    assert (answer["Cache-Control"], "Cookie" in answer["Vary"]) == ("private, no-cache", True)


def test_who_does_something_sees_it_at_once_and_others_soon(known, papers) -> None:
    anybody = Client()
    path = f"/papers/{papers[4].key}/vote"
    for page in (read(known), read(anybody)):
        assert f'id="vote-{papers[4].pk}"' in page
    known.post(path)
    pressed = f'formaction="{path}" hx-post="{path}" hx-swap="outerHTML" aria-pressed="true"><b>1<'
    assert pressed in read(known)
    unchanged.look_again()
    assert pressed.replace("true", "false") in read(anybody)


def test_what_is_dropped_changed_or_hidden_stands_on_no_page(known, papers) -> None:
    other = Client()
    other.force_login(reader("ben@example.org"))
    for client in (known, other):
        assert "Paper 5" in read(client)
    ada = known.get("/").wsgi_request.user.pk
    marking.hide(papers[5].pk, ada, timezone.now())
    unchanged.look_again()
    assert "Paper 5" not in read(known)
    assert "Paper 5" in read(other)
    Paper.objects.filter(pk=papers[4].pk).update(dropped_at=timezone.now())
    Paper.objects.filter(pk=papers[3].pk).update(title_html="Another name")
    unchanged.look_again()
    for client in (known, other, Client()):
        page = read(client)
        assert "Paper 4" not in page
        assert "Another name" in page
    following.hide_tag("diffusion", ada, timezone.now())
    unchanged.look_again()
    assert "Paper 1" not in read(known)
    assert "Paper 1" in read(other)


def test_a_private_feed_is_on_no_page_but_those_of_its_members(known) -> None:
    made = Feed.objects.create(slug="ours", name="Ours", visibility="private", query="period=day")
    FeedMember.objects.create(feed=made, user=known.get("/").wsgi_request.user, role="curator")
    other = Client()
    other.force_login(reader("ben@example.org"))
    unchanged.look_again()
    for _ in range(2):
        assert "Ours" in read(known, "/f/ours")
        for client in (other, Client()):
            assert client.get("/f/ours").status_code == 404
            assert "Ours" not in read(client)


def test_a_word_to_the_reader_is_said_once(known, papers) -> None:
    read(known)
    known.post(f"/papers/{papers[4].key}/mark", {"mark": "hide"})
    said = 'class="messages"'
    assert [said in read(known) for _ in range(2)] == [True, False]


def test_no_more_pages_stand_than_there_is_room_for(known, settings) -> None:
    settings.STANDING_PAGES_MB = 0
    read(known)
    read(known, "/?sort=new")
    assert not standing._pages
    assert standing._used == 0
