"""Minutes at a good part of what the site can do: it answers all, and does not grow."""

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from drills import database, filling
from drills.frame import Asked, Row, drills, logs
from drills.readers import judged, reading
from drills.served import Site, site

MINUTES = float(os.environ.get("MINUTES") or 10)
SHARE = 0.6  # of the measured maximum
MEASURED = 10.0  # seconds
SETTLING = 0.25  # of the time: caches fill
GROWTH = 0.05
SIGNED_IN, OTHERS = 2, 6
LOOK = 1.0  # seconds between two looks at the memory


class Soak:
    name = "soak"
    about = f"{MINUTES:g} minutes at {SHARE:.0%} of the measured maximum (MINUTES= for others)"
    minutes = MINUTES + 5

    def run(self, asked: Asked) -> Iterator[Row]:
        minutes = float(asked.count or MINUTES)
        database.begin()
        filling.put_in()
        cookies = [filling.cookie(number) for number in range(SIGNED_IN)] + [""] * OTHERS
        with ExitStack() as stack:
            log = logs(self.name) / "web.log"
            web = stack.enter_context(site(log, workers=2, SAME_FOR_MS="500"))
            most = _most(web, cookies)
            rate = SHARE * most
            yield Row("the most that it answered", f"{most:,.0f}/s", note="two web processes")
            readers = stack.enter_context(reading(web.address, cookies, rate=rate))
            begun = time.monotonic()
            sizes = _watched(web, minutes * 60)
            readers.stop()
            answers = readers.since(begun)
            real = len(answers) / (time.monotonic() - begun)
            yield Row("asked", f"{real:,.0f}/s for {minutes:g} min", real > 0.8 * rate,
                      f"{rate:,.0f}/s were meant")  # fmt: skip
            yield from judged(answers, "answers")
            yield from grown(sizes)


def grown(sizes: list[float]) -> Iterator[Row]:
    """That the memory, in MB at moments equally far apart, does not grow once caches are full.

    The first quarter is left out; of the rest the middle of the first fifth is beside the last's.
    """
    settled = sizes[int(SETTLING * len(sizes)) :]
    fifth = max(1, len(settled) // 5)
    before, after = (sorted(part)[len(part) // 2] for part in (settled[:fifth], settled[-fifth:]))
    growth = after / before - 1
    yield Row("memory", f"{before:,.0f} MB, then {after:,.0f} MB: {growth:+.1%}",
              held=growth < GROWTH, note=f"less than {GROWTH:.0%} is promised")  # fmt: skip


def _most(web: Site, cookies: list[str]) -> float:
    """Answers a second to readers who do not pause, once they have read all there is."""
    with reading(web.address, cookies, pause=0.0) as readers:
        readers.warm()
        begun = time.monotonic()
        time.sleep(MEASURED)
        return len(readers.since(begun)) / MEASURED


def _watched(web: Site, seconds: float) -> list[float]:
    sizes = []
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        sizes.append(sum(resident(pid) for pid in web.processes()))
        time.sleep(LOOK)
    return sizes


def resident(process: int) -> float:
    """MB of memory that are the process's."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


drills.register(Soak())
