"""What a line of a papers page is when it is neither title nor abstract."""

import re
from datetime import date
from enum import Enum, auto
from typing import NamedTuple

from feeds.dates import day
from feeds.parsers.page_blocks import Block


class Kind(Enum):
    TEXT = auto()
    CHROME = auto()
    COUNT = auto()
    COMMENTS = auto()
    AUTHORS = auto()
    DAY = auto()
    SUBMITTER = auto()
    CODE = auto()
    ORGANIZATION = auto()


class Sign(NamedTuple):
    """A block's kind, and what it says: a text, a count as text, or a day."""

    kind: Kind
    says: str = ""
    day: date | None = None


MASTHEAD = re.compile(
    r"get trending papers in your email inbox|\bby\W{0,9}\w.{0,200}? and the research community",
    re.IGNORECASE,
)
BYLINE = re.compile(
    r"\bby\s*[:\W]{0,5}?\s*(\w.{0,80}?)\s*and the research community", re.IGNORECASE
)
_CHROME = re.compile(
    r"""(?: new | subscribe | daily | weekly | monthly | (?:daily|trending|monthly|weekly)\ papers
    | previous | next | log\ in | sign\ up | join | upvote[ds]? | papers? | paper\ page | view\ all
    | hugging\ face | models | datasets | spaces | docs | enterprise | pricing | community
    | buckets(?:\ new)?
    | today | yesterday | search | \+\ ?\d+ | read\ more | show\ more | expand | arxiv\ page | pdf
    | get\ trending\ papers\ in\ your\ email.*
    | (?:\w+\ ){0,3}by\W{0,9}\w.{0,200}\ and\ the\ research\ community\.?
    | and\ the\ research\ community | ```\w* | \W{2,} | [\[\](){}·•|] | \[?(?:image|图片)\b[^\]]*\]?
    | \[[^\[\]]*(?:图片|image|avatar)[^\[\]]*\] | references:?
    | (?:visible\ |hidden\ )?links:?
    | system\ theme | company | tos | privacy | about | careers | website
    | trending\ papers\ ranked\ by .* | \[?content\ truncated\]?
    | sort\ by.* | featured\ papers | (?:\d+\ )?(?:seconds|minutes|hours|days)\ ago )""",
    re.VERBOSE | re.IGNORECASE,
)
_COUNT = re.compile(
    r"""(?:\[-\]\s*|[▲△⬆👍]\s*|upvoted?\s*:?\s*)?
    (?P<count>\d{1,3}(?:,\d{3})+|\d{1,7}(?:\.\d{1,3}k)?|-|–|—)
    (?:\s*(?P<of>upvotes?|votes?|comments?|likes?))?""",
    re.VERBOSE | re.IGNORECASE,
)
_AUTHORS = re.compile(r"(?:.*\s)?\d{1,5}\s+authors?", re.IGNORECASE)
_PUBLISHED = re.compile(r"(?:published(?:\s+on)?|on)\s*:?\s+", re.IGNORECASE)
_SUBMITTER = re.compile(r"submitted\s+by\b\s*:?\s*(.{0,100})", re.IGNORECASE)
_CODE = re.compile(r"(?:\[?link:\s*)?github\s*(?P<stars>\d[\d.,]*\s*[km]?)?\]?", re.IGNORECASE)
_BULLET = re.compile(r"^(?:[-*•·]\s+)+(?=\S)|^·\s*(?=\S)")
_OWNER = re.compile(r"https?://huggingface\.co/([\w.-]+)/?$")


def bare(text: str) -> str:
    """The text without bullets and middle dots before it."""
    return _BULLET.sub("", text)


def sign(block: Block, today: date) -> Sign:
    """What the block is. Without a year, its day is the latest that is not after `today`."""
    text = bare(block.text)
    if not text or len(text) > 400:
        return Sign(Kind.TEXT if text else Kind.CHROME, text)
    if found := _SUBMITTER.fullmatch(text):
        return Sign(Kind.SUBMITTER, found[1])
    if found := _COUNT.fullmatch(text):
        of = (found["of"] or "").lower()
        return Sign(Kind.COMMENTS if of.startswith("comment") else Kind.COUNT, found["count"])
    if _CHROME.fullmatch(text):
        return Sign(Kind.CHROME, text)
    if _AUTHORS.fullmatch(text) and len(text) < 60:
        return Sign(Kind.AUTHORS)
    if said := day(_PUBLISHED.sub("", text, count=1), today):
        return Sign(Kind.DAY, day=said)
    if (found := _CODE.fullmatch(text)) and (block.url or found["stars"]):
        return Sign(Kind.CODE, found["stars"] or "")
    if _OWNER.fullmatch(block.url) and not block.heading:
        return Sign(Kind.ORGANIZATION, text)
    return Sign(Kind.TEXT, text)
