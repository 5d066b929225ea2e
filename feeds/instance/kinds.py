"""The kinds of rows that an export holds. Each package says which are its own."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, Model

Row = dict[str, Any]
Change = Callable[[Row], Row]
AnyField = Field[Any, Any]

FORMAT = 1


@dataclass(frozen=True)
class Choice:
    """What else goes into an export: documents as they came, and what opens or signs something."""

    raw: bool = True
    secrets: bool = False


@dataclass(frozen=True)
class Kind:
    """One model's rows.

    `left_out` are fields that are computed again from the others. `without_secrets` and
    `without_raw` make of a row one that may travel without them; `is_raw` says that there is no
    such row at all. `at_once` rows are in memory together. With `by_itself` a running instance
    writes such rows of itself: an import replaces them.
    """

    model: type[Model]
    left_out: tuple[str, ...] = ()
    without_secrets: Change | None = None
    without_raw: Change | None = None
    is_raw: bool = False
    at_once: int = 500
    by_itself: bool = False

    @property
    def name(self) -> str:
        """The class's name in small letters: `paper_tag`."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", self.model.__name__).lower()

    @property
    def key(self) -> AnyField:
        return self.model._meta.pk  # noqa: SLF001 (Django documents _meta)

    @property
    def fields(self) -> list[AnyField]:
        """The columns of a row, in order."""
        columns = self.model._meta.concrete_fields  # noqa: SLF001 (Django documents _meta)
        return [field for field in columns if field.name not in self.left_out]

    def changes(self, choice: Choice) -> list[Change]:
        """What is done to each row of an export of that choice."""
        wanted = [
            None if choice.secrets else self.without_secrets,
            None if choice.raw else self.without_raw,
        ]
        return [change for change in wanted if change]

    def goes_into(self, choice: Choice) -> bool:
        return choice.raw or not self.is_raw


def in_order(kinds: Iterable[Kind]) -> list[Kind]:
    """Each after those that its rows name, else as they are given.

    Raises ValueError where there is no such order, or a name is taken twice.
    """
    left, done = list(kinds), list[Kind]()
    if len({kind.name for kind in left}) < len(left):
        raise ValueError("Two kinds have the same name.")
    known = {kind.model for kind in left}
    while left:
        placed = {kind.model for kind in done}
        ready = next((kind for kind in left if not _named(kind) & known - placed), None)
        if ready is None:
            raise ValueError(f"{left[0].name} names a kind that names it.")
        left.remove(ready)
        done.append(ready)
    return done


def _named(kind: Kind) -> set[object]:
    """The other models whose rows a row of this kind names."""
    named: set[object] = {field.related_model for field in kind.fields}
    return named - {kind.model, None}


def by_name(kinds: Sequence[Kind]) -> dict[str, Kind]:
    return {kind.name: kind for kind in kinds}
