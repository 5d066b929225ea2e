"""What a client of the daily papers API asks, as questions of ours."""

import re
from dataclasses import replace

from django.http import QueryDict

from feeds import grammar
from feeds.query import FeedQuery, NotThere, QueryError, parse_pairs

PERIODS = {"date": "day", "week": "week", "month": "month"}
LIKE = {"date": "2026-04-24", "week": "2026-W17", "month": "2026-04"}
SORTS = {"publishedAt": "new", "trending": "hot"}
# Terms of ours that narrow such a list, at the addresses of theirs.
OURS = ("feed", "in", "tag", "author", "q", "source", "has")
LONGEST_SEARCH = 250
LONGEST_NAME = 100
DEEPEST = 10_000


def listed(given: QueryDict) -> FeedQuery:
    """The question that a list of daily papers answers. Raises QueryError.

    A day, week or month is our edition of it, the shortest where several are given; without one
    all papers are meant, newest first.
    `sort` orders either of them.
    """
    named = [name for name in PERIODS if given.get(name)]
    sort = _sort(given.get("sort", ""), dated=bool(named))
    pairs = [*_ours(given), *([("sort", sort)] if sort else [])]
    if not named:
        return parse_pairs([*pairs, ("period", "all")])
    return _dated(pairs, named[0], str(given.get(named[0], "")))


def _dated(pairs: list[tuple[str, str]], name: str, value: str) -> FeedQuery:
    """The question for the day, week or month (`name`) that `value` names."""
    wrong = QueryError(name, f"{name} is {value[:20]!r}; it takes one like {LIKE[name]}.")
    try:
        query = parse_pairs([*pairs, ("date", value)])
    except QueryError as error:
        raise wrong if error.field == "date" else error from None
    if query.date and query.period != PERIODS[name]:
        raise wrong
    return replace(query, period=PERIODS[name])


def searched(given: QueryDict) -> FeedQuery:
    """The question that a search asks. Raises QueryError."""
    words = given.get("q", "")
    if not words.strip():
        raise QueryError("q", "q is missing; it takes the words to look for.")
    if len(words) > LONGEST_SEARCH:
        raise QueryError("q", f"q is longer than {LONGEST_SEARCH} characters.")
    query = parse_pairs([*_ours(given), ("period", "all")])
    if not query.words:
        raise NotThere("q", "q holds no words to look for.")
    return query


def submitter(given: QueryDict) -> str:
    """The name of the one who gave the papers. Raises QueryError."""
    name = given.get("submitter", "")
    if "\0" in name or len(name) > LONGEST_NAME:
        raise QueryError("submitter", "submitter takes the name of a person's page here.")
    return name


def number(given: QueryDict, name: str, otherwise: int, least: int, most: int) -> int:
    """A whole number from the address. Raises QueryError."""
    if name not in given:
        return otherwise
    text = ",".join(given.getlist(name))  # of several none is a number
    if text.isascii() and text.isdigit() and len(text) < 8 and least <= int(text) <= most:
        return int(text)
    raise QueryError(name, f"{name} is {text[:20]!r}; it takes a number from {least} to {most}.")


def _ours(given: QueryDict) -> list[tuple[str, str]]:
    pairs = [(name, value) for name in OURS for value in given.getlist(name)]
    return [(name, _readable(value) if name == "q" else value) for name, value in pairs]


def _readable(words: str) -> str:
    """The words as they are; with a slip in them their letters and digits alone, for clients of
    an API that has no grammar of words. What is no text at all stays, to be refused.
    """
    if len(words) > LONGEST_SEARCH:
        return words
    try:
        grammar.read(" ".join(words.split()))
    except grammar.GrammarError:
        return re.sub(r"[^\w\x00-\x1f]+", " ", words.lower())
    return words


def _sort(name: str, *, dated: bool) -> str:
    """Our name of the order; empty is an edition's own order."""
    if not name:
        return "" if dated else SORTS["publishedAt"]
    if name not in SORTS:
        raise QueryError("sort", f"sort is {name[:20]!r}; it takes {' or '.join(SORTS)}.")
    return SORTS[name]
