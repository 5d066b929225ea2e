"""Rounds done by processes that can be killed: one that hangs or dies is a finding, not the end."""

import multiprocessing
import multiprocessing.connection
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

CHILDREN = 2
PROCESSOR = 10.0  # seconds of processor time until a step is given up
PATIENCE = 90.0  # seconds until it is given up for what it waits for
_MEMORY = 3 << 30  # bytes that a child may ask for
_LOOK = 0.5  # seconds between two looks at a child that says nothing


class Work(Protocol):
    """What a child does for each number. It is sent to the child, so it holds little."""

    def begin(self) -> None:
        """Called once in the child."""

    def do(self, number: int, child: "Child") -> Any:
        """The result of a round; `child.step` is set as it goes on."""


class Child(Protocol):
    step: int


@dataclass(frozen=True, slots=True)
class Done:
    number: int
    result: Any


@dataclass(frozen=True, slots=True)
class Lost:
    """A round whose child hung and was killed, or died: at which step, and how."""

    number: int
    step: int
    how: str


class _State:
    """What parent and child both see: the round, its step, and when the step began."""

    def __init__(self, context: multiprocessing.context.SpawnContext) -> None:
        self._number = context.Value("q", -1, lock=False)
        self._step = context.Value("q", 0, lock=False)
        self._since = context.Value("d", 0.0, lock=False)

    def begin(self, number: int) -> None:
        self._number.value = number
        self.step = 0

    @property
    def number(self) -> int:
        return int(self._number.value)

    @property
    def step(self) -> int:
        return int(self._step.value)

    @step.setter
    def step(self, step: int) -> None:
        # The kernel's own answer to its end is to end the process.
        signal.setitimer(signal.ITIMER_PROF, PROCESSOR)
        self._since.value = time.time()
        self._step.value = step

    def waited(self) -> float:
        return time.time() - float(self._since.value)


class _Worker:
    """A child and its share of the rounds; it is started again for what another left."""

    def __init__(self, work: Work, numbers: Sequence[int]) -> None:
        self._work = work
        self._left = list(numbers)
        self.start()

    def start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._state = _State(context)
        self.reader, writer = context.Pipe(duplex=False)
        self._process = context.Process(
            target=_rounds, args=(self._work, self._left, self._state, writer), daemon=True
        )
        self._process.start()
        writer.close()

    def take(self) -> Iterator[Done | Lost]:
        """What the child has said, or that it is lost. It is done when nothing is left."""
        while self._left and self.reader.poll():
            try:
                number, result = self.reader.recv()
            except EOFError:
                yield self._lost("it died")
                return
            self._left.remove(number)
            yield Done(number, result)
        if self._left and self._state.number >= 0 and self._state.waited() > PATIENCE:
            yield self._lost(f"it waited for {PATIENCE:g} s")

    @property
    def is_done(self) -> bool:
        return not self._left

    def stop(self) -> None:
        self._process.kill()
        self._process.join()
        self.reader.close()

    def _lost(self, how: str) -> Lost:
        number, step = self._state.number, self._state.step
        self._process.join(1)
        code = self._process.exitcode
        if code == -signal.SIGPROF:
            how = f"it was ended after {PROCESSOR:g} s of processor time"
        elif code is not None and code < 0:
            how = f"{how} of {signal.Signals(-code).name}"
        self.stop()
        number = number if number in self._left else self._left[0]
        self._left.remove(number)
        if self._left:
            self.start()
        return Lost(number, step, how)


def rounds(work: Work, numbers: Sequence[int], children: int = CHILDREN) -> Iterator[Done | Lost]:
    """Every number's result, as they come; no child outlives the iteration."""
    with _workers(work, [numbers[start::children] for start in range(children)]) as workers:
        while busy := [worker for worker in workers if not worker.is_done]:
            multiprocessing.connection.wait([worker.reader for worker in busy], _LOOK)
            for worker in busy:
                yield from worker.take()


@contextmanager
def _workers(work: Work, shares: list[Sequence[int]]) -> Iterator[list[_Worker]]:
    workers: list[_Worker] = []
    try:
        workers += [_Worker(work, share) for share in shares if share]
        yield workers
    finally:
        for worker in workers:
            worker.stop()


def _rounds(work: Work, numbers: Sequence[int], state: _State, writer: Any) -> None:
    _bound_memory()
    work.begin()
    for number in numbers:
        state.begin(number)
        writer.send((number, work.do(number, state)))


def _bound_memory() -> None:
    import resource  # not on every system, and of no use to the parent

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, hard))
