"""A web process told to end while people read: it finishes, and the other takes the rest."""

import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from drills import database, filling
from drills.frame import Asked, Row, drills, logs
from drills.readers import judged, reading
from drills.served import Site, free_port, site

ROUNDS = 4
SIGNED_IN, OTHERS = 3, 3
HELD = 1.0  # seconds for which everything that asks for papers is held up, so that it is in flight
CALM = 1.0
LONGEST_END = 10.0  # seconds


class Term:
    name = "term"
    about = "a web process ended by SIGTERM while people read, beside another at the same address"
    minutes = 5.0

    def run(self, asked: Asked) -> Iterator[Row]:
        database.begin()
        filling.put_in()
        cookies = [filling.cookie(number) for number in range(SIGNED_IN)] + [""] * OTHERS
        folder, port = logs(self.name), free_port()
        took: list[float] = []
        with ExitStack() as stack:
            pair = [
                stack.enter_context(site(folder / f"web{number}.log", port=port, SAME_FOR_MS="500"))
                for number in range(2)
            ]
            readers = stack.enter_context(reading(pair[0].address, cookies, fresh=True))
            begun = time.monotonic()
            for number in range(asked.count or ROUNDS):
                time.sleep(CALM)
                took.append(_end(pair[number % 2]))
                again = site(folder / f"web{2 + number}.log", port=port, SAME_FOR_MS="500")
                pair[number % 2] = stack.enter_context(again)
            time.sleep(CALM)
            readers.stop()
            answers = readers.since(begun)
        yield Row("processes ended", f"{len(took)}", held=max(took) < LONGEST_END,
                  note=f"after {', '.join(f'{one:.1f}' for one in took)} s")  # fmt: skip
        held_up = [one for one in answers if one.seconds >= HELD / 2 and one.status == 200]
        yield Row("answers in flight then", f"{len(held_up)}", held=len(held_up) > 0)
        yield from judged(answers, "all readers", slowest=LONGEST_END)


def _end(web: Site) -> float:
    """Tells it to end while requests are held up; the seconds until it has."""
    with _papers_locked():
        time.sleep(HELD / 2)
        web.process.send_signal(signal.SIGTERM)
        begun = time.monotonic()
        time.sleep(HELD / 2)
    web.process.wait(LONGEST_END * 2)
    return time.monotonic() - begun


@contextmanager
def _papers_locked() -> Iterator[None]:
    """Who asks for papers waits until the block ends."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE feeds_paper IN ACCESS EXCLUSIVE MODE")
        yield
    connection.close()


drills.register(Term())
