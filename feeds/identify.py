"""The names that works go by: arXiv ids, DOIs, and titles as they are compared."""

import html
import re
import unicodedata
from functools import cache
from urllib.parse import unquote

from feeds.tex import to_text

# Two works never differ only beyond this; a title of megabytes is compared by its beginning.
LONGEST_TITLE = 4_000
LONGEST_NAME = 1_000
LONGEST_DOI = 255

ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas"
    "|cond-mat|cs|dg-ga|econ|eess|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math-ph|math|mtrl-th"
    "|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio|q-fin|quant-ph|solv-int|stat"
    "|supr-con"
)
# Until 2014 four digits follow the month, since then five; ids before April 2007 name an archive.
_ARXIV_ID = re.compile(
    rf"""(?:(?P<new>(?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.\d{{4}}
               | (?:1[5-9]|[2-9]\d)(?:0[1-9]|1[0-2])\.\d{{5}})
       | (?P<archive>{ARCHIVES})(?:\.[a-z]{{2}})?
         /(?P<number>(?:9[1-9]|0[0-7])(?:0[1-9]|1[0-2])\d{{3}}))
       (?:v(?P<version>[1-9]\d{{0,2}}))?""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_ARXIV_PREFIX = re.compile(
    r"""(?: (?:https?://)? (?: (?:[a-z0-9-]+\.)* arxiv\.org/(?:abs|pdf|html|e-print|format|src|ps)/
                             | (?:www\.)?(?:ar5iv\.org|alphaxiv\.org)/(?:abs|pdf|html|overview)/
                             | ar5iv\.labs\.arxiv\.org/html/ )
      | (?:doi:\s*|(?:https?://)?(?:dx\.)?doi\.org/)? 10\.48550/(?:arxiv\.)? )?
    (?:oai:arxiv\.org:|arxiv(?:\s*:\s*|\s+))?""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_ARXIV_SUFFIX = re.compile(
    r"(?:\.pdf)?/?(?:[?\#].*)?(?:\s*\[[^\]]*\])?\s*", re.IGNORECASE | re.DOTALL
)
_DOI_PREFIX = re.compile(r"(?:doi\s*:\s*|(?:https?://)?(?:www\.|dx\.)?doi\.org/)", re.IGNORECASE)
# Angle brackets stand in old DOIs alone: 10.1002/1521-3994(199903)320:1<1::AID-A>3.0.CO;2-8
_DOI = re.compile(
    r"10\.\d{4,9}(?:\.\d+)*/"
    r"(?:[^\s\"<>\x00-\x1f\x7f-\x9f\ud800-\udfff]|<(?:\d+:[\w:.-]{0,40})?>)+"
)
_SPELLED = str.maketrans(
    {"&": "and", "×": "x", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d"}
)
_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())


def arxiv_id(text: str) -> str:
    """The arXiv id that `text` is, without its version ("2404.01234", "hep-th/9901001"), or "".

    Understands both styles of id, `arXiv:` prefixes, addresses at arxiv.org and its mirrors,
    arXiv's DOIs (10.48550), versions, and the classes that old ids carry ("math.GT/0309136",
    which is math/0309136). Text around the id makes it none.
    """
    found = _whole_arxiv_id(text)
    return _canonical(found) if found else ""


def arxiv_version(text: str) -> int | None:
    """The version that an arXiv id names (3 for "2404.01234v3"); None where it names none."""
    found = _whole_arxiv_id(text)
    return int(found["version"]) if found and found["version"] else None


def doi(text: str) -> str:
    """The DOI that `text` is, in small letters, without prefix or address, or ""."""
    text = text[:LONGEST_NAME].strip()
    if prefix := _DOI_PREFIX.match(text):
        text = unquote(text[prefix.end() :]).strip()
    text = text.rstrip(".,;")
    if len(text) > LONGEST_DOI or not _DOI.fullmatch(text):
        return ""
    return text.lower()


def title_key(title: str) -> str:
    """The title as it is compared: letters and digits alone, read from TeX and HTML entities.

    Case, accents, punctuation, white space and hyphens do not matter, nor how a Greek letter
    is written (`PixArt-$\\alpha$`, `PixArt-α`, `PixArt-alpha`). Empty where no letter is left.
    """
    text = to_text(html.unescape(title[:LONGEST_TITLE])).casefold()
    if text.isascii():  # most titles are, and bytes lose signs far faster than text
        return text.replace("&", "and").encode().translate(None, _SIGNS).decode()
    text = text.translate(_SPELLED)
    text = "".join(map(_plain, unicodedata.normalize("NFKD", text))).casefold()
    return "".join(sign for sign in text if sign.isalnum())


def _whole_arxiv_id(text: str) -> re.Match[str] | None:
    text = text[:LONGEST_NAME].strip()
    prefix = _ARXIV_PREFIX.match(text)
    found = _ARXIV_ID.match(text, prefix.end() if prefix else 0)
    if found and _ARXIV_SUFFIX.fullmatch(text, found.end()):
        return found
    return None


def _canonical(found: re.Match[str]) -> str:
    return found["new"] or f"{found['archive'].lower()}/{found['number']}"


@cache
def _plain(sign: str) -> str:
    """The sign without its accents; Greek letters by their names."""
    if unicodedata.combining(sign):
        return ""
    name = unicodedata.name(sign, "")
    if name.startswith("GREEK") and " LETTER " in name:
        letter = name.split(" LETTER ")[1].split()
        return {"lamda": "lambda", "final": "sigma"}.get(letter[0].lower(), letter[0].lower())
    return sign
