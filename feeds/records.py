"""What travels between the stages: plain frozen records, no database behind them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

LARGEST_WHOLE = 64 * 1024 * 1024


class TooLong(Exception):
    """A document of more bytes than are read at once; the text is a clause that says so."""


class Content(Protocol):
    """A document's bytes, or something that gives any part of them without holding them all."""

    def __len__(self) -> int: ...
    def __getitem__(self, part: slice, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class RawDigest:
    """One document as it came in.

    `content` may be longer than memory: a parser of long documents takes it in slices, any
    other takes `whole()`.
    `date` is what the caller says the edition's day is; None leaves it to the document.
    `today` is the day on which the document is read: a header without a year
    ("Apr 24") is the latest such day that is not after it.
    """

    content: Content
    today: dt.date
    date: dt.date | None = None
    name: str = ""

    def whole(self) -> bytes:
        """All bytes at once. Raises TooLong beyond `LARGEST_WHOLE`."""
        if len(self.content) > LARGEST_WHOLE:
            raise TooLong(f"it is longer than {LARGEST_WHOLE:,} bytes, which is read at once")
        return self.content[:]


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a paper: `number` counts from 1, `note` is what is said of it.

    0 is a version of which the digest does not say which it is.
    """

    number: int
    submitted_at: dt.datetime | None = None
    withdrawn: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """One paper as one digest tells of it. Empty means: this digest does not say.

    `title` and `abstract` are plain Unicode with TeX left as it was. `summary` is the
    digest's gist of one or two sentences, `keywords` are its own words for the topics,
    `categories` are arXiv's ids ("cs.CL"), the primary one first. `votes` and `comments`
    are what the digest reports; None where it does not.
    """

    title: str
    abstract: str = ""
    authors: tuple[str, ...] = ()
    arxiv_id: str = ""
    doi: str = ""
    published_at: dt.datetime | None = None
    listed_at: dt.datetime | None = None
    keywords: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    votes: int | None = None
    comments: int | None = None
    code_url: str = ""
    code_stars: int | None = None
    project_url: str = ""
    thumbnail_url: str = ""
    organization: str = ""
    summary: str = ""
    versions: tuple[Version, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """An entry that was put aside: where it stands ("entry 3, line 41"), and why."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class ParsedDigest:
    """A document understood: its day (None when it names none) and its entries in order.

    `entries` may be read once only, so that a long document need not be held in memory.
    """

    parser: str
    date: dt.date | None
    entries: Iterable[PaperRecord | Problem]
    byline: str = ""


@dataclass(frozen=True, slots=True)
class TagRecord:
    """A tag that a tagger proposes for a paper, with the reason in words.

    `confidence` lies in 0…1. `kind` is one of `TAG_KINDS`.
    """

    slug: str
    name: str
    kind: str
    tagger: str
    why: str
    confidence: float
    description: str = ""


# Who may have said what a paper's gist is; the first two wrote it for this site.
GISTS_BY = ("curators", "model", "digest", "abstract")
WRITTEN = GISTS_BY[:2]

TAG_KINDS = ("category", "topic", "task", "method", "modality", "dataset", "curator")


@dataclass(frozen=True, slots=True)
class Signals:
    """What a ranker may look at.

    `votes` and `comments` are ours and the digests' together, `listed_at` is when a digest first
    named the paper, `place` the best position that a digest gave it (0 is first). `first_votes` are
    those that the first digest reported, `usual_votes` the votes a day that the paper's tags
    usually get, averaged over them; None where it has none. `followers` are the readers who
    followed one of its tags or authors when it was listed.
    """

    votes: int
    listed_at: dt.datetime
    place: int = 0
    comments: int = 0
    first_votes: int = 0
    usual_votes: float | None = None
    followers: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """One addend of a score, in words: the parts of a score sum to it."""

    label: str
    value: float


@dataclass(frozen=True, slots=True)
class Score:
    parts: tuple[Part, ...]

    @property
    def value(self) -> float:
        return sum(part.value for part in self.parts)


@dataclass(frozen=True, slots=True)
class TagView:
    """A tag as a reader sees it on a paper: who put it there, why, and how sure (0…1)."""

    slug: str
    name: str
    kind: str
    tagger: str = ""
    why: str = ""
    confidence: float = 1.0
    description: str = ""


@dataclass(frozen=True, slots=True)
class ListingView:
    """Where a digest named the paper: source, day, and place (1 is first)."""

    source: str
    source_slug: str
    date: dt.date
    place: int
    votes: int | None


@dataclass(frozen=True, slots=True)
class Giver:
    """Someone who submitted a paper, by the name that others see; `path` is their page, "" where
    they chose no name."""

    name: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Writer:
    """One of this site's people who wrote a paper: `author` is their name on it."""

    author: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper as every output renders it.

    `title` and `excerpt` are readable plain text, `title_tex` and `abstract` what the digest
    said, `title_html` and `abstract_html` safe markup. `rank` counts from 1 through all pages
    of the list. `comments` are our readers', `reported_comments` those that a digest reports.
    `score` is that of the order in which the list stands; `note` says why a paper stands there
    where it is not for its score. `primary` is the slug of arXiv's primary category, which leads
    `categories`. `givers` are the readers who gave the paper, `writers` those
    of this site who wrote it; both where it is read alone. `saved`, `read`, `hidden` and `less`
    (like it) are what the viewer said of it, as `voted` is; a vote that is held does not count yet.
    """

    id: int
    key: str
    arxiv_id: str
    doi: str
    title: str
    title_tex: str
    title_html: str
    abstract: str
    abstract_html: str
    excerpt: str
    summary: str
    authors: tuple[str, ...]
    published_at: dt.datetime | None
    listed_at: dt.datetime
    tags: tuple[TagView, ...]
    listings: tuple[ListingView, ...]
    votes: int
    comments: int
    reported_comments: int
    code_url: str
    code_stars: int | None
    project_url: str
    thumbnail_url: str
    organization: str
    changed_at: dt.datetime
    score: Score
    versions: tuple[Version, ...] = ()
    rank: int = 0
    voted: bool = False
    vote_held: bool = False
    note: str = ""
    givers: tuple[Giver, ...] = ()
    writers: tuple[Writer, ...] = ()
    saved: bool = False
    read: bool = False
    hidden: bool = False
    less: bool = False
    written_gist: str = ""
    gist_by: str = ""
    primary: str = ""
    scores: tuple[tuple[str, Score], ...] = ()

    @property
    def path(self) -> str:
        return f"/papers/{self.key}"

    @property
    def submitted_by(self) -> str:
        return " and ".join(giver.name for giver in self.givers)

    @property
    def withdrawn(self) -> bool:
        """Whether its last version, or one that no digest numbered, is withdrawn."""
        last = max((version.number for version in self.versions), default=0)
        return any(version.withdrawn for version in self.versions if version.number in (0, last))

    @property
    def gist(self) -> str:
        """One sentence on what the paper contributes; `gist_by` tells whose words these are."""
        return self.written_gist if self.gist_by in WRITTEN else self.summary or self.excerpt

    @property
    def marked_gist(self) -> str:
        """The gist as plain text shows it: what a model proposed says so."""
        return f"{self.gist} (proposed by a model)" if self.gist_by == "model" else self.gist

    @property
    def abstract_url(self) -> str:
        if self.arxiv_id:
            return f"https://arxiv.org/abs/{self.arxiv_id}"
        return f"https://doi.org/{self.doi}" if self.doi else ""

    @property
    def pdf_url(self) -> str:
        return f"https://arxiv.org/pdf/{self.arxiv_id}" if self.arxiv_id else ""

    @property
    def html_url(self) -> str:
        """The text as a page of arXiv's, which sets most papers since the end of 2023 so."""
        return f"https://arxiv.org/html/{self.arxiv_id}" if self.arxiv_id[:4] >= "2312" else ""

    @property
    def doi_url(self) -> str:
        return f"https://doi.org/{self.doi}" if self.doi else ""

    @property
    def categories(self) -> tuple[TagView, ...]:
        filed = (tag for tag in self.tags if tag.kind == "category")
        return tuple(sorted(filed, key=lambda tag: tag.slug != self.primary))

    @property
    def topics(self) -> tuple[TagView, ...]:
        return tuple(tag for tag in self.tags if tag.kind != "category")


@dataclass(frozen=True, slots=True)
class Facet:
    """A tag and the number of papers of a list that carry it."""

    tag: TagView
    count: int
