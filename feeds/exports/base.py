"""What a format of references is, and the registry of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from feeds.records import PaperView
from feeds.registry import Registry


@dataclass(frozen=True, slots=True)
class About:
    """What a file may say of itself: its title in plain text, and absolute addresses.

    `site` is the site's, `home` the page that shows the same papers, `following` the file with
    those that come after these, empty where there are none. `said` is what readers are told of
    a feed's edition.
    """

    title: str
    site: str
    home: str
    following: str = ""
    said: tuple[str, ...] = ()

    def permalink(self, paper: PaperView) -> str:
        return self.site + paper.path


class Export(Protocol):
    """A format of references.

    `name` ends its addresses (/papers.bib), `label` names it in a sentence. `download` says that a
    browser should keep the file rather than show it, and `order` where it stands among the others.
    """

    name: str
    label: str
    content_type: str
    download: bool
    order: int

    def render(self, papers: Sequence[PaperView], about: About) -> bytes:
        """The papers in their order, in UTF-8."""
        ...

    def one(self, paper: PaperView, about: About) -> bytes:
        """That paper alone."""
        ...


exports: Registry[Export] = Registry("feeds.exports")


def forms() -> list[Export]:
    """All formats, as they stand beside one another."""
    return sorted(exports.all(), key=lambda form: form.order)
