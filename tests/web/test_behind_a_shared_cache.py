"""Fifty people behind one cache, and none sees what is another's."""

import re
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from feeds.models import Paper, Vote
from feeds.unchanged import unchanged
from tests.factories import entry, put_in
from tests.shared_cache import in_front_of

PEOPLE = 50
_ADDRESS = re.compile(r"[\w.]+@example\.org")
_PRESSED = re.compile(r'id="vote-(\d+)"[^>]*aria-pressed="true"')


@pytest.mark.django_db(transaction=True)
def test_of_fifty_people_behind_one_cache_each_sees_their_own(live_server, settings) -> None:
    settings.SAME_FOR_MS = 60_000
    put_in(*(entry(id=f"2604.000{n:02}", summary="") for n in range(5)))
    papers = list(Paper.objects.order_by("key").values_list("pk", flat=True))
    people = get_user_model().objects.bulk_create(
        get_user_model()(email=f"person{n}@example.org") for n in range(PEOPLE)
    )
    votes = {person.email: papers[n % 5] for n, person in enumerate(people)}
    Vote.objects.bulk_create(Vote(user=person, paper_id=votes[person.email]) for person in people)
    unchanged.look_again()
    cookies = {person.email: _session(person) for person in people}
    with in_front_of(live_server.url) as cache, ThreadPoolExecutor(4) as threads:

        def seen(email: str) -> tuple[str, set[str], set[str], str]:
            page, token = _page(cache.place, cookies.get(email, ""))
            told = set(_ADDRESS.findall(page)) - {"you@example.org"}
            return email, told, set(_PRESSED.findall(page)), token

        asking = [one for email in votes for one in (email, "", email)]
        found = list(threads.map(seen, asking))
        assert cache.given >= PEOPLE - 4
    tokens = set()
    for email, told, pressed, token in found:
        assert told == ({email} if email else set())
        assert pressed == ({str(votes[email])} if email else set())
        assert bool(token) == bool(email)
        tokens.add((email, token))
    assert len(tokens) == 2 * PEOPLE + 1


def _session(person: object) -> str:
    client = Client()
    client.force_login(person)
    return f"sessionid={client.cookies['sessionid'].value}"


def _page(place: str, cookie: str) -> tuple[str, str]:
    """The front page, and the token in its first form."""
    line = HTTPConnection(urlsplit(place).netloc, timeout=60)
    line.request("GET", "/", headers={"Cookie": cookie} if cookie else {})
    answer = line.getresponse()
    page = answer.read().decode()
    line.close()
    assert answer.status == 200
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)
    return page, token[1] if token else ""
