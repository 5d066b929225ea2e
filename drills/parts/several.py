"""Two web and two worker processes on one database and one Redis; then one of each is killed."""

import contextlib
import logging
import os
import signal
from collections import Counter
from collections.abc import Iterator

import httpx2

from drills import database, filling, post
from drills.frame import Asked, Row, drills, logs
from drills.running import seconds_until
from drills.served import Site, site

DIGESTS = 6
READERS = 40
RINGS = 6  # for the same work: what is rung for again may not be done again
DONE = 60.0  # seconds
TOKEN = "a" * 32
KEY = "2604.10001"


class Several:
    name = "several"
    about = "two web and two worker processes share one database; then one of each is killed"
    minutes = 5.0

    def run(self, _asked: Asked) -> Iterator[Row]:
        database.begin()
        filling.put_in(10)
        logging.getLogger("httpx2").setLevel(logging.WARNING)
        folder = logs(self.name)
        with contextlib.ExitStack() as running:
            sink = running.enter_context(post.sink(folder))
            post_office = running.enter_context(post.celery(sink.port, folder))
            first_worker, _ = post_office.worker(), post_office.worker()
            mail = {"EMAIL_URL": f"smtp://127.0.0.1:{sink.port}"}
            first = running.enter_context(site(folder / "first.log", **mail))
            second = running.enter_context(site(folder / "second.log", **mail))
            yield from _shared(first, second)
            yield _ingested_once()
            yield _mailed_once(sink)
            post_office.kill(first_worker)
            kill(first)
            yield from _goes_on(second, sink)


def kill(one: Site) -> None:
    for pid in reversed(one.processes()):
        os.kill(pid, signal.SIGKILL)
    one.process.wait()


def _reader(one: Site, cookies: dict[str, str]) -> httpx2.Client:
    headers = {"X-CSRFToken": TOKEN, "Origin": one.address}
    return httpx2.Client(base_url=one.address, cookies=cookies, headers=headers, timeout=30)


def _shared(first: Site, second: Site) -> Iterator[Row]:
    """A session, a vote and a limit of the one are the other's."""
    from allauth.account.models import EmailAddress
    from django.contrib.auth import get_user_model

    cookies = {"sessionid": filling.cookie().partition("=")[2], "csrftoken": TOKEN}
    person = get_user_model().objects.get()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    paper = f"/api/v1/papers/{KEY}"
    with _reader(first, cookies) as here, _reader(second, cookies) as there:
        here.put(f"{paper}/vote")
        voted = there.get(paper).json().get("voted"), here.get(paper).json().get("voted")
        here.post("/account/logout/")
        gone = "voted" not in there.get(paper).json()
    yield Row("signed in and voted at the one, read at the other", f"{voted}", held=all(voted))
    yield Row("signed out at the one, signed out at the other", f"{gone}", held=gone)
    with _reader(first, {}) as here, _reader(second, {}) as there:
        turns = [_order(one, "often@example.org") for one in (here, there) * 3]
    what = "6 orders for one address by turns, 3 an hour are allowed"
    yield Row(what, f"{turns}", held=turns == [200] * 3 + [429] * 3)


def _order(reader: httpx2.Client, address: str) -> int:
    order = {"email": address, "query": "", "cadence": "daily", "hour": "8", "timezone": "UTC"}
    return reader.post("/subscribe", data=order | {"channel": "email", "sort": "hot"}).status_code


def _ingested_once() -> Row:
    """Digests that wait to be read, and the messages that tell so, more than are needed."""
    from feeds.desk.readings import ask
    from feeds.models import Digest, Paper, Run
    from feeds.tasks import read_digest

    for number in range(1, DIGESTS):
        filling.put_in(10, 10 * number)
    papers = Paper.objects.count()
    runs = Run.objects.filter(pk__in=[ask(digest.pk) for digest in Digest.objects.all()])
    for run in list(runs) * RINGS:
        read_digest.delay(run.pk)
    seconds_until(lambda: not runs.filter(ended_at__isnull=True).exists(), DONE)
    once = runs.filter(ended_at__isnull=False, error="", attempts=1).count()
    held = once == DIGESTS and Paper.objects.count() == papers
    what = f"{DIGESTS} digests, each rung for {RINGS} times"
    return Row(what, f"{once} read once, {Paper.objects.count() - papers} papers twice", held)


def _mailed_once(sink: post.Sink) -> Row:
    from accounts.tasks import ring

    post.readers(READERS)
    for _ in range(RINGS):
        ring.delay()
    seconds_until(lambda: len(_mails(sink)) >= READERS, DONE)
    counts = Counter(_mails(sink))
    held = len(counts) == READERS and set(counts.values()) == {1}
    twice = sum(count > 1 for count in counts.values())
    what = f"{READERS} readers' mail, rung for {RINGS} times"
    return Row(what, f"{len(counts)} have it, {twice} twice", held)


def _mails(sink: post.Sink) -> list[str]:
    """The addresses of those who were due, once for each mail."""
    return [address for address, _ in sink.taken() if address.startswith("reader")]


def _goes_on(second: Site, sink: post.Sink) -> Iterator[Row]:
    """The one of each that is left answers, and sends."""
    with _reader(second, {}) as reader:
        answers = [reader.get(path).status_code for path in ("/", "/feed.rss", "/api/v1/papers")]
        answers.append(_order(reader, "late@example.org"))
    held = set(answers) == {200}
    yield Row("one web process is killed: the other's answers", f"{answers}", held)
    seconds = seconds_until(
        lambda: "late@example.org" in [address for address, _ in sink.taken()], DONE
    )
    yield Row("one worker is killed: an order's mail", f"after {seconds:.1f} s", seconds < DONE)


drills.register(Several())
