"""Which words beside a link to a paper can be its title, its authors, its day."""

import datetime as dt
import re

from feeds.dates import MONTHS
from feeds.parsers.citation import published
from feeds.parsers.names import people
from feeds.tex.clean import one_line

LONGEST_TITLE = 400
LONGEST_LINE = 2_000
MOST_NAMES = 20_000  # characters of a line of authors
_LABEL_WORDS = frozenset(
    """a abs abstract acl acm all also and anthology arxiv article award best bib bibtex blog camera
    chinese cite citation code colab conference data dataset datasets demo demos doc docs doi
    download english full github gitlab google hf here homepage html huggingface hugging face
    ieee implementation in jax journal keras link links model models more notes notebook of
    official on online open openreview oral original page paper papers pdf poster preprint
    presentation project proceedings pytorch read ready repo repository review scholar see
    semantic site slides source spotlight springer supp supplement supplementary survey talk
    tensorflow text the tf this thread to tweet twitter unofficial url version video view
    weights website wiki workshop x youtube zh null none n/a tba
    论文 代码 链接 原文 项目 主页""".split()
)
_WORD = re.compile(r"[^\W_]+(?:['’/-][^\W_]+){0,20}")
_VENUE = re.compile(
    r"(?=[^a-z]{0,40}[A-Z]\w{0,20}[A-Z])(?:[\w&+./-]{1,40}[\s,]{1,4}){0,4}[\w&+./-]{0,40}"
    r"[\s,'’-]{0,4}(?:(?:19|20)\d\d|\d\d)(?:\s{0,4}[\w()-]{1,20}){0,2}\.?"
)
_ADDRESS = re.compile(r"(?:https?:|www\.|10\.\d|doi\s?:\s?)\S+", re.IGNORECASE)
_CITES = re.compile(
    r"[A-Z][\w'’-]{1,30}(?:\s(?:and|&)\s[A-Z][\w'’-]{1,30}|\set\.?\s?al\.?)?,?"
    r"\s[(\[]?(?:19|20)\d\d[a-z]?[)\]]?"
)
_PREPRINT = re.compile(r"(?:arxiv|corr|preprint|biorxiv)\b[\s\w:,.'’-]{0,30}", re.IGNORECASE)
_MONTH = "(?:" + "|".join(MONTHS) + r")[a-z]{0,6}\.?"
_DATE = re.compile(
    rf"""(?: \d{{4}}[-/.年]\d{{1,2}}(?:[-/.月]\d{{1,2}}日?)? | \d{{4}}
    | \d{{1,2}}[-/]\d{{1,2}}[-/]\d{{2,4}}
    | {_MONTH}\s{{0,3}}(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s{{0,3}})?\d{{4}}
    | \d{{1,2}}(?:st|nd|rd|th)?\s{{1,3}}{_MONTH},?\s{{0,3}}(?:\d{{4}})?
    | {_MONTH}\s{{0,3}}\d{{1,2}} )""",
    re.IGNORECASE | re.VERBOSE,
)
_WHOLE_DAY = re.compile(
    r"(?<![\d./])((?:19|20)\d\d)[-/.](0?[1-9]|1[0-2])(?:[-/.](0?[1-9]|[12]\d|3[01]))?(?![\d.])"
)
_WORDED_DAY = re.compile(
    rf"\b(?:({_MONTH})\s{{1,3}}(\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}"
    rf"|(\d{{1,2}})(?:st|nd|rd|th)?\s{{1,3}}({_MONTH}),?\s{{1,3}})((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"[(\[,][^()\[\]\d]{0,40}\b((?:19|20)\d\d)(?!\d)[^()\[\]\d]{0,20}(?:[)\],.]|$)")
_LEADING = re.compile(
    r"^(?:\s|[-–—:|,.;·•*_~>/、，：]|\([^()]{0,60}\)|[\[【][^\[\]【】]{0,60}[\]】]"
    r"|\d{1,4}[.)]\s|[^\w\s\"“'‘$\\(\[{*_])+"
)
_LEADING_LABEL = re.compile(r"^(?:[Pp]aper|[Tt]itle|论文|标题)\s{0,3}[:：]\s{0,3}")
_LEADING_DATE = re.compile(
    rf"^(?:{_DATE.pattern}|(?:[A-Z][\w&+-]{{1,14}}\s)?(?:[A-Z]{{2,}}[\w&+-]{{0,12}})\s?['’]?\d{{2,4}})"
    r"(?:\s{0,3}[-–—:|.,]\s{1,3}|\s{1,3}(?=[A-Z\"“]))",
    re.VERBOSE,
)
# One sign is taken in one way alone, or a long run of them would take for ever.
_TRAILING = re.compile(r"(?:[^\w\"”'’$}\])?!.%+]|_)+$")
_AFTER_AUTHORS = re.compile(
    r"^.{3,80}?\bet[ .]{1,2}al\b\.?,?\s{0,3}(?:[(\[]?(?:19|20)\d\d[a-z]?[)\]]?)?[.:,]?\s{1,3}"
    r"(?=[\"“_A-Z])"
)
_BY = re.compile(
    r"(?:\s[-–—|]\s|[,.]\s|\s\(|\s)(?:[A-Z][\w.'’-]{1,30}\s){0,3}[A-Z][\w'’-]{1,30}\s+et[ .]al\b"
    r"|\s+by\s+(?=[A-Z]\w+ [A-Z])"
)
# A full stop, but not that of an initial; a dash; a venue or a year in parentheses.
_SENTENCE = re.compile(
    r"(?<!\b[A-Z])[.。](?=\s+[A-Z(\[“\"])|\s[-–—|]\s"
    r"|\s\((?:[\w.&' -]{0,40}\s)?['’]?\d{2,4}\b|\.\s*$"
)
_CITED = re.compile(r"^(.{3,1000}?)\s\(?(?:19|20)\d\d[a-z]?\)?[.,:]{1,2}\s+(?=[A-Z\"“])")
_INITIALS_BEHIND = re.compile(
    r"\b([A-Z][\w'’-]{1,30}), ((?:[A-Z]\.[ -]?){1,4})(?=,|$|\s?&|\sand\b|\set\b)"
)
_VENUE_BEFORE = re.compile(r"^[\[(【]([^\[\]()【】]{1,60})[\])】]\s*")
_VENUE_BEHIND = re.compile(r"\s*[\[(【]([^\[\]()【】]{1,60})[\])】]$")
_OTHER_FIELD = re.compile(
    r"^\W{0,4}(?:authors?|abstract|summary|venue|publish(?:ed|er)?|tags?|keywords?|date|year|code|area"
    r"|comments?|affiliations?|institutions?|conference|journal|tl;?dr|links?|note"
    r"|[\u4e00-\u9fff]{1,6})\s{0,3}[:：]",
    re.IGNORECASE,
)
_ENDS_OPEN = frozenset(
    "a an and are as at by for from in is of on or our paper see that the this to via we".split()
)
_NO_NAME = re.compile(
    r"\d|\b(?:proceedings|conference|journal|university|institute|arxiv|preprint|workshop"
    r"|transactions|papers?|code|project|page|version|press|google|microsoft|meta|openai|deepmind"
    r"|learning|models?|networks?|for|with|in|on|via|using|(?-i:the|a))\b",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    "van von der den de da di del della la le el al bin ibn ter ten dos du".split()
)
_MORE = re.compile(r"\bet\.?\s?al\b\.?|…|\.\.\.", re.IGNORECASE)
_INITIAL = re.compile(r"\b[A-Z]\.")
_ASIDE = re.compile(r"\([^()]{0,200}\)|\[[^\[\]]{0,200}\]")
_YEAR_BEHIND = re.compile(r"[,.]?\s?\(?(?:19|20)\d\d\)?\W*$")
_MARKS_BEHIND_NAME = re.compile(r"[\d*†‡§¹²³⁴⁵,]+$|(?<=[^\W\d_])([^\W\d_]{2})\.$(?<![JS]r\.)")
_LABELS = {
    kind: re.compile(rf"^\W{{0,6}}(?:{words})\s{{0,3}}[:：]\s{{0,3}}(.{{3,50000}})", re.IGNORECASE)
    for kind, words in (
        ("title", "(?:paper )?title|题目|标题"),
        ("authors", "authors?|作者|by"),
        ("abstract", "abstract|摘要"),
        ("summary", r"summary|tl;?dr|in short"),
        ("category", "(?:primary )?categor(?:y|ies)|subjects?"),
    )
}


def bare(text: str) -> str:
    """The text on one line, without marks of emphasis and signs around it."""
    text = one_line(re.sub(r"\*{1,3}|`|(?<!\w)_{1,3}|_{1,3}(?!\w)", "", text))
    text = text.strip(" \t|·•,;:-–—")
    if text[:1] in "[【" and text[-1:] in "]】":
        text = text[1:-1].strip()
    return text.strip('"“”‘’ ').rstrip(",。，")


def trimmed(title: str) -> str:
    """A title without the venue or the authors that stand before or behind it: "[ICML 2024] …"."""
    title = bare(title)
    for form in (_VENUE_BEFORE, _VENUE_BEHIND):
        if (found := form.search(title)) and is_label(found[1]):
            title = (title[: found.start()] + title[found.end() :]).strip(" :-–—,.")
    after = _AFTER_AUTHORS.sub("", title, count=1)
    title = after if after != title and reads_as_title(after) else title
    return title if title.endswith(("..", "etc.")) else title.removesuffix(".")


def is_label(text: str) -> bool:
    """Whether a link's text names no paper: "PDF", "arXiv", "ICML 2024", "2404.01234", a day."""
    text = bare(text[:LONGEST_LINE])
    if len(text) < 2 or not any(sign.isalpha() for sign in text):
        return True
    if _ADDRESS.fullmatch(text):
        return True
    if all(word.lower() in _LABEL_WORDS or word.isdigit() for word in _WORD.findall(text)):
        return True
    named = _DATE.fullmatch(text) or _CITES.fullmatch(text)
    return bool(named or (len(text) < 60 and (_VENUE.fullmatch(text) or _PREPRINT.fullmatch(text))))


def reads_as_title(text: str) -> bool:
    """Whether a text can be a title: two words or more, no label, no people, no name of a field."""
    return (
        8 <= len(text) <= LONGEST_TITLE
        and (" " in text or not text.isascii())
        and not text.endswith((":", "："))
        and not text.startswith(("http", "www."))
        and not is_label(text)
        and not looks_like_people(text)
    )


def plain_title(line: str) -> str:
    """The title in a line of running text, without what stands before and behind it; or ""."""
    if _OTHER_FIELD.match(line):
        return ""
    text = _LEADING.sub("", line[:LONGEST_LINE])
    for form in (_LEADING_LABEL, _LEADING_DATE, _LEADING, _AFTER_AUTHORS):
        text = form.sub("", text, count=1)
    text = _without_authors(text)
    text = _BY.split(text, maxsplit=1)[0]
    text = _SENTENCE.split(text, maxsplit=1)[0]
    text = trimmed(_TRAILING.sub("", text)).rstrip(".")
    last = re.sub(r"\W{1,20}$", "", text.rpartition(" ")[2]).lower()
    if last in _ENDS_OPEN or not reads_as_title(text):
        return ""
    head, _, names = text.partition(", ")
    return head if names and reads_as_title(head) and looks_like_people(names) else text


def _without_authors(text: str) -> str:
    """A citation from its title on, where it begins with authors ("One, A. (2021). Title…")."""
    if (found := _CITED.match(text)) and looks_like_people(found[1]):
        return text[found.end() :]
    found = _SENTENCE.search(text)
    if found and looks_like_people(text[: found.start()]):
        return text[found.end() :].lstrip()
    return text


def labelled(kind: str, lines: list[str]) -> str:
    """What follows "Title:", "Authors:", "Abstract:", "TL;DR:" (a summary) or "Category:"."""
    found = filter(None, map(_LABELS[kind].match, lines))
    return next((bare(one[1]) for one in found), "")


def names_of(text: str) -> list[str]:
    """The names in a list of authors, with "et al." and "..." left out."""
    text = _INITIALS_BEHIND.sub(r"\2 \1", _MORE.sub("et al", text[:MOST_NAMES]))
    tidy = (bare(_MARKS_BEHIND_NAME.sub(r"\1", name)) for name in people(text))
    return [name for name in tidy if name and len(name) < 80]


def looks_like_people(text: str, *, one: bool = False) -> bool:
    """Whether a text is nothing but names: capitalised words, two to five each.

    A single name without an initial might as well be a title; it counts with `one` alone.
    """
    if len(text) > MOST_NAMES or _NO_NAME.search(text):
        return False
    names = names_of(text)
    if not names or not all(map(_is_name, names)):
        return False
    if len(names) > 1 or _MORE.search(text) or _INITIAL.search(text):
        return True
    return one and len(names[0].split()) < 4


def authors_in(line: str, *, one: bool = False) -> list[str]:
    """The people that a line names, alone or at its beginning; or none."""
    said = bare(_ASIDE.sub("", line[:MOST_NAMES]))
    for part in (said, _SENTENCE.split(said, maxsplit=1)[0], _YEAR_BEHIND.sub("", said)):
        if looks_like_people(part, one=one):
            return names_of(part)
    return []


def day_in(text: str) -> dt.datetime | None:
    """The day, month or year that a text gives: "2024-04-26", "[2023/10]", "(NeurIPS 2021)"."""
    text = text[:LONGEST_LINE]
    if found := _WHOLE_DAY.search(text):
        return published(f"{found[1]}-{found[2]}-{found[3] or 1}")
    if found := _WORDED_DAY.search(text):
        return published("", found[5], found[1] or found[4], found[2] or found[3])
    found = _YEAR.search(text)
    return published("", found[1]) if found else None


def _is_name(name: str) -> bool:
    words = name.split()
    return (
        1 < len(words) < 6
        and all(_may_be_in_name(word) for word in words)
        and not any(sign in name for sign in ":?!")
    )


def _may_be_in_name(word: str) -> bool:
    first = word[0]
    without_case = first.isalpha() and first.lower() == first.upper()
    return first.isupper() or without_case or word.lower() in _PARTICLES
