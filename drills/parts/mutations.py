"""Ten thousand wild documents, read by every parser."""

import heapq
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from drills.children import CHILDREN, Child, Done, Lost, rounds
from drills.frame import Asked, Overdue, Row, drills
from drills.judging import Step, step_names, steps
from drills.material import Material, gather
from drills.mutating import mutation

ROUNDS = 10_000
SLOWEST = 10
FIRST = b'[{"paper": {"id": "2604.01001", "title": "A title", "summary": "Its words."}}]'
PATIENCE = 5.0  # seconds of processor time that one call may take


@dataclass(slots=True)
class Reading:
    """A child's work: the round's document, made and read; what came of each step."""

    seed: int
    material: Material | None = None

    def begin(self) -> None:
        self.material = gather()
        list(steps(FIRST, lambda _: None))  # what is made on first use counts for no round

    def do(self, number: int, child: Child) -> tuple[str, int, list[Step]]:
        if self.material is None:
            raise RuntimeError("It has not begun.")
        wild = mutation(self.seed, number, self.material)

        def begin(step: int) -> None:
            child.step = step

        return wild.story, len(wild.content), list(steps(wild.content, begin))


@dataclass(slots=True)
class Tally:
    """What came of all rounds; a call of more than `patience` seconds is a failure."""

    patience: float = PATIENCE
    rounds: int = 0
    calls: int = 0
    entries: int = 0
    taken: Counter[str] = field(default_factory=Counter)
    wrong: dict[tuple[str, str], list[tuple[int, str, str]]] = field(default_factory=dict)
    slowest: list[tuple[float, int, str, str]] = field(default_factory=list)

    def add(self, number: int, story: str, size: int, done: list[Step]) -> None:
        self.rounds += 1
        self.calls += len(done)
        for step in done:
            self.entries += step.entries
            self.taken[step.name] += bool(step.entries)
            place = (step.seconds, number, step.name, f"{story}; {size:,} bytes")
            (heapq.heappush if len(self.slowest) < SLOWEST else heapq.heappushpop)(
                self.slowest, place
            )
            if step.wrong:
                self.fail(number, step.name, step.wrong, story)
            elif step.seconds > self.patience:
                self.fail(number, step.name, f"it took {step.seconds:.1f} s", story)

    def fail(self, number: int, step: str, wrong: str, story: str = "") -> None:
        """Notes what is wrong, beside others that differ in their numbers alone."""
        kind = step, re.sub(r"\d+", "0", wrong)
        self.wrong.setdefault(kind, []).append((number, wrong, story))

    @property
    def failures(self) -> int:
        return sum(map(len, self.wrong.values()))

    def failed(self) -> Iterator[Row]:
        """A row for each kind of what is wrong, with the round that shows it first."""
        for (step, _), found in self.wrong.items():
            number, wrong, story = min(found)
            more = f"; {len(found) - 1} more like it" if len(found) > 1 else ""
            yield Row(f"round {number}, {step}", wrong, held=False, note=story + more)


class Mutations:
    name = "mutations"
    about = "wild documents, read by every parser alone and by all together"
    minutes = 45.0

    def run(self, asked: Asked) -> Iterator[Row]:
        tally = Tally()
        try:
            read_all(asked.seed, asked.only or range(asked.count or ROUNDS), tally)
        except Overdue as late:
            yield Row("time", str(late), held=False)
        yield from tally.failed()
        yield Row(
            "unhandled exceptions, hangs, unclean entries",
            f"{tally.failures} in {tally.rounds:,} documents, {tally.calls:,} calls, "
            f"{tally.entries:,} entries",
            held=not tally.failures,
            note=f"seed {asked.seed}; a hang is {PATIENCE:g} s of processor time or more",
        )
        yield Row("documents that each took", _counted(tally.taken))
        for seconds, number, step, story in sorted(tally.slowest, reverse=True):
            yield Row(f"slow: round {number}, {step}", f"{seconds:.2f} s", note=story)


def read_all(seed: int, numbers: Iterable[int], tally: Tally, children: int = CHILDREN) -> None:
    """Makes and reads the wild documents of these numbers, in processes of their own."""
    names = step_names()
    for one in rounds(Reading(seed), list(numbers), children):
        match one:
            case Done(number, (story, size, done)):
                tally.add(number, story, size, done)
            case Lost(number, step, how):
                tally.fail(number, names[step], how, mutation(seed, number, gather()).story)


def _counted(taken: Counter[str]) -> str:
    return ", ".join(f"{name} {taken[name]:,}" for name in step_names() if name != "unpack")


drills.register(Mutations())
