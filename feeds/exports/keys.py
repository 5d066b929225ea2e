"""Citation keys: liu2026monolith, the same for the same paper, unique in a file."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence

from feeds.exports.facts import year
from feeds.exports.persons import person
from feeds.records import PaperView

# Words that begin many titles and tell none of them.
_STOP = frozenset(
    "a an the on of in for to from with by at as is are and or towards toward via using do does can"
    " how what when why where which who".split()
)
_LETTERS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"}
_LONGEST_PART = 30


def citation_keys(papers: Sequence[PaperView]) -> dict[int, str]:
    """A key for each paper, by the paper's id: first author, year, first telling word.

    Papers that come to the same get a, b … behind it, in the order of their own keys, so that a
    list in another order has the same.
    """
    alike: dict[str, list[PaperView]] = defaultdict(list)
    for paper in papers:
        alike[citation_key(paper)].append(paper)
    taken = {key for key, same in alike.items() if len(same) == 1}
    found: dict[int, str] = {}
    for key, same in alike.items():
        if len(same) == 1:
            found[same[0].id] = key
            continue
        number = 0
        for paper in sorted(same, key=lambda paper: paper.key):
            while (lettered := f"{key}{_letters(number)}") in taken:
                number += 1
            taken.add(lettered)
            found[paper.id] = lettered
    return found


def citation_key(paper: PaperView) -> str:
    """The key of a paper alone, in small letters and digits of ASCII."""
    first = _plain(person(paper.authors[0]).family) if paper.authors else ""
    words = map(_plain, re.findall(r"[^\W_]+", paper.title))
    told = next((word for word in words if word and word not in _STOP), "")
    said = f"{first}{year(paper) or ''}{told}"
    if first or told:
        return said if said[0].isalpha() else f"p{said}"
    return f"p{_plain(paper.key)}"


def _plain(text: str) -> str:
    """Its letters and digits without their accents; "" for other scripts."""
    spelled = "".join(_LETTERS.get(sign, sign) for sign in text.lower())
    bare = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", bare)[:_LONGEST_PART]


def _letters(number: int) -> str:
    """a … z, aa, ab …"""
    rest, sign = divmod(number, 26)
    return (_letters(rest - 1) if rest else "") + chr(ord("a") + sign)
