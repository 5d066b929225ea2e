"""The clock of worker and beat put forward, and back again: each mail once, and no flood of bells.

What jumps is what these processes are told of the time (`drills.shifted`), as on a machine of
their own whose clock was wrong; PostgreSQL, on another, has the right time.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

from drills import database, post
from drills.frame import ROOT, Asked, Row, drills, logs
from drills.running import seconds_until

READERS = 100  # that become due at each of three moments
AHEAD = 2 * 3600.0  # seconds
LATE = 120.0  # seconds from a moment until its mail has to be there
LOOK = 5  # seconds between two looks of beat at the clock; by itself it would take a minute
PAUSE = 70.0  # seconds with the clock as it should be, in which nothing is to come


class Clock:
    name = "clock"
    about = f"the clock of worker and beat {AHEAD / 3600:g} hours ahead, and back again"
    minutes = 14.0

    def run(self, asked: Asked) -> Iterator[Row]:
        readers = asked.count or READERS
        database.begin()
        now = post.readers(0)
        _orders("now", now.hour, readers)
        _orders("later", (now + timedelta(hours=1)).hour, readers)
        folder = logs(self.name)
        off = folder / "off"
        off.write_text("0")
        with ExitStack() as stack:
            sink = stack.enter_context(
                post.sink(Path(stack.enter_context(tempfile.TemporaryDirectory())))
            )
            begun = time.monotonic()
            _start(stack, off, folder, "worker", sink.port)
            _start(stack, off, folder, "beat", sink.port)
            yield _came("due now", "now", sink, readers)
            off.write_text(f"{AHEAD}")
            yield _came(f"{AHEAD / 3600:g} h ahead: due by that", "later", sink, readers)
            off.write_text("0")
            _orders("again", now.hour, readers)
            yield _came("put back: ordered since, and due", "again", sink, readers)
            time.sleep(PAUSE)
            twice = len(sink.taken()) - len({address for address, _ in sink.taken()})
            yield Row("mails that came twice", f"{twice}", held=twice == 0)
            minutes = (time.monotonic() - begun) / 60
        yield from rung((folder / "beat.log").read_text(), minutes)


def rung(log: str, minutes: float, jumps: int = 2) -> Iterator[Row]:
    """That beat rang each bell once a minute at most, at its start, and once for each jump."""
    counts = Counter(re.findall(r"Sending due task ([\w-]+)", log))
    name, most = counts.most_common(1)[0] if counts else ("none", 0)
    bound = minutes + jumps + 2
    yield Row("the bell that rang most", f"{name}: {most} times in {minutes:.1f} min",
              held=0 < most <= bound, note=f"{bound:.0f} times at most")  # fmt: skip


def _came(what: str, group: str, sink: post.Sink, readers: int) -> Row:
    def there() -> int:
        return sum(address.startswith(f"{group}-") for address in {a for a, _ in sink.taken()})

    seconds = seconds_until(lambda: there() >= readers, LATE)
    return Row(what, f"{there()} of {readers} have their mail", there() == readers,
               f"after {seconds:.0f} s; {LATE:g} s at most")  # fmt: skip


def _orders(group: str, hour: int, readers: int) -> None:
    from accounts.models import Subscription

    for number in range(readers):
        Subscription.objects.create(
            email=f"{group}-{number}@example.org",
            cadence="daily",
            hour=hour,
            timezone="UTC",
            confirmed_at=datetime.now(UTC) - timedelta(days=3),
        )


def _start(stack: ExitStack, off: Path, folder: Path, name: str, port: int) -> None:
    """Celery's worker or beat, with a clock that is off by what the file says."""
    told = {
        "worker": f"-A config worker --pool threads --concurrency 2 {post.ALONE}",
        "beat": f"-A config.clock beat --loglevel INFO --max-interval {LOOK} --pidfile= --schedule "
        f"{folder / 'beat'}",
    }
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "drills.shifted", str(off), "celery", *told[name].split()],
            cwd=ROOT,
            env=os.environ | {"EMAIL_URL": f"smtp://127.0.0.1:{port}", "EMBEDDER": "off"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    stack.callback(process.wait)
    stack.callback(process.kill)


drills.register(Clock())
