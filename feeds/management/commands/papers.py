"""manage.py papers: lists, searches and reads in a terminal, by the query of every other output."""

from typing import Any
from urllib.parse import parse_qsl

import orjson
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console, Group, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.text import Text

from feeds import reading
from feeds.answers import pointed_at
from feeds.api.render import page_json, paper_alone_json
from feeds.asked import Asked, site_address
from feeds.management.person import add_person, person_of
from feeds.mcp.texts import whole_paper_text
from feeds.query import TERMS, QueryError, parse_pairs
from feeds.reading import Page
from feeds.records import PaperView

USUAL = 20


class Command(BaseCommand):
    help = "Lists, searches and reads papers."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        listing = acts.add_parser("ls", help="list the papers that answer a query")
        listing.add_argument("query", nargs="?", default="", help="like 'tag=diffusion&sort=top'")
        search = acts.add_parser("search", help="search by words")
        search.add_argument("words", nargs="+")
        for one in (listing, search):
            for term in TERMS:
                one.add_argument(f"--{term}", action="append", default=[])
            one.add_argument("--limit", type=int, default=USUAL, help=f"1 to {reading.MOST}")
            one.add_argument("--cursor", default="", help="from the page before")
        read = acts.add_parser("read", help="read one paper")
        read.add_argument("paper", help="its key, arXiv id or DOI")
        for one in (listing, search, read):
            one.add_argument("--json", action="store_true", help="as the API has it")
            add_person(one)

    def handle(self, **options: Any) -> None:
        person = person_of(options["person"])
        viewer = person.pk if person else None
        try:
            if options["act"] == "read":
                self._read(options, viewer)
            else:
                self._list(options, viewer)
        except QueryError as slip:
            raise CommandError(pointed_at(slip)) from None

    def _list(self, options: dict[str, Any], viewer: int | None) -> None:
        if not 1 <= options["limit"] <= reading.MOST:
            raise CommandError(f"--limit takes a number from 1 to {reading.MOST}.")
        asked = Asked(parse_pairs(_pairs(options)), options["cursor"], options["limit"])
        page = asked.answer(viewer)
        if options["json"]:
            following = asked.following(page)
            signed_in = viewer is not None
            self._tell_json(page_json(page, following, "/api/v1/papers", signed_in=signed_in))
        elif self.stdout.isatty():
            Console().print(_shown(page))
        else:
            for paper in page.papers:
                self.stdout.write(f"{paper.key}\t{paper.votes}\t{paper.title}")

    def _read(self, options: dict[str, Any], viewer: int | None) -> None:
        paper = reading.paper(options["paper"], viewer=viewer)
        if paper is None:
            raise CommandError(f"No paper is known as {options['paper'][:100]}.")
        if options["json"]:
            self._tell_json(paper_alone_json(paper, signed_in=viewer is not None))
        elif self.stdout.isatty():
            Console().print(Markdown(whole_paper_text(paper, viewer)))
        else:
            self.stdout.write(whole_paper_text(paper, viewer))

    def _tell_json(self, told: dict[str, Any]) -> None:
        options = orjson.OPT_UTC_Z | orjson.OPT_INDENT_2
        self.stdout.write(orjson.dumps(told, option=options).decode())


def _pairs(options: dict[str, Any]) -> list[tuple[str, str]]:
    """The terms: of the query string, of the words, of the options that are named like them."""
    pairs = parse_qsl(options.get("query", "").removeprefix("?"), keep_blank_values=True)
    pairs += [("q", word) for word in options.get("words", [])]
    return pairs + [(term, value) for term in TERMS for value in options[term]]


def _shown(page: Page) -> RenderableType:
    if not page.papers:
        return "No paper answers this."
    more = [Text(f"More: --cursor {page.cursor}", "dim")] if page.cursor else []
    return Group(*(Text(one) for one in page.said), *map(_card, page.papers), *more)


def _card(paper: PaperView) -> RenderableType:
    """Rank, title and authors, the gist, and where it is."""
    title = Text.assemble(
        (f"{paper.rank}. ", "dim"), (paper.title, f"bold link {site_address(paper.path)}")
    )
    authors = ", ".join(paper.authors[:3]) + (" …" if len(paper.authors) > 3 else "")
    about = Text(f"{paper.key} · {paper.votes} votes · {authors}", "dim")
    return Group(title, Padding(Group(about, Text(paper.marked_gist)), (0, 0, 1, 3)))
