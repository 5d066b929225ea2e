"""An item of any feed (RSS, Atom, JSON Feed) as a paper: its names, its text, its people."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from feeds.dates import moment
from feeds.identify import ARCHIVES, arxiv_id, doi
from feeds.parsers.entry import entry
from feeds.parsers.feed_text import LONGEST_AS_ABSTRACT, abstract, beginning, people_named
from feeds.parsers.html_text import inline, plain
from feeds.parsers.names import given_first, people
from feeds.parsers.paper_links import id_in, paper_at, target
from feeds.records import PaperRecord, Problem

MOST_LINKS = 300
_LONGEST_PERSON = 5_000
_LINK = re.compile(
    r"\bhref\s{0,5}=\s{0,5}[\"']([^\"'<>]{8,1000})[\"'][^<>]{0,300}>([^<]{0,40})", re.IGNORECASE
)
_NAMED = re.compile(
    r"\barxiv:\s?(?P<arxiv>[a-z-]{0,9}(?:\.[A-Z]{2})?/?\d[\d.v]{4,14})(?![\d.]\d)"
    r"|\b(?P<url>https?://(?:(?:www\.)?arxiv\.org|(?:dx\.)?doi\.org)/[^\s<>\"']{4,200})"
    r"|\bdoi:?\s?(?P<doi>10\.\d{4,9}/[^\s<>\"']{1,200})",
    re.IGNORECASE,
)
# The page of a paper at a site of this kind: the paper's key follows.
_AT_A_SITE = re.compile(r"https?://[^/?#\s]{1,200}/papers/([^?#\s]{1,200})")
_OWN_SUMMARY = re.compile(r"\s*<p>\s*<em>([^<]{1,5000})</em>\s*</p>")
_NUMBER = re.compile(r"\[(?:arxiv:\s?)?([\w./-]{9,25})\]\s*", re.IGNORECASE)
_CATEGORY = re.compile(
    rf"(?:{ARCHIVES})\.[A-Za-z-]{{2,20}}"
    r"|astro-ph|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nucl-(?:ex|th)|quant-ph"
)
_NO_TOPIC = frozenset({"uncategorized", "unknown", "general", "news", "blog"})
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[ -]?){1,4}")
_WITH_ADDRESS = re.compile(r"\S+@\S+\s*(?:\(([^()]*)\))?")


@dataclass(frozen=True, slots=True)
class FeedItem:
    """What an item says. `title`, `summary` and `content` may hold HTML, `names` is whatever may
    name the work (the item's address among them), `people` lines of authors."""

    title: str
    summary: str = ""
    content: str = ""
    names: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    published_at: str = ""
    listed_at: str = ""
    thumbnail_url: str = ""
    comments: str = ""


def paper(place: str, item: FeedItem) -> PaperRecord | Problem:
    """The item as a record, or why it is none.

    A work that only the item's text names is the item's if it is the only one there. Where
    nothing names a work, the item's address is the record's page.
    """
    title, numbers = _numbered(inline(item.title))
    if not title:
        return entry(place, title="")
    links = [(address, label.strip().lower()) for address, label in _links(item)]
    text = f"{plain(item.summary)}\n{plain(item.content)}"
    names = [name for name in map(named, item.names) if name] + numbers
    names = names or _only(links, text)
    pages = [name for name in item.names if name.startswith(("http://", "https://"))]
    told, summary = _texts(item)
    topics = [inline(topic) for topic in item.topics]
    return entry(
        place,
        title=title,
        abstract=told,
        summary=summary,
        authors=(name for line in item.people or [people_named(text)] for name in authors(line)),
        keywords=[one for one in topics if not _is_category(one) and one.lower() not in _NO_TOPIC],
        categories=filter(_is_category, topics),
        ids=names,
        published_at=when(item.published_at),
        listed_at=when(item.listed_at),
        comments=item.comments,
        code_url=next((address for address, label in links if label == "code"), ""),
        project_url=next((address for address, label in links if label == "project page"), "")
        or ("" if names else next(iter(pages), "")),
        thumbnail_url=item.thumbnail_url,
    )


def _numbered(title: str) -> tuple[str, list[str]]:
    """The title without the arXiv id that some feeds put before it ("[2404.01234] …"), and this."""
    found = _NUMBER.match(title)
    number = arxiv_id(found[1]) if found else ""
    return (title[found.end() :], [number]) if found and number else (title, [])


def named(text: str) -> str:
    """The arXiv id or the DOI that a name or an address is, or leads to; "" where it is none."""
    text = text.strip()
    if read := arxiv_id(text) or doi(text):
        return read
    if not text.startswith(("http://", "https://")):
        return ""
    if read := id_in(paper_at(target(text))):
        return read
    found = _AT_A_SITE.fullmatch(text)
    return (arxiv_id(found[1]) or doi(found[1])) if found else ""


def authors(line: str) -> list[str]:
    """The people in a line as feeds have them: "Liu, Z., Sun, M.", "Ada Author and Ben Writer",
    "Liu, Zhuang", "ada@example.org (Ada Author)". No mail address is kept."""
    line = _WITH_ADDRESS.sub(lambda found: found[1] or "", inline(line)[:_LONGEST_PERSON])
    parts = [part.strip() for part in line.split(",") if part.strip()]
    last, first = parts[::2], parts[1::2]
    if len(last) == len(first) and all(map(_are_initials, first)):
        return [f"{given} {family}" for family, given in zip(last, first, strict=True)]
    if len(parts) == 2 and (" " not in parts[0] or " " not in parts[1]):
        return [given_first(line)]
    return people(line)


def when(text: str) -> dt.datetime | None:
    """The moment of ISO 8601 or of RFC 2822 ("Fri, 24 Apr 2026 00:00:00 -0400"), in UTC."""
    text = text.strip()
    if read := moment(text):
        return read
    if not 10 <= len(text) <= 60:
        return None
    try:
        read = parsedate_to_datetime(text)
        return read.astimezone(dt.UTC) if read.tzinfo else read.replace(tzinfo=dt.UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _are_initials(name: str) -> bool:
    return name.isupper() and _INITIALS.fullmatch(name) is not None


def _is_category(topic: str) -> bool:
    return _CATEGORY.fullmatch(topic) is not None


def _links(item: FeedItem) -> list[tuple[str, str]]:
    """The addresses and the words of the links in the item's text."""
    found = _LINK.findall(item.content[:500_000]) or _LINK.findall(item.summary[:500_000])
    return [(address.replace("&amp;", "&"), label) for address, label in found[:MOST_LINKS]]


def _only(links: list[tuple[str, str]], text: str) -> list[str]:
    """The names of the one work that links and text name; none where they name several."""
    found = [name for name in (named(address) for address, _ in links) if name]
    found += [name for name in _named_in(text[:100_000]) if name]
    for kind in (arxiv_id, doi):
        works = {kind(name): None for name in found if kind(name)}
        if works:
            return list(works) if len(works) == 1 else []
    return []


def _named_in(text: str) -> Iterator[str]:
    for found in _NAMED.finditer(text):
        yield named((found["arxiv"] or found["url"] or found["doi"]).rstrip(".,;:)]"))


def _texts(item: FeedItem) -> tuple[str, str]:
    """The abstract, and a summary where the content begins with one that is told to be it."""
    short, content = plain(item.summary), item.content
    summary = ""
    if (found := _OWN_SUMMARY.match(content)) and inline(found[1]) == " ".join(short.split()):
        summary, short, content = inline(found[1]), "", content[found.end() :]
    told = [text for text in (abstract(plain(content)), abstract(short)) if text]
    fitting = [text for text in told if len(text) <= LONGEST_AS_ABSTRACT]
    return max(fitting, key=len, default=beginning(told[0]) if told else ""), summary
