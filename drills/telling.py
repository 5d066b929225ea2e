"""The same papers as several formats tell of them, each in its own words."""

import json
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from xml.sax.saxutils import escape

MASTHEAD = (
    "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\n"
    "byAK and the research community\n\n"
)


@dataclass(frozen=True, slots=True)
class Work:
    """A paper as it is; `number` makes what differs between those who tell of it."""

    number: int
    arxiv_id: str
    title: str
    abstract: str
    authors: tuple[str, ...]

    @property
    def doi(self) -> str:
        return f"10.1234/work.{self.number}" if self.number % 3 == 0 else ""


@dataclass(frozen=True, slots=True)
class Telling:
    """A document: which source brings it, for which day."""

    source: str
    day: date
    content: bytes


def tellings(works: Sequence[Work], day: date) -> list[Telling]:
    """What is told of a day's papers: on the day, and by and by."""
    later = works[::2]
    return [
        Telling("daily", day, daily(works, votes=1)),
        Telling("weekly", day + timedelta(7), daily(later, votes=5)),
        Telling("page", day, page(works, day)),
        Telling("arxiv", day + timedelta(30), oai(works, day)),
        Telling("library", day + timedelta(60), bibtex(works)),
    ]


def daily(works: Sequence[Work], votes: int) -> bytes:
    return json.dumps([{"paper": _item(work, votes)} for work in works]).encode()


def _item(work: Work, votes: int) -> dict[str, object]:
    item: dict[str, object] = {
        "id": work.arxiv_id,
        "title": work.title,
        "summary": work.abstract if votes == 1 else f"{work.abstract} Told again.",
        "authors": [{"name": name} for name in work.authors],
        "upvotes": work.number % 40 * votes,
        "ai_keywords": [f"word {work.number % 7}", f"word {votes}"],
    }
    if work.number % votes == 0:
        item["githubRepo"] = f"https://github.com/example/{work.number}-{votes}"
    return item


def page(works: Sequence[Work], day: date) -> bytes:
    """Titles and abstracts alone; those that the page would not tell apart are left out."""
    shown = f"{day:%b} {day.day}"
    told = [f"{work.title}\n\n{work.abstract}\n" for work in works if len(work.abstract) > 300]
    return (MASTHEAD + f"{shown}\n\n" + "\n".join(told)).encode()


def oai(works: Sequence[Work], day: date) -> bytes:
    records = "".join(_record(work, day) for work in works)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">\n'
        f"<ListRecords>\n{records}</ListRecords>\n</OAI-PMH>\n"
    ).encode()


def _record(work: Work, day: date) -> str:
    authors = "".join(
        f"<author><keyname>{escape(last or first)}</keyname>"
        f"<forenames>{escape(first if last else '')}</forenames></author>"
        for first, _, last in (name.rpartition(" ") for name in work.authors)
    )
    wrapped = "\n".join(textwrap.wrap(work.abstract, 78))
    doi = f"<doi>{work.doi}</doi>" if work.doi else ""
    return (
        f"<record><header><identifier>oai:arXiv.org:{work.arxiv_id}</identifier>"
        f"<datestamp>{day}</datestamp></header><metadata>"
        f'<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>{work.arxiv_id}</id>'
        f"<created>{day}</created><authors>{authors}</authors><title>{escape(work.title)}</title>"
        f"<categories>cs.CL cs.LG</categories>{doi}<abstract>  {escape(wrapped)}</abstract>"
        "</arXiv></metadata></record>\n"
    )


def bibtex(works: Sequence[Work]) -> bytes:
    """As a library keeps them: with the DOI where there is one, else with the arXiv id."""
    return "\n".join(_reference(work) for work in works).encode()


def _reference(work: Work) -> str:
    title = work.title.replace("{", "").replace("}", "")
    name = f"doi = {{{work.doi}}}" if work.doi else f"eprint = {{{work.arxiv_id}}}"
    authors = " and ".join(work.authors[:3])
    return (
        f"@article{{work{work.number},\n"
        f" title = {{{title}}},\n author = {{{authors}}},\n {name}\n}}\n"
    )
