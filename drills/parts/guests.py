"""Whether an address is known here: nobody learns it by asking, not from pages and not by time."""

import re
import statistics
import time
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from drills import database
from drills.frame import Asked, Row, drills

PAIRS = 150
# How often a known address takes longer than an unknown one: half of the times, and of so many
# pairs chance alone goes beyond this once in a thousand times.
FAIR = 0.12
KNOWN = "known@example.org"
HTTP_REFUSED = 400
Ask = Callable[[Any, str], Any]


class Guests:
    name = "guests"
    about = "signing in, signing up and ordering, each asked with known and unknown addresses"
    minutes = 5.0

    def run(self, asked: Asked) -> Iterator[Row]:
        database.begin()
        yield from tried(asked.count or PAIRS, Random(asked.seed))


def tried(pairs: int, chance: Random) -> Iterator[Row]:
    """The rows, on the database at hand."""
    _know()
    for what, ask in _WAYS.items():
        ask_once(ask, KNOWN)
        times, pages = _asked(ask, pairs, chance)
        alike = pages["known"] == pages["new"]
        yield Row(what, "the same page" if alike else "another page", held=alike)
        yield _by_time(what, times["known"], times["new"])


def _by_time(what: str, known: list[float], new: list[float]) -> Row:
    share = _share(known, new)
    fair = FAIR * max(1.0, (PAIRS / len(known)) ** 0.5)
    found = (
        f"{statistics.median(known) * 1000:.1f} and {statistics.median(new) * 1000:.1f} ms, known "
        f"and unknown; the known one takes longer in {share:.0%}"
    )
    return Row(f"{what}, by time", found, held=abs(share - 0.5) <= fair)


def _share(known: list[float], new: list[float]) -> float:
    """Of all pairs of a known and an unknown one, in how many the known one takes longer."""
    longer = sum(one > other for one in known for other in new)
    return longer / (len(known) * len(new))


def _asked(
    ask: Ask, pairs: int, chance: Random
) -> tuple[dict[str, list[float]], dict[str, set[tuple[int, str]]]]:
    """The seconds that each answer took, and all different answers, in no order to rely on."""
    times: dict[str, list[float]] = {"known": [], "new": []}
    pages: dict[str, set[tuple[int, str]]] = {"known": set(), "new": set()}
    for number in range(pairs):
        for which in chance.sample(("known", "new"), 2):
            address = KNOWN if which == "known" else f"n{number:04}@example.org"
            seconds, page = ask_once(ask, address)
            times[which].append(seconds)
            pages[which].add(page)
    return times, pages


def ask_once(ask: Ask, address: str) -> tuple[float, tuple[int, str]]:
    """The seconds until the answer came, and that without what is each request's own."""
    from django.core.cache import cache
    from django.test import Client

    cache.clear()  # else limits would answer
    client = Client(HTTP_HOST="localhost")
    begun = time.perf_counter()
    answer = ask(client, address)
    seconds = time.perf_counter() - begun
    if answer.status_code >= HTTP_REFUSED:
        raise RuntimeError(f"nothing was asked: status {answer.status_code}")
    words = (client.get(answer.url) if answer.status_code == 302 else answer).text
    bare = re.sub(r'value="[^"]{30,}"', "", words).replace(address, "ADDRESS")
    return seconds, (answer.status_code, bare)


def _know() -> None:
    from django.utils import timezone

    from accounts.models import Subscription, User

    User.objects.create_user(KNOWN)
    Subscription.objects.create(email=KNOWN, cadence="daily", confirmed_at=timezone.now())


_WAYS: dict[str, Ask] = {
    "signing in": lambda client, to: client.post("/account/login/", {"login": to}),
    "signing up": lambda client, to: client.post("/account/signup/", {"email": to}),
    "ordering": lambda client, to: client.post(
        "/subscribe", {"email": to, "cadence": "daily", "hour": "8", "timezone": "UTC", "most": "9"}
    ),
}

drills.register(Guests())
