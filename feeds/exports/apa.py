"""A paper in the style of the APA's manual (7th edition), as plain text to copy."""

from feeds.exports.facts import UNDATED, kind, link, year
from feeds.exports.persons import Person, person
from feeds.records import PaperView

# Beyond so many authors the first nineteen and the last stand.
_MOST = 20


def citation(paper: PaperView, permalink: str) -> str:
    """ "Liu, Z., & van der Berg, A. B. (2026). A title. arXiv. https://arxiv.org/abs/…"."""
    where = "arXiv. " if kind(paper) == "preprint" and not paper.doi else ""
    date = f"({year(paper) or UNDATED})."
    title = paper.title if paper.title.endswith(("?", "!", ".")) else f"{paper.title}."
    by = _authors([_name(person(author)) for author in _shown(paper)])
    said = f"{by} {date} {title}" if by else f"{title} {date}"
    address = f"https://doi.org/{paper.doi}" if paper.doi else link(paper, permalink)
    return f"{said} {where}{address}"


def _shown(paper: PaperView) -> list[str]:
    authors = list(paper.authors)
    return authors if len(authors) <= _MOST else [*authors[: _MOST - 1], "…", authors[-1]]


def _authors(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    if "…" in names:
        return f"{', '.join(names[:-2])}, … {names[-1]}"
    return f"{', '.join(names[:-1])}, & {names[-1]}"


def _name(known: Person) -> str:
    initials = " ".join(_initial(word) for word in known.given.split())
    return ", ".join(filter(None, (known.family, initials, known.suffix)))


def _initial(word: str) -> str:
    """ "Jean-Luc" as "J.-L.", "B." and "Б." as they are."""
    return "-".join(f"{part[0]}." for part in word.split("-") if part)
