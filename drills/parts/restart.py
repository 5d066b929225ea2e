"""PostgreSQL restarted while readers read: they notice nothing but a second's delay."""

import os
import signal
import time
from collections.abc import Iterator

from drills import database, filling
from drills.frame import Asked, Row, drills, logs
from drills.readers import judged, reading
from drills.served import site

ROUNDS = 3  # of each way to end it
SIGNED_IN, OTHERS = 2, 4
CALM = 6.0  # seconds between two: a keeper gives up a server that dies again and again at once
LOOK = 0.01
PATIENCE = 60.0
WAYS = {"fast": signal.SIGINT, "immediate": signal.SIGQUIT}


class Restart:
    name = "restart"
    about = "PostgreSQL restarted, in peace and as by a crash, while people read"
    minutes = 6.0

    def run(self, asked: Asked) -> Iterator[Row]:
        database.begin()
        filling.put_in()
        cookies = [filling.cookie(number) for number in range(SIGNED_IN)] + [""] * OTHERS
        filling.settle()
        with (
            site(logs(self.name) / "web.log", workers=2, SAME_FOR_MS="500") as web,
            reading(web.address, cookies) as readers,
        ):
            readers.warm()
            for way, number in WAYS.items():
                begun = time.monotonic()
                away = [restart(number) for _ in range(asked.count or ROUNDS)]
                told = ", ".join(f"{seconds:.2f}" for seconds in away)
                yield Row(f"{way} restarts", f"{len(away)}", note=f"away for {told} s")
                yield from judged(readers.since(begun), f"readers, {way}")


def restart(number: int) -> float:
    """Ends PostgreSQL; its keeper starts it again. The seconds in which it took nobody."""
    from config import servers

    os.kill(postmaster(), number)
    begun = time.monotonic()
    while servers.answers(os.environ["DATABASE_URL"]) and time.monotonic() < begun + PATIENCE:
        time.sleep(LOOK)
    went = time.monotonic()
    while not servers.answers(os.environ["DATABASE_URL"]):
        if time.monotonic() > begun + PATIENCE:
            raise RuntimeError("PostgreSQL did not come back")
        time.sleep(LOOK)
    away = time.monotonic() - went
    time.sleep(CALM)
    return away


def postmaster() -> int:
    file = database.home() / "servers" / "postgres" / "postmaster.pid"
    return int(file.read_text().split()[0])


drills.register(Restart())
