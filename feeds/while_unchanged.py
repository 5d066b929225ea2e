"""What was made of one state of the database, kept for as long as that stays as it was."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from feeds.unchanged import unchanged

Value = TypeVar("Value")


class WhileUnchanged(Generic[Value]):
    """Keeps at most so many values of the state that each server was in last."""

    def __init__(self, most: int = 1_000) -> None:
        self._most = most
        self._now: dict[str, tuple[str, dict[Hashable, Value]]] = {}

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """What was made for the key in this state, or is made now; it holds for no viewer."""
        state = unchanged.now()
        if state is None:
            return make()
        kept = self._kept(state)
        if key not in kept:
            kept[key] = make()
        return kept[key]

    def _kept(self, state: str) -> dict[Hashable, Value]:
        """That of the state; what another thread still makes for an older one stays its own."""
        server = state.partition(" ")[0]
        known, kept = self._now.get(server, ("", {}))
        if known != state or len(kept) >= self._most:
            kept = {}
            self._now[server] = (state, kept)
        return kept
