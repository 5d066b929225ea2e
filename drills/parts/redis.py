"""Valkey emptied, and killed, in the midst of mail, webhooks and ingest: nothing is lost."""

import os
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import redis as client

from drills import database, filling, post
from drills.frame import Asked, Row, drills, logs
from drills.hooking import Hook, hook
from drills.readers import judged, reading
from drills.running import running, seconds_until, wait_until

READERS = 600  # of whom a hundred share a message
DIGESTS, IN_EACH = 5, 20
FLUSH_AT, RESTART_AT = 0.2, 0.6  # of all mails
LONGEST = 360.0  # seconds until what is missing is lost


class Redis:
    name = "redis"
    about = "Valkey emptied, then killed, in the midst of mails, webhooks and digests"
    minutes = 10.0

    def run(self, asked: Asked) -> Iterator[Row]:
        readers = asked.count or READERS
        database.begin()
        post.readers(readers)
        with (
            tempfile.TemporaryDirectory() as folder,
            post.sink(Path(folder)) as sink,
            hook() as told_to,
        ):
            cookie = filling.cookie()
            _wish(told_to, Path(folder) / "digests")
            told = {"WEBHOOKS_ALLOWED": told_to.place, "FETCH_ALLOWED": told_to.place,
                    "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}"}  # fmt: skip
            with (
                running(logs(self.name), **told) as site,
                reading(site.address, [cookie, "", ""]) as people,
            ):
                begun = time.monotonic()
                _strike(sink, readers)
                yield from _judged(sink, told_to, readers)
                yield from judged(people.since(begun), "readers meanwhile", slowest=5.0)
                signed_in = _is_signed_in(site.address, cookie)
                found = "still signed in" if signed_in else "has to sign in again"
                yield Row("who was signed in", found)


def _strike(sink: post.Sink, readers: int) -> None:
    wait_until(lambda: sink.count() >= FLUSH_AT * readers, LONGEST, "mail did not begin")
    with client.Redis.from_url(os.environ["REDIS_URL"]) as valkey:
        valkey.flushall()
    wait_until(lambda: sink.count() >= RESTART_AT * readers, LONGEST, "mail did not go on")
    with client.Redis.from_url(os.environ["REDIS_URL"]) as valkey:
        process = int(valkey.info("server")["process_id"])
    os.kill(process, signal.SIGKILL)


def _judged(sink: post.Sink, hook: Hook, readers: int) -> Iterator[Row]:
    from accounts.models import WebhookEvent
    from feeds.models import Identifier

    new = Identifier.objects.filter(scheme="arxiv", value__gte=f"2604.{filling.FIRST_NEW}")
    wanted = DIGESTS * IN_EACH
    open_ones = WebhookEvent.objects.exclude(state=WebhookEvent.State.SENT)
    taken = seconds_until(lambda: new.count() >= wanted, LONGEST)
    mailed = seconds_until(lambda: len(_addresses(sink)) >= readers, LONGEST)
    seconds_until(lambda: hook.papers() >= wanted and not open_ones.exists(), LONGEST)
    addresses = _addresses(sink)
    twice = sum(addresses.values()) - len(addresses)
    yield Row("addresses with mail", f"{len(addresses)} of {readers}", len(addresses) == readers,
              f"the last {mailed:.0f} s later")  # fmt: skip
    yield Row("mails that came twice", f"{twice}", held=twice == 0)
    yield Row("papers of digests taken in", f"{new.count()} of {wanted}", new.count() == wanted,
              f"the last {taken:.0f} s later")  # fmt: skip
    yield Row("papers that the webhook was told of", f"{hook.papers()} of {wanted}",
              hook.papers() == wanted, f"in {len(hook.seen)} events")  # fmt: skip


def _addresses(sink: post.Sink) -> Counter[str]:
    return Counter(address for address, _ in sink.taken())


def _wish(to: Hook, digests: Path) -> None:
    """A webhook for new papers, and a folder that is read each minute, with new papers in it."""
    from datetime import UTC, datetime

    from django.conf import settings
    from django.contrib.auth import get_user_model

    from accounts.webhooks import making
    from feeds.models import Source

    settings.WEBHOOKS_ALLOWED = settings.FETCH_ALLOWED = [to.place]
    owner = get_user_model().objects.create_user("owner@drill.example.org")
    wish = making.Wish("drill", f"http://{to.place}/", "", ["paper.added"])
    making.make(owner.pk, wish, datetime.now(UTC))
    digests.mkdir()
    first = filling.FIRST_NEW - 10_000
    for number in range(DIGESTS):
        content = filling.digest(IN_EACH, first + number * IN_EACH)
        (digests / f"{number}.json").write_bytes(content)
    told = {"folder": str(digests), "pattern": "*.json"}
    Source.objects.create(
        slug="folder", name="Folder", plugin="watch_folder", settings=told, every=1
    )


def _is_signed_in(address: str, cookie: str) -> bool:
    with urlopen(Request(f"{address}/", headers={"Cookie": cookie}), timeout=30) as page:
        return b"/account/logout" in page.read()


drills.register(Redis())
