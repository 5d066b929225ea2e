"""BibTeX and BibLaTeX: the .bib files of reference managers, publishers and hands.

Entries are told apart by the library bibtexparser, which goes on after a broken one and counts
lines. Values are read here: its middlewares keep neither pieces joined by # nor fields whose
comma is missing, and read TeX as LaTeX would, not as titles are shown.
"""

import datetime as dt
import logging
import re
from collections.abc import Iterator, Mapping

from bibtexparser.library import Library
from bibtexparser.model import Block, Entry, ImplicitComment, ParsingFailedBlock
from bibtexparser.splitter import Splitter

from feeds.dates import MONTHS
from feeds.parsers.base import Declined, parsers
from feeds.parsers.bibtex_values import fields, macro, names, unbraced
from feeds.parsers.citation import ids_in, published
from feeds.parsers.decoding import decode
from feeds.parsers.entry import entry
from feeds.records import PaperRecord, ParsedDigest, Problem, RawDigest

# What the library warns of becomes a Problem.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

_BEGINS = re.compile(
    r"^[ \t]{0,100}@[A-Za-z]{1,40}\s{0,20}[{(]\s{0,20}[^\s,={}()\"][^\n,={}()\"]{0,300},?\s{0,200}"
    r"[A-Za-z][\w:.+/-]{0,60}\s{0,20}=",
    re.MULTILINE,
)
_KEY_WITHOUT_COMMA = re.compile(
    r"^([ \t]{0,100}@[A-Za-z]{1,40}\s{0,20}[{(]\s{0,20}[^\s,={}()\"]{1,300})"
    r"(?=\s{1,100}[A-Za-z][\w-]{0,60}\s{0,20}=)",
    re.MULTILINE,
)
_HAS_TITLE = re.compile(r"\btitle\s{0,20}=", re.IGNORECASE)
_REMARK = re.compile(r"^\s*%.*$", re.MULTILINE)
_CATEGORY = re.compile(r"[a-z][a-z-]{1,11}(?:\.[A-Za-z][A-Za-z-]{1,11})?")
_OLD_NUMBER = re.compile(r"\d{7}(?:v\d+)?")
_VOLUMES = frozenset({"proceedings", "mvproceedings", "periodical", "collection", "mvcollection"})
_SETTINGS = frozenset({"xdata", "set", "control", "ieeetranbstctl", "string", "preamble"})
_NAMING = ("eprint", "arxivid", "arxiv", "doi", "url", "pdf", "link", "ee", "adsurl", "html")
_PASSING = ("journal", "journaltitle", "volume", "number", "note", "howpublished", "booktitle")
_MACROS = {month: month for month in MONTHS}
_NOT_CLOSED = "one of its braces or quotes is not closed"
_NOT_IN_ORDER = "a comma, a brace or an equals sign is missing"


class Bibtex:
    """BibTeX files, whatever wrote them.

    Every entry with a title is a paper, but for volumes of proceedings, which are Problems.
    Braces that protect capitals are taken away, other TeX stays in titles and abstracts. Of
    fields that an entry has twice the first counts; entries of one key are all kept. Text
    outside of entries is a remark; where it outweighs the entries the document is of another
    kind (a page that shows how to cite it), and is declined.
    """

    name = "bibtex"
    label = "BibTeX"
    order = 31

    def parse(self, digest: RawDigest) -> ParsedDigest:
        text = decode(digest.whole()).replace("\r\n", "\n").replace("\r", "\n")
        if not _BEGINS.search(text):
            raise Declined("it has no BibTeX entry")
        if not _HAS_TITLE.search(text):  # before the library takes its time
            raise Declined("none of its entries has a title")
        library = _split(text)
        remarks = sum(map(_remark_size, library.blocks))
        if remarks > len(text) / 2:
            raise Declined("most of it is text around BibTeX entries")
        blocks = [block for block in map(_opened, library.blocks) if _is_entry(block)]
        if not any(_HAS_TITLE.search(block.raw or "") for block in blocks):
            raise Declined("none of its entries has a title")
        return ParsedDigest(self.name, digest.date, _entries(blocks, _macros(library)))


