"""Readers who ask for pages one after another, and what they got."""

import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from drills.frame import Row

PAUSE = 0.01  # seconds between an answer and the next question
PATIENCE = 30.0
SLOWEST = 2.0  # seconds that an answer may take
PATHS = (
    *("/", "/?period=week", "/?q=subject", "/papers/2604.10007", "/feed.rss", "/feed.json"),
    *("/api/v1/papers", "/api/v1/papers/2604.10003", "/papers.bib", "/trending"),
)
OWN_PATHS = ("/", "/?period=week&sort=hot", "/papers/2604.10011", "/api/v1/papers", "/calendar")


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` is 0 where none came; `trouble` says why."""

    begun: float
    seconds: float
    status: int
    path: str
    trouble: str = ""


@dataclass
class Readers:
    """Each reader has a connection; `fresh` ones make one for each question.

    With a `rate` all of them together ask so often a second, each as soon as it is free; else each
    pauses after an answer.
    """

    address: str
    cookies: Sequence[str]
    fresh: bool = False
    pause: float = PAUSE
    rate: float = 0.0
    answers: list[Answer] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)
    _asking: threading.Lock = field(default_factory=threading.Lock)
    _due: float = 0.0
    _read: dict[int, int] = field(default_factory=dict)  # how much each has, by where it began

    def warm(self, patience: float = 60.0) -> None:
        """Waits until each has read all of its pages twice, as what is read often was."""
        deadline = time.monotonic() + patience
        enough = 2 * max(len(PATHS), len(OWN_PATHS))
        while time.monotonic() < deadline:
            if len(self._read) == len(self.cookies) and min(self._read.values()) >= enough:
                break
            time.sleep(PAUSE)

    def since(self, moment: float) -> list[Answer]:
        """What came of the questions that were not answered at that moment yet."""
        return [one for one in list(self.answers) if one.begun + one.seconds >= moment]

    def read(self, cookie: str, start: int) -> None:
        paths = OWN_PATHS if cookie else PATHS
        headers = {"Cookie": cookie} if cookie else {}
        headers |= {"Connection": "close"} if self.fresh else {}
        line = self._line()
        for number in range(start, 1 << 40):
            if self._over.wait(self._until_next() if self.rate else self.pause):
                break
            answer = _ask(line, paths[number % len(paths)], headers)
            self.answers.append(answer)
            self._read[start] = number - start + 1
            if self.fresh or not answer.status:
                line.close()
                line = self._line()
        line.close()

    def stop(self) -> None:
        self._over.set()

    def _until_next(self) -> float:
        """The seconds until the next question is due, whoever of them asks it."""
        with self._asking:
            self._due = max(self._due + 1 / self.rate, time.monotonic() - 1)
            return max(0.0, self._due - time.monotonic())

    def _line(self) -> HTTPConnection:
        place = urlsplit(self.address)
        return HTTPConnection(place.hostname or "", place.port, timeout=PATIENCE)


@contextmanager
def reading(
    address: str,
    cookies: Sequence[str],
    *,
    fresh: bool = False,
    pause: float = PAUSE,
    rate: float = 0.0,
) -> Iterator[Readers]:
    """As many readers as `cookies`, until the block ends; "" is a reader who is nobody."""
    readers = Readers(address, cookies, fresh, pause, rate)
    threads = [
        threading.Thread(target=readers.read, args=(cookie, 3 * number), daemon=True)
        for number, cookie in enumerate(cookies)
    ]
    for thread in threads:
        thread.start()
    try:
        yield readers
    finally:
        readers.stop()
        for thread in threads:
            thread.join(PATIENCE)


def judged(answers: Sequence[Answer], when: str, slowest: float = SLOWEST) -> Iterator[Row]:
    """That all of them were answered, and in time."""
    bad = [one for one in answers if not one.status or one.status >= 500]
    counts = Counter(str(one.status) if one.status else one.trouble for one in bad)
    told = ", ".join(f"{count} × {what}" for what, count in counts.most_common(3))
    where = ", ".join(sorted({one.path for one in bad})[:3])
    found = f"{len(bad)} of {len(answers):,} answers failed"
    yield Row(when, found, held=bool(answers) and not bad, note=f"{told} {where}".strip())
    last = max(answers, key=lambda one: one.seconds, default=None)
    if last:
        late = f"{last.seconds:.2f} s, {last.path}"
        yield Row(f"{when}: the slowest", late, last.seconds <= slowest, f"{slowest:g} s at most")


def _ask(line: HTTPConnection, path: str, headers: dict[str, str]) -> Answer:
    begun = time.monotonic()
    status, trouble = 0, ""
    try:
        line.request("GET", path, headers=headers)
        answer = line.getresponse()
        answer.read()
        status = answer.status
    except (OSError, HTTPException) as error:
        trouble = type(error).__name__
    return Answer(begun, time.monotonic() - begun, status, path, trouble)
