"""The text of a daily papers page, as people copy it or tools dump it."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from feeds.identify import title_key
from feeds.parsers.base import Declined, parsers
from feeds.parsers.decoding import decode
from feeds.parsers.entry import entry
from feeds.parsers.page_blocks import Block, blocks, is_markdown, unescaped
from feeds.parsers.page_paragraphs import Paragraph, paragraphs, reads_as_abstract
from feeds.parsers.page_signs import BYLINE, MASTHEAD, Kind, sign
from feeds.records import PaperRecord, ParsedDigest, Problem, RawDigest
from feeds.tex.clean import strip_controls

MASTHEAD_BLOCKS = 200
MOST_LINES = 100_000
_PAPER_URL = re.compile(r"(?:^|\.co|\.org|//[^/\s]+)/papers?/([^/?#\s]+)$")


class PageText:
    """The papers page as text: a masthead, then papers, each a title and mostly an abstract.

    How titles are told: where the page marks them, as headings or as links to papers, by that.
    Else a paragraph is a title where one is due (at the beginning, after a count of votes, after
    a paper's authors or day), and elsewhere unless it reads as an abstract (long, or sentences
    with full stops). Paragraphs are parted by blank lines; hard wraps inside them are undone.

    What else stands there: a count before a title are its votes, one after its day its comments
    ("-" is none); a name above the day is the organisation; days beside papers date the papers,
    the one in the masthead the edition. A paper that the page shows twice is taken once.
    """

    name = "page_text"
    label = "papers page text"
    order = 90

    def parse(self, digest: RawDigest) -> ParsedDigest:
        text = strip_controls(decode(digest.whole()))
        if not MASTHEAD.search(text):
            raise Declined("it lacks the masthead of a papers page")
        if text.count("\n") > MOST_LINES:
            raise Declined("it has more lines than any page")
        reader = _Reader(blocks(unescaped(text) if is_markdown(text) else text), digest)
        entries = [_entry(number, paper) for number, paper in enumerate(reader.read(), start=1)]
        if not any(isinstance(one, PaperRecord) for one in entries):
            raise Declined("it has the masthead of a papers page, but no paper below it")
        return ParsedDigest(self.name, digest.date or reader.day, entries, reader.byline)


@dataclass(slots=True)
class _Paper:
    line: int
    title: str
    id: str = ""
    abstract: list[str] = field(default_factory=list)
    votes: str | None = None
    comments: str | None = None
    published: date | None = None
    organization: str = ""
    code_url: str = ""
    code_stars: str = ""
    closed: bool = False  # what follows its authors or day is not its abstract


class _Reader:
    """Goes through the paragraphs once; what a text is depends on the paper before it."""

    def __init__(self, found: list[Block], digest: RawDigest) -> None:
        self.today = digest.today
        self.edition = digest.date
        self.day: date | None = None
        self.byline = _byline(found)
        self.parts = _body(paragraphs(found, digest.today))
        texts = [part for part in self.parts if part.kind is Kind.TEXT]
        self.headed = any(part.block.heading for part in texts)
        self.linked = any(_paper_in(part.block) for part in texts)
        self.papers: list[_Paper] = []
        self.votes: str | None = None
        self.submitter_due = False

    def read(self) -> list[_Paper]:
        for at, part in enumerate(self.parts):
            if part.kind is Kind.TEXT and self.submitter_due and not self._is_marked(part):
                self.submitter_due = False
                continue
            _TAKE[part.kind](self, at, part)
            if part.kind is not Kind.CHROME:
                self.submitter_due = part.kind is Kind.SUBMITTER and not part.sign.says
        return _once(self.papers)

    @property
    def paper(self) -> _Paper | None:
        return self.papers[-1] if self.papers else None

    def _text(self, at: int, part: Paragraph) -> None:
        paper = self.paper
        if self._is_title(at, part):
            self._begin(part)
        elif paper and self._is_organization(at, part):
            paper.organization, paper.closed = part.text, True
        elif paper and not paper.closed:
            paper.abstract.append(part.text)

    def _begin(self, part: Paragraph) -> None:
        paper = _Paper(part.block.line, part.text, _paper_in(part.block))
        paper.votes, self.votes = self.votes, None
        self.papers.append(paper)

    def _is_marked(self, part: Paragraph) -> bool:
        return part.block.heading if self.headed else bool(_paper_in(part.block))

    def _is_title(self, at: int, part: Paragraph) -> bool:
        paper = self.paper
        if self.headed:
            return part.block.heading
        if self.linked:
            said = _paper_in(part.block)
            return bool(said) and (paper is None or paper.closed or said != paper.id)
        if paper is None or paper.closed or self.votes is not None:
            return True
        if reads_as_abstract(part.text) or self._is_organization(at, part):
            return False
        return bool(paper.abstract) or self._abstract_follows(at)

    def _abstract_follows(self, at: int) -> bool:
        """Whether a short text after a title is the next title: its own abstract follows it."""
        following = [part for part in self.parts[at + 1 : at + 2] if part.kind is Kind.TEXT]
        return any(reads_as_abstract(part.text) for part in following)

    def _is_organization(self, at: int, part: Paragraph) -> bool:
        """Whether a short text stands where authors do: with a middle dot or a day below it."""
        paper = self.paper
        if paper is None or paper.closed or len(part.text) > 100 or part.block.heading:
            return False
        following = self.parts[at + 1 : at + 2]
        return any(one.lines[0].startswith("·") or one.kind is Kind.DAY for one in following)

    def _count(self, at: int, part: Paragraph) -> None:
        paper, says = self.paper, part.sign.says
        if paper and ("#community" in part.block.url or self._are_comments(at, part, paper)):
            paper.comments, paper.closed = says, True
        elif paper and part.block.url and _login_for(part.block) == paper.id:
            paper.votes, paper.closed = says, True
        else:
            self.votes = says
            if paper:
                paper.closed = True

    def _are_comments(self, at: int, part: Paragraph, paper: _Paper) -> bool:
        """A count right after a paper's day, with another one or a label before the next title."""
        if not paper.published or paper.comments is not None or "/login" in part.block.url:
            return False
        if self.parts[at - 1].kind is not Kind.DAY:
            return False
        following = [one.kind for one in self.parts[at + 1 :][:3] if one.kind is not Kind.CHROME]
        return following[:1] != [Kind.TEXT]

    def _day(self, _: int, part: Paragraph) -> None:
        paper = self.paper
        if paper is None:
            self.day = self.day or part.sign.day
        else:
            # No paper is younger than the edition that names it.
            latest = min(self.edition or self.day or self.today, self.today)
            paper.published, paper.closed = sign(part.block, latest).day, True

    def _comments(self, _: int, part: Paragraph) -> None:
        if paper := self.paper:
            paper.comments, paper.closed = part.sign.says, True

    def _close(self, _: int, part: Paragraph) -> None:
        if paper := self.paper:
            paper.closed = True
            if part.kind is Kind.CODE:
                paper.code_url, paper.code_stars = part.block.url, part.sign.says
            elif part.kind is Kind.ORGANIZATION:
                paper.organization = part.sign.says

    def _skip(self, _: int, part: Paragraph) -> None:
        """Furniture of the page."""


