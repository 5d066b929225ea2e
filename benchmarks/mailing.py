"""`python -m benchmarks.mailing MAILS`: real workers send that many mails to a sink on loopback.

Prints what it found as JSON. The database, the broker and the mail server are its own.
"""

import json
import smtplib
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from drills import database, post

LOOK = 0.01  # seconds between two looks at the sink
BEGUN = 200  # mails after which the clock starts: every process is at work by then
PATIENCE = 600.0


def main() -> None:
    mails = int(sys.argv[1])
    database.begin()
    post.readers(mails)
    one, memory = _by_workers(1, mails)
    two, _ = _by_workers(2, mails)
    found = {"one": one, "two": two, "bare": _bare(mails)} | memory | _asked(mails)
    print(json.dumps(found))


def _by_workers(workers: int, mails: int) -> tuple[float, dict[str, float]]:
    """Mails a second, and the memory of the first worker after a fifth of them and at the end."""
    from accounts import tasks  # noqa: PLC0415 (needs the settings)
    from accounts.models import Delivery  # noqa: PLC0415

    Delivery.objects.all().delete()
    with _taking() as (sink, folder), post.celery(sink.port, folder) as celery:
        first, *_ = [celery.worker() for _ in range(workers)]
        tasks.ring.delay()
        begun = _when(sink, BEGUN)
        _when(sink, mails // 5)
        early = _megabytes(first.pid)
        ended = _when(sink, mails)
        late = _megabytes(first.pid)
    return (mails - BEGUN) / (ended - begun), {"early": early, "late": late}


def _bare(mails: int) -> float:
    """The same sink fed one of those mails, ready-made, over one connection."""
    from accounts.channels.email import Press  # noqa: PLC0415 (needs the settings)
    from accounts.editions import choose  # noqa: PLC0415
    from accounts.models import Delivery  # noqa: PLC0415

    rows = list(Delivery.objects.select_related("subscription").order_by("id")[:1])
    Delivery.objects.filter(pk=rows[0].pk).update(state="claimed")
    rows = list(Delivery.objects.select_related("subscription").filter(pk=rows[0].pk))
    edition = choose(rows)[rows[0].id]
    ready = Press().message(rows[0], edition).message().as_bytes()
    with _taking() as (sink, _), smtplib.SMTP("127.0.0.1", sink.port) as line:
        for number in range(BEGUN):
            line.sendmail("papers@example.org", f"reader{number}@example.org", ready)
        begun = time.perf_counter()
        for number in range(mails - BEGUN):
            line.sendmail("papers@example.org", f"reader{number}@example.org", ready)
        return (mails - BEGUN) / (time.perf_counter() - begun)


def _asked(mails: int) -> dict[str, float]:
    """How often an edition was read for all these subscriptions, and how many questions they ask.

    Counted where papers are asked for, over batches as the ring makes them.
    """
    from django.utils import timezone  # noqa: PLC0415

    from accounts import delivery, ringing  # noqa: PLC0415 (needs the settings)
    from accounts.editions import choose  # noqa: PLC0415
    from accounts.models import Delivery, Subscription  # noqa: PLC0415
    from feeds import reading  # noqa: PLC0415

    Delivery.objects.all().delete()
    now = timezone.now()
    ringing.open_due(now)
    ids = list(
        Delivery.objects.order_by("subscription__query", "subscription__cadence", "id").values_list(
            "id", flat=True
        )
    )
    read, real = 0, reading.papers_in

    def counted(*arguments: Any, **named: Any) -> Any:
        nonlocal read
        read += 1
        return real(*arguments, **named)

    reading.papers_in = counted
    begun = time.perf_counter()
    try:
        for start in range(0, len(ids), ringing.BATCH):
            choose(delivery.claim(ids[start : start + ringing.BATCH], now))
    finally:
        reading.papers_in = real
    took = time.perf_counter() - begun
    questions = Subscription.objects.values("query").distinct().count()
    return {"read": read, "questions": questions, "chosen": mails / took}


@contextmanager
def _taking() -> Iterator[tuple[post.Sink, Path]]:
    with tempfile.TemporaryDirectory() as folder, post.sink(Path(folder)) as sink:
        yield sink, Path(folder)


def _when(sink: post.Sink, mails: int) -> float:
    """The time at which the sink has so many. Raises TimeoutError."""
    deadline = time.perf_counter() + PATIENCE
    while sink.count() < mails:
        if time.perf_counter() > deadline:
            raise TimeoutError(f"only {sink.count()} of {mails} mails came")
        time.sleep(LOOK)
    return time.perf_counter()


def _megabytes(process: int) -> float:
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * 4096 / 1e6


if __name__ == "__main__":
    main()
