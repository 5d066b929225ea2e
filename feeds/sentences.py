"""Where the sentences of a text end: "e.g.", "et al.", "Fig. 3", "v. 2.5" and initials end none."""

import re

# A stop, what closes behind it, spaces (full-width stops need none), and what begins a sentence.
# One set of signs comes first, as that is what a search can leap to.
_END = re.compile(
    r"[.!?。！？][\"”’)\]」』）]{0,2}(?: +|(?<=[。！？」』）]))(?=[\"“‘(\[]?[^a-z\s,;:.)])"
)
# Words that a stop shortens; one capital is an initial, or the end of "U.S.".
_ANYWHERE = "e.g i.e al vs cf v viz approx resp incl ca w.r.t a.k.a fig figs eq sec".split()
_SHORT = frozenset(
    "Eqs Secs Ref Refs Vol vol Ch App Tab Tabs Thm Dr Prof St Mr Ms Mrs".split()
).union(_ANYWHERE, (f"{word[0].upper()}{word[1:]}" for word in _ANYWHERE))
_LONGEST_SHORT = 8


def sentences(text: str) -> list[str]:
    """The sentences of one line of readable text, none empty; all signs but spaces between stay."""
    found: list[str] = []
    begin = 0
    for end in _END.finditer(text):
        if text[end.start()] == "." and _is_short(text, begin, end.start()):
            continue
        found.append(text[begin : end.end()].strip())
        begin = end.end()
    found.append(text[begin:].strip())
    return [one for one in found if one]


def _is_short(text: str, begin: int, stop: int) -> bool:
    """Whether the stop shortens the word before it, rather than ends its sentence."""
    word = text[max(begin, stop - _LONGEST_SHORT) : stop].rpartition(" ")[2].lstrip('([“"‘')
    return word in _SHORT or (word[-1:].isupper() and word[-2:-1] in ("", "."))
