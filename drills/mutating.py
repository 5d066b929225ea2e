"""Documents made wild: a round's number decides which document, and what is done to it."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from drills import mutating_bytes, mutating_shape, mutating_text
from drills.material import Material

Change = Callable[[bytes, Random, Material], bytes]
LARGEST = 12_000_000  # bytes; what is longer tries patience, not parsers

CHANGES: tuple[Change, ...] = (
    *mutating_bytes.CHANGES,
    *mutating_text.CHANGES,
    *mutating_shape.CHANGES,
)


@dataclass(frozen=True, slots=True)
class Mutation:
    """A wild document: what it was, and the changes in their order."""

    number: int
    name: str
    changes: tuple[str, ...]
    content: bytes

    @property
    def story(self) -> str:
        return f"{self.name}: {', '.join(self.changes)}"


def mutation(seed: int, number: int, material: Material) -> Mutation:
    """The wild document of a round; the same for the same seed, number and material."""
    chance = Random(f"{seed}/{number}")
    document = material.choose(chance)
    content = document.content
    names = []
    for _ in range(chance.choice((1, 1, 2, 2, 3, 4))):
        change = chance.choice(CHANGES)
        content = change(content, chance, material)[:LARGEST]
        names.append(change.__name__)
    if chance.random() < 0.05:
        packed = chance.choice(mutating_bytes.PACKED)
        content = packed(content, chance, material)
        names.append(packed.__name__)
    return Mutation(number, document.name, tuple(names), content)
