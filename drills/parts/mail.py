"""Ten thousand mails while workers are killed, the broker is emptied, the database begun anew."""

import os
import signal
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from drills import database, post
from drills.frame import Asked, Row, drills

READERS = 10_000
KILLS = 20
WORKERS, THREADS = 2, 2
FLUSH_AT, RESTART_AT, LAST_KILL = 0.35, 0.6, 0.8  # of all mails
LOOK = 0.02  # seconds between two looks at the sink
LONGEST = 25 * 60.0  # seconds until what is missing is lost

Happening = tuple[float, Callable[[], None]]


class Mail:
    name = "mail"
    about = f"{READERS:,} mails while workers are killed {KILLS} times, broker and database once"
    minutes = 40.0

    def run(self, asked: Asked) -> Iterator[Row]:
        kills = KILLS if asked.count is None else asked.count
        database.begin()
        post.readers(READERS)
        with (
            tempfile.TemporaryDirectory() as folder,
            post.sink(Path(folder)) as sink,
            post.celery(sink.port, Path(folder)) as celery,
        ):
            yield from _sent(sink, celery, kills, Random(asked.seed))


def _sent(sink: post.Sink, celery: post.Celery, kills: int, chance: Random) -> Iterator[Row]:
    from accounts.models import Delivery

    begun = time.monotonic()
    workers = [celery.worker(THREADS) for _ in range(WORKERS)]
    celery.beat()

    def kill() -> None:
        place = chance.randrange(WORKERS)
        celery.kill(workers[place])
        workers[place] = celery.worker(THREADS)

    plan: list[Happening] = [(chance.uniform(0.01, LAST_KILL), kill) for _ in range(kills)]
    plan += [(FLUSH_AT, _flush), (RESTART_AT, _restart)]
    _ring()
    for share, happening in sorted(plan, key=lambda one: one[0]):
        _until(lambda share=share: sink.count() >= share * READERS, begun)  # type: ignore[misc]
        happening()
    _until(lambda: _all_settled(READERS), begun)
    seconds = time.monotonic() - begun
    yield from judged(sink.taken(), READERS, kills)
    states = Counter(Delivery.objects.values_list("state", flat=True))
    yield Row("ledger", ", ".join(f"{count:,} {name}" for name, count in states.items()),
              held=states == {"sent": READERS}, note=f"after {seconds:.0f} s")  # fmt: skip


def judged(taken: list[tuple[str, str]], readers: int, kills: int) -> Iterator[Row]:
    """What the sink says: nobody without, few twice, one name for each."""
    names: dict[str, set[str]] = defaultdict(set)
    for address, name in taken:
        names[address].add(name)
    twice = len(taken) - len(names)
    in_flight = (kills + WORKERS) * THREADS
    yield Row("addresses with mail", f"{len(names):,} of {readers:,}", held=len(names) == readers)
    yield Row("mails that came twice", f"{twice}", held=twice <= in_flight,
              note=f"at most {in_flight} were in flight at the kills and the restart")  # fmt: skip
    several = sum(len(one) != 1 or "" in one for one in names.values())
    yield Row("addresses with two Message-IDs", f"{several}", held=several == 0)


def _ring() -> None:
    from accounts import tasks

    tasks.ring.delay()


def _all_settled(count: int) -> bool:
    from django.db import InterfaceError, OperationalError, connection

    from accounts.models import Delivery

    try:
        open_ones = Delivery.objects.filter(state__in=("waiting", "claimed"))
        return Delivery.objects.count() >= count and not open_ones.exists()
    except (OperationalError, InterfaceError):
        connection.close()
        return False


def _until(is_so: Callable[[], bool], begun: float) -> None:
    while not is_so():
        if time.monotonic() - begun > LONGEST:
            raise RuntimeError("mails are missing after so long")
        time.sleep(LOOK)


def _flush() -> None:
    import redis

    with redis.Redis.from_url(os.environ["REDIS_URL"]) as broker:
        broker.flushall()


def _restart() -> None:
    """Ends PostgreSQL as its administrator would; its keeper starts it again."""
    file = database.home() / "servers" / "postgres" / "postmaster.pid"
    os.kill(int(file.read_text().split()[0]), signal.SIGINT)


drills.register(Mail())
