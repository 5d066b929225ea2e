"""What of an item's text is the abstract: publishers put citations, headings, links around it."""

import re

# A post of more than this is no abstract; what the feed says in short is taken instead.
LONGEST_AS_ABSTRACT = 6_000
_AUTHORS = re.compile(r"\s*(?:authors?|author\(s\))\s*:\s*(?P<names>.{2,3000})", re.IGNORECASE)
# A line that tells where and when the work was published, or of whom it is.
_ABOUT = re.compile(
    r"(?:publication date|source|authors?|author\(s\)|keywords?)\s*:.*"
    r"|.{0,200}\b(?:published online|volume \d+|vol\. ?\d+|ahead of print|early ?view"
    r"|early access)\b.{0,300}"
    r"|.{0,160}\bdoi:? ?(?:https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/.{0,160}",
    re.IGNORECASE,
)
_HEADED = re.compile(
    r"\A.{0,800}?^[^\w\n]{0,20}abstract[^\w\n]{0,20}$", re.IGNORECASE | re.MULTILINE | re.DOTALL
)
_HEADING = re.compile(r"\W*abstract\b\W*", re.IGNORECASE)
_LINKS_ALONE = re.compile(
    r"(?:(?:arxiv|doi|pmid):? ?\S{4,100}|pdf|html|abstract|code|project page"
    r"|(?:read|continue) \w+.{0,60})"
    r"(?:\s*[·|,]\s*(?:(?:arxiv|doi|pmid):? ?\S{4,100}|pdf|html|abstract|code|project page)){0,9}",
    re.IGNORECASE,
)


def abstract(text: str) -> str:
    """The text without what stands before an abstract, its heading, and links alone after it."""
    text = text.strip()
    if headed := _HEADED.match(text):
        text = text[headed.end() :]
    lines = text.split("\n")
    first = next((n for n, line in enumerate(lines) if not _is_about(line)), len(lines))
    text = "\n".join(lines[first:]).strip()
    if heading := _HEADING.match(text):
        text = text[heading.end() :]
    before, _, last = text.rpartition("\n\n")
    return before.strip() if _LINKS_ALONE.fullmatch(last.strip()) else text


def people_named(text: str) -> str:
    """The line of authors that a feed without a field for them puts in its text, or ""."""
    found = next(filter(None, map(_AUTHORS.fullmatch, text.split("\n")[:20])), None)
    names = found["names"] if found else ""
    # Many names without a sign between them cannot be told apart.
    return names if re.search(r"[,;]| and ", names) or len(names.split()) < 5 else ""


def beginning(text: str) -> str:
    """The first paragraphs of a text that is too long to be an abstract."""
    cut = text[:LONGEST_AS_ABSTRACT]
    whole = cut.rpartition("\n\n")[0] or cut.rpartition(" ")[0]
    return f"{whole or cut} …"


def _is_about(line: str) -> bool:
    return not line.strip() or (len(line) < 3_000 and _ABOUT.fullmatch(line.strip()) is not None)
