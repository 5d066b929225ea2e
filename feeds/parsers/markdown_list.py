"""Hand-kept lists of papers (awesome lists, reading lists, daily tables) in Markdown or as text."""

import datetime as dt
import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from feeds.parsers.base import Declined, parsers
from feeds.parsers.decoding import decode
from feeds.parsers.html_items import items
from feeds.parsers.linked_papers import papers
from feeds.parsers.mentions import works_in
from feeds.parsers.page_signs import MASTHEAD
from feeds.records import PaperRecord, ParsedDigest, RawDigest
from feeds.tex.clean import strip_controls

LONGEST = 2_000_000
# Each costs its time, also where nothing follows.
MOST = {
    "brackets": ("[", 100_000),
    "lines": ("\n", 50_000),
    "signs of Markdown": ("!#$%&*+-:<=>@[\\]^_`{}~", 400_000),
}
_HEAD = 5_000
_MAY_BE_LINK = re.compile(r"https?://|\barxiv\s?:|\bdoi\s?:|\b\d{4}\.\d{4,5}\b", re.IGNORECASE)
_ELEMENT = re.compile(r"\s*<(?:\?xml|!doctype|([a-z][a-z0-9:-]{0,20})[\s>/])", re.IGNORECASE)
_OF_MARKDOWN = frozenset(
    """a b big br center details div em font h1 h2 h3 h4 h5 h6 hr i img kbd li ol p picture
    source span strong sub summary sup table tbody td th thead tr u ul""".split()
)
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*(?:[{\"]|\[\s*[{\"\d]))")
_MAILING = re.compile(r"^\\\\\n(?:arXiv|Paper)\b", re.MULTILINE)
_CITATION = re.compile(r"^(?:@[A-Za-z]{3,20}\s?[{(]|TY {1,2}- |PMID ?- )", re.MULTILINE)
_HEADER = re.compile(r"\s*(?:(?:From|To|Subject|Date|Received|MIME-Version|Message-ID): .*\n){2}")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:.*\n){0,100}?---[ \t]*\n")
_UPDATED = re.compile(
    r"(?:^(?:date|lastmod)\s?:|\b(?:updated?|deployment)\b)[^\d\n]{0,20}"
    r"(\d{4})[.\-/](\d{1,2})[.\-/](\d{1,2})",
    re.IGNORECASE | re.MULTILINE,
)


class MarkdownList:
    """Papers by their links: to arXiv and its mirrors, Hugging Face, DOIs, OpenReview, the ACL,
    and publishers' pages of one paper.

    An entry is a bullet, a row of a table, a heading or a paragraph with such a link; an item
    with links to several papers is several. HTML among Markdown is read as such, code is not.
    Its title is, in this order: the table's column of titles, the text of the link to the paper
    unless that is a label ("PDF", "ICML 2024"), what follows "Title:", what is bold, what is
    quoted, the text of another link, the words before the link, in italics, or after it, the
    bullet, line or heading that it stands under, and at last a link's text of one word. Without
    any the entry is a Problem.

    Authors stand in their column, after "Authors:", in italics, or between title and link. A
    linked repository is the code, a day or year beside the paper its day, the headings above are
    keywords (but the page's own title, and "Papers" and its like). Items set in under a paper
    tell more of it ("Abstract:", "TL;DR:"), and so does a sentence behind its title ("Title -
    We fill…"), which is a summary, like an abstract that is cut off. "Updated on 2026-04-24" is
    the list's day.
    """

    name = "markdown_list"
    label = "list of links to papers"
    order = 80

    def parse(self, digest: RawDigest) -> ParsedDigest:
        text = strip_controls(decode(digest.whole()))
        _refuse_other_formats(text)
        day = digest.date or _day(text[:_HEAD])
        found = items(_as_html(text))
        if not any(map(works_in, found)):
            raise Declined("it has no link to a paper")
        entries = list(papers(found, topics=True))
        if not any(isinstance(one, PaperRecord) for one in entries):
            raise Declined("no title stands beside any of its links to papers")
        return ParsedDigest(self.name, day, entries)


def _refuse_other_formats(text: str) -> None:
    """Raises Declined for what has links to papers and is no list: data, documents, mail."""
    element = _ELEMENT.match(text)
    if element and (element[1] or "").lower() not in _OF_MARKDOWN:
        raise Declined("it is a document in HTML or XML")
    if _JSON.match(text):
        raise Declined("it begins like JSON")
    if _HEADER.match(text):
        raise Declined("it begins like a mail")
    if MASTHEAD.search(text):
        raise Declined("it is a papers page")
    if _MAILING.search(text) or _CITATION.match(text.lstrip()):
        raise Declined("it is a list of another kind")
    if not _MAY_BE_LINK.search(text):
        raise Declined("it has no link to a paper")
    if len(text) > LONGEST:
        raise Declined(f"it is longer than {LONGEST:,} characters, more than any list by hand")
    for name, (signs, most) in MOST.items():
        if sum(map(text.count, signs)) > most:
            raise Declined(f"it has more than {most:,} {name}, more than any list by hand")


def _as_html(text: str) -> str:
    """The Markdown as HTML in which each block says its line, without code."""
    front = _FRONT_MATTER.match(text)
    if front:  # as many empty lines, so that others keep their numbers
        text = "\n" * front[0].count("\n") + text[front.end() :]
    return str(_MARKDOWN.render(text))


def _day(head: str) -> dt.date | None:
    for found in _UPDATED.finditer(head):
        try:
            return dt.date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            continue
    return None


class _WithLines(RendererHTML):
    """Writes an attribute `data-line` at each block, and no code."""

    def render(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:
        for token in tokens:
            if token.map and token.nesting == 1:
                token.attrSet("data-line", str(token.map[0] + 1))
        return super().render(tokens, options, env)

    def fence(self, *_: object) -> str:
        return ""

    def html_block(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        token = tokens[idx]
        line = token.map[0] + 1 if token.map else 1
        return f'<wbr data-line="{line}">{token.content}'


# Lists are set in by hand: what is indented far is no code.
_MARKDOWN = (
    MarkdownIt("commonmark", {"html": True, "breaks": True}, renderer_cls=_WithLines)
    .enable("table")
    .disable("code")
)


parsers.register(MarkdownList())
