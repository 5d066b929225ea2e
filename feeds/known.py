"""Papers that the process has read already, known while the database stays as it was."""

from collections.abc import Callable, Sequence

from django.conf import settings

from feeds.records import PaperView
from feeds.shown import Way
from feeds.unchanged import unchanged

Shelf = dict[tuple[Way, int], PaperView]
_NOTHING: tuple[str, Shelf] = ("", {})


class Known:
    """What was read in one state of a server; in another one nothing of it is known."""

    def __init__(self) -> None:
        self._now: dict[str, tuple[str, Shelf]] = {}

    def find(
        self,
        papers: Sequence[int],
        way: Way,
        read: Callable[[Sequence[int], Way], dict[int, PaperView]],
    ) -> dict[int, PaperView]:
        """The papers (ids) told that way, by id; `read` reads those that are not known."""
        state = unchanged.now() if papers and settings.KNOWN_PAPERS else None
        if state is None:
            return read(papers, way)
        shelf = self._shelf(state)
        found = {paper: shelf[way, paper] for paper in papers if (way, paper) in shelf}
        if missing := [paper for paper in papers if paper not in found]:
            new = read(missing, way)
            shelf.update({(way, paper): view for paper, view in new.items()})
            found |= new
        return found

    def _shelf(self, state: str) -> Shelf:
        """That of the state; what another thread still reads for an older one stays its own."""
        server = state.partition(" ")[0]
        kept, shelf = self._now.get(server, _NOTHING)
        if kept != state or len(shelf) > settings.KNOWN_PAPERS:
            shelf = {}
            self._now[server] = (state, shelf)
        return shelf


known = Known()