_TAKE = {
    Kind.TEXT: _Reader._text,  # noqa: SLF001 (a table of its own methods)
    Kind.COUNT: _Reader._count,  # noqa: SLF001
    Kind.COMMENTS: _Reader._comments,  # noqa: SLF001
    Kind.DAY: _Reader._day,  # noqa: SLF001
    Kind.AUTHORS: _Reader._close,  # noqa: SLF001
    Kind.SUBMITTER: _Reader._close,  # noqa: SLF001
    Kind.CODE: _Reader._close,  # noqa: SLF001
    Kind.ORGANIZATION: _Reader._close,  # noqa: SLF001
    Kind.CHROME: _Reader._skip,  # noqa: SLF001
}


def _body(parts: list[Paragraph]) -> list[Paragraph]:
    """What stands below the first line of the masthead."""
    first = next((at for at, part in enumerate(parts) if MASTHEAD.search(part.text)), -1)
    return parts[first + 1 :]


def _byline(found: list[Block]) -> str:
    said = BYLINE.search(" ".join(block.text for block in found[:MASTHEAD_BLOCKS]))
    return said[1] if said else ""


def _paper_in(block: Block) -> str:
    """The id of the paper that a block with a text links to, or ""."""
    found = _PAPER_URL.search(block.url)
    return found[1] if found and block.text and found[1] != "trending" else ""


def _login_for(block: Block) -> str:
    return block.url.rpartition("%2F")[2] if "/login" in block.url else ""


def _once(papers: list[_Paper]) -> list[_Paper]:
    """Each paper once, in the order of first mention; a double fills what the first left open."""
    first: dict[str, _Paper] = {}
    for number, paper in enumerate(papers):
        key = paper.id or title_key(paper.title) or str(number)
        known = first.get(key)
        if known is None:
            first[key] = paper
        elif _differ(known, paper):
            first[f"{key} {number}"] = paper
        else:
            _fill(known, paper)
    return list(first.values())


def _differ(one: _Paper, other: _Paper) -> bool:
    """Two works of one title: neither has an id, and they are told differently."""
    if one.id or not one.abstract or not other.abstract:
        return False
    return title_key(one.abstract[0])[:100] != title_key(other.abstract[0])[:100]


def _fill(known: _Paper, paper: _Paper) -> None:
    for name in ("abstract", "votes", "comments", "published", "organization", "code_url"):
        if not getattr(known, name):
            setattr(known, name, getattr(paper, name))
    known.code_stars = known.code_stars or paper.code_stars


def _entry(number: int, paper: _Paper) -> PaperRecord | Problem:
    return entry(
        f"entry {number}, line {paper.line}",
        title=paper.title,
        abstract="\n\n".join(paper.abstract),
        ids=[paper.id],
        published_at=paper.published and datetime.combine(paper.published, time.min, UTC),
        votes=paper.votes,
        comments=paper.comments,
        organization=paper.organization,
        code_url=paper.code_url,
        code_stars=paper.code_stars,
    )


parsers.register(PageText())
