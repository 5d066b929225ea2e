"""Worker and beat killed: who keeps them starts them again, and the work goes on."""

import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from drills import database, filling, post
from drills.frame import Asked, Row, drills, logs
from drills.running import Running, beat_heard, running, seconds_until, wait_until

ROUNDS = 1
RESUMED = 30.0  # seconds
RETURNED = 150.0  # seconds until what a killed worker held is done, or beat has rung for it again
ORDERS = 40
THREADS = 2  # of the worker: so many orders may be in hand
SOON = 36.0  # seconds after a ring: the next one is due before the time is up


class Workers:
    name = "workers"
    about = "worker and beat ended by kill -9; what waits, and what they held, is done all the same"
    minutes = 8.0

    def run(self, asked: Asked) -> Iterator[Row]:
        database.begin()
        filling.put_in()
        with (
            tempfile.TemporaryDirectory() as folder,
            post.sink(Path(folder)) as sink,
            running(logs(self.name), EMAIL_URL=f"smtp://127.0.0.1:{sink.port}") as site,
        ):
            for number in range(asked.count or ROUNDS):
                yield from _resumed(site, sink, number)
            yield from _returned(site, sink)


def _resumed(site: Running, sink: post.Sink, number: int) -> Iterator[Row]:
    """Both are killed, and at once somebody orders."""
    wait_until(lambda: time.time() > beat_heard() + SOON, 120, "beat did not ring")
    killed = time.time()
    site.kill("worker", "beat")
    address = f"late{number}@example.org"
    order(address)
    mailed = seconds_until(lambda: address in _addresses(sink), 2 * RESUMED)
    what = f"kill {number + 1}: an order of that moment"
    yield Row(what, f"its mail after {mailed:.1f} s", mailed < RESUMED, f"{RESUMED:g} s at most")
    left = max(1.0, 2 * RESUMED - mailed)
    rung = mailed + seconds_until(lambda: beat_heard() > killed + 1, left)
    yield Row(f"kill {number + 1}: beat", f"heard after {rung:.1f} s at most", rung < RESUMED)


def _returned(site: Running, sink: post.Sink) -> Iterator[Row]:
    """The worker is killed in the midst of many orders."""
    wanted = {f"held{number}@example.org" for number in range(ORDERS)}
    before = sink.count()
    for address in sorted(wanted):
        order(address)
    wait_until(lambda: sink.count() >= before + ORDERS // 8, RETURNED, "no mail was sent")
    site.kill("worker")
    seconds = seconds_until(lambda: wanted <= _addresses(sink).keys(), 1.5 * RETURNED)
    counts = _addresses(sink)
    there = sum(address in counts for address in wanted)
    yield Row(
        "orders that it held and that waited", f"{there} of {ORDERS} have their mail",
        held=seconds < RETURNED, note=f"after {seconds:.0f} s; {RETURNED:g} s at most",
    )  # fmt: skip
    twice = sum(counts[address] - 1 for address in wanted if address in counts)
    yield Row("mails of these that came twice", f"{twice}", held=twice <= THREADS)


def _addresses(sink: post.Sink) -> Counter[str]:
    return Counter(address for address, _ in sink.taken())


def order(address: str) -> None:
    """Somebody orders papers by mail at the site."""
    from accounts import confirming

    ask = partial(confirming.ask, query="", cadence="daily", hour=8, timezone="UTC")
    ask(email=address, language="en")


drills.register(Workers())