def _split(text: str) -> Library:
    text = _KEY_WITHOUT_COMMA.sub(r"\1,", text)
    # A backslash would hide the end of its line from the library's count of lines.
    return Splitter(text.replace("\\\n", "\\ \n")).split()


def _remark_size(block: Block) -> int:
    if not isinstance(block, ImplicitComment):
        return 0
    return len(_REMARK.sub("", block.comment).strip())


def _opened(block: Block) -> Block:
    """The entry within a block that the library objects to only for a repeated key."""
    while isinstance(block, ParsingFailedBlock) and block.ignore_error_block is not None:
        block = block.ignore_error_block
    return block


def _is_entry(block: Block) -> bool:
    if isinstance(block, Entry):
        return block.entry_type.lower() not in _SETTINGS
    return isinstance(block, ParsingFailedBlock) and bool(_BEGINS.match(block.raw or ""))


def _macros(library: Library) -> dict[str, str]:
    macros = dict(_MACROS)
    for string in library.strings:
        macros[string.key.lower()] = macro(string.value, macros)
    return macros


def _entries(blocks: list[Block], macros: Mapping[str, str]) -> Iterator[PaperRecord | Problem]:
    for number, block in enumerate(blocks, start=1):
        place = f"entry {number}, line {(block.start_line or 0) + 1}"
        if isinstance(block, Entry):
            yield _paper(place, block, macros)
        elif isinstance(block, ParsingFailedBlock):
            said = getattr(block.error, "abort_reason", "")
            unclosed = "still looking" in said or "end of file" in said
            yield Problem(place, _NOT_CLOSED if unclosed else _NOT_IN_ORDER)


def _paper(place: str, block: Entry, macros: Mapping[str, str]) -> PaperRecord | Problem:
    kind = block.entry_type.lower()
    if kind in _VOLUMES:
        return Problem(place, f"a @{kind} is a volume, not a paper")
    said = _said(block, macros)
    link = next((said[name] for name in ("code", "github") if name in said), "")
    return entry(
        place,
        title=_title(said),
        abstract=unbraced(said.get("abstract", "")),
        authors=names(said.get("author", "")),
        keywords=_keywords(said.get("keywords", "") or said.get("keyword", "")),
        categories=_categories(said),
        ids=_ids(said),
        published_at=_published(said),
        code_url=link.strip(),
        project_url=said.get("website", "").strip(),
    )


def _said(block: Entry, macros: Mapping[str, str]) -> dict[str, str]:
    """The fields by their names in small letters; commented-out ones are none."""
    said: dict[str, str] = {}
    for field in block.fields:
        name = field.key.rpartition("\n")[2].strip()
        if name.startswith("%") or not field.value:
            continue
        for known, text in fields(name, field.value, macros):
            if not said.get(known):
                said[known] = text
    return said


def _title(said: Mapping[str, str]) -> str:
    title, subtitle = (unbraced(said.get(name, "")).strip() for name in ("title", "subtitle"))
    return f"{title}: {subtitle}" if title and subtitle else title


def _keywords(text: str) -> list[str]:
    return unbraced(text).split(";" if ";" in text else ",")


def _categories(said: Mapping[str, str]) -> list[str]:
    named = said.get("primaryclass", "") or said.get("eprintclass", "")
    return [one for one in named.split() if _CATEGORY.fullmatch(one)]


def _ids(said: Mapping[str, str]) -> list[str]:
    eprint = said.get("eprint", "").strip()
    archive = (_categories(said) or [""])[0]
    old = [f"{archive}/{eprint}"] if archive and _OLD_NUMBER.fullmatch(eprint) else []
    direct = [said[name].strip() for name in _NAMING if name in said]
    return [*old, *direct, *ids_in(*(said.get(name, "") for name in (*_PASSING, "url", "doi")))]


def _published(said: Mapping[str, str]) -> dt.datetime | None:
    parts = (said.get(name, "") for name in ("date", "year", "month", "day"))
    return published(*parts)


parsers.register(Bibtex())
