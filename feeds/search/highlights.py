"""Why a paper was found: the words of the question, marked where they stand in it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from config.read_routing import reader
from feeds.authors import author_key
from feeds.grammar import Field, Node, leaves
from feeds.records import PaperView
from feeds.tex import to_text

SNIPPET = 240  # signs of an abstract that are shown around what was found
_WORD = re.compile(r"[^\W_]+")
_MARKUP = re.compile(r"(<math\b.*?</math>|<[^>]*>|&[#\w]+;)", re.DOTALL)
_RUNS = re.compile(r"</mark>(\s+)<mark>")
# Which of these words are the same to the index as one that was asked for.
_ALIKE = """
SELECT word FROM unnest(%s::text[]) AS word
WHERE ts_lexize('english_stem', word) && tsvector_to_array(to_tsvector('english', %s))
"""


@dataclass(frozen=True, slots=True)
class Found:
    """Safe markup: the title and a piece of the abstract with what was found in <mark>, empty
    where nothing was; `authors` are those who were asked for.
    """

    title: SafeString
    snippet: SafeString
    authors: tuple[str, ...] = ()


def highlights(
    papers: Sequence[PaperView], tree: Node, authors: Iterable[str] = ()
) -> Mapping[int, Found]:
    """By paper's id, what of the tree is found where; `authors` are names asked for beside it."""
    told = list(leaves(tree))
    names = [leaf.value for leaf in told if isinstance(leaf, Field) and leaf.name == "author"]
    asked = " ".join(
        leaf.value if isinstance(leaf, Field) else leaf.text
        for leaf in told
        if not isinstance(leaf, Field) or leaf.name == "title"
    )
    abstracts = {paper.id: to_text(paper.abstract) for paper in papers} if asked else {}
    alike = _alike(asked, [*(paper.title for paper in papers), *abstracts.values()])
    keys = [author_key(name) for name in (*names, *authors)]
    found = {
        paper.id: Found(
            _in_title(paper.title_html, alike),
            _snippet(abstracts.get(paper.id, ""), alike),
            tuple(name for name in paper.authors if _is_one(author_key(name), keys)),
        )
        for paper in papers
    }
    return {paper: one for paper, one in found.items() if one.title or one.snippet or one.authors}


def _alike(asked: str, texts: Iterable[str]) -> frozenset[str]:
    """The words of the texts, in small letters, that the index takes for one that was asked."""
    wanted = {word[:2].casefold() for word in _WORD.findall(asked)}
    words = {word.casefold() for text in texts for word in _WORD.findall(text)}
    near = [word for word in words if word[:2] in wanted]
    if not near:
        return frozenset()
    with reader().cursor() as cursor:
        cursor.execute(_ALIKE, [near, asked])
        return frozenset(row[0] for row in cursor.fetchall())


def _in_title(title_html: str, alike: frozenset[str]) -> SafeString:
    parts = _MARKUP.split(title_html)
    marked = [part if place % 2 else _marked(part, alike) for place, part in enumerate(parts)]
    if marked == parts:
        return SafeString("")
    return _safe("".join(marked))


def _snippet(abstract: str, alike: frozenset[str]) -> SafeString:
    """The piece of the abstract that holds most of the words, with each word marked."""
    hits = [hit for hit in _WORD.finditer(abstract) if hit[0].casefold() in alike]
    if not hits:
        return SafeString("")
    best = max(hits, key=lambda hit: (_held(hits, hit.start()), -hit.start()))
    start = _word_start(abstract, max(0, best.start() - SNIPPET // 6))
    end = (
        len(abstract)
        if len(abstract) <= start + SNIPPET
        else abstract.rfind(" ", start, start + SNIPPET)
    )
    end = max(end, best.end())
    before, after = "… " if start else "", " …" if end < len(abstract) else ""
    parts = _WORD.split(abstract[start:end])
    words = _WORD.findall(abstract[start:end])
    marked = [
        f"<mark>{escape(word)}</mark>" if word.casefold() in alike else escape(word)
        for word in words
    ]
    text = escape(parts[0]) + "".join(
        word + escape(gap) for word, gap in zip(marked, parts[1:], strict=True)
    )
    return _safe(f"{before}{text}{after}")


def _held(hits: Sequence[re.Match[str]], start: int) -> int:
    """How many different words the piece that begins at `start` would hold."""
    end = start + SNIPPET * 5 // 6
    return len({hit[0].casefold() for hit in hits if start <= hit.start() < end})


def _word_start(text: str, place: int) -> int:
    return 0 if place == 0 else text.find(" ", place) + 1


def _marked(markup: str, alike: frozenset[str]) -> str:
    """A piece of markup without tags or entities, its words marked."""
    return _WORD.sub(
        lambda word: f"<mark>{word[0]}</mark>" if word[0].casefold() in alike else word[0], markup
    )


def _safe(markup: str) -> SafeString:
    """Words that stand side by side are one mark."""
    return mark_safe(_RUNS.sub(r"\1", markup))  # noqa: S308 (made of escaped text above)


def _is_one(key: str, asked: Iterable[str]) -> bool:
    return any(f" {one} " in f" {key} " for one in asked if one)
