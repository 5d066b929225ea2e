"""FeedQuery: which papers, in which order, for which period. One grammar for every output.

?feed=daily&tag=diffusion&tag=-medical&author=Kaiming+He&q=sparse+attention
 &period=week&date=2026-11-23&sort=hot&has=code&source=arxiv
"""

import datetime as dt
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from django.utils.translation import gettext as _

from feeds import grammar
from feeds.said_numbers import grouped

PERIODS = ("day", "week", "month", "all")
SORTS = ("hot", "rising", "scaled", "new", "top")
# The order of the one who asks, which is nobody else's.
FOR_YOU = "for_you"
# How well a paper answers the words that are asked; without words there is no such order.
RELEVANCE = "relevance"
HAS = ("code",)
TERMS = ("feed", "in", "similar", "tag", "author", "q", "source", "has", "period", "date", "sort")
# The collection of this name is what the one who asks follows.
FOLLOWING = "following"
MOST_TERMS = 20
LONGEST_TERM = 300
# A question may be as long as an abstract, to find what answers it.
LONGEST_WORDS = 2_500

_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
# Years from 1900 to 2099: far enough from the ends of what a date can hold.
_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d", re.ASCII)
_MONTH = re.compile(r"((?:19|20)\d\d)-(\d\d)", re.ASCII)
# Control characters but those that are space, and halves of a pair.
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1b\ud800-\udfff]")
_WEEK = re.compile(r"((?:19|20)\d\d)-W(\d\d)", re.ASCII)


class QueryError(ValueError):
    """A term that cannot be read: `field` is its name, the text says what to do.

    Of a slip in q, `position` says where it is (from 0) in `given`, the words as they are kept,
    and `expected` what would be right there.
    """

    def __init__(
        self,
        field: str,
        message: str,
        *,
        given: str = "",
        position: int | None = None,
        expected: str = "",
    ) -> None:
        self.field = field
        self.given = given
        self.position = position
        self.expected = expected
        super().__init__(message)


class NotThere(QueryError):
    """What the question names is not there, or not for the one who asks."""

    status = 404


class SignIn(NotThere):
    """What the question asks for is each person's own, and nobody is known."""

    status = 401


class Gone(NotThere):
    """What the question names was there, and is no more: the text says so."""

    status = 410


@dataclass(frozen=True, slots=True)
class FeedQuery:
    """A question to the collection of papers.

    `tags` and `authors` must all hold, `without_tags` must not, any of `sources` may.
    `date` is the first day of its period, or None: the latest period that has papers. `feed`
    names a feed, whose own question holds too; its own order, unless another one is asked for.
    `collection` is the slug of a person's list of papers, or `FOLLOWING`. `similar` names a paper
    that they are like, which then stand by closeness, unless another order is asked for. `words`
    are a text in the grammar of feeds/grammar.
    """

    feed: str = ""
    collection: str = ""
    similar: str = ""
    tags: tuple[str, ...] = ()
    without_tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    words: str = ""
    sources: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    period: str = "day"
    date: dt.date | None = None
    sort: str = "hot"

    @property
    def narrows(self) -> bool:
        """Whether it asks for something in particular, rather than for an edition."""
        terms = (self.tags, self.authors, self.words, self.collection, self.similar)
        return any(terms) or self.sort == FOR_YOU

    @property
    def by_relevance(self) -> bool:
        """Whether the papers stand by how well they answer its words."""
        return bool(self.words) and self.sort == RELEVANCE

    @property
    def by_database_alone(self) -> bool:
        """Whether nothing but the database and who asks says which papers it means."""
        return not (self.words or self.similar)

    @property
    def as_it_goes_on(self) -> "FeedQuery":
        """The question to come back to: what is new then, not the best answer ever again."""
        return replace(self, sort="hot") if self.sort == RELEVANCE else self

    @property
    def last_day(self) -> dt.date | None:
        """The last day of the period, or None where it is open."""
        return _last_day(self.period, self.date) if self.date else None

    def on(self, period: str, day: dt.date | None) -> "FeedQuery":
        """The same question for another period, the one that `day` lies in."""
        return replace(self, period=period, date=_first_day(period, day) if day else None)

    def pairs(self) -> list[tuple[str, str]]:
        """The terms as (name, value), in a fixed order, defaults left out."""
        terms = [("feed", self.feed)] if self.feed else []
        terms += [("in", self.collection)] if self.collection else []
        terms += [("similar", self.similar)] if self.similar else []
        terms += [("tag", tag) for tag in self.tags]
        terms += [("tag", f"-{tag}") for tag in self.without_tags]
        terms += [("author", author) for author in self.authors]
        terms += [("q", self.words)] if self.words else []
        terms += [("source", source) for source in self.sources]
        terms += [("has", has) for has in self.has]
        if self.period != ("all" if self.narrows else "day"):
            terms.append(("period", self.period))
        if self.date:
            terms.append(("date", self.date.isoformat()))
        if self.sort != "hot" and (self.words or self.sort != RELEVANCE):
            terms.append(("sort", self.sort))
        return terms

    def __str__(self) -> str:
        return urlencode(self.pairs())


def parse(text: str) -> FeedQuery:
    """Reads a query string. Raises QueryError."""
    return parse_pairs(parse_qsl(text.removeprefix("?"), keep_blank_values=True))


def parse_pairs(pairs: Iterable[tuple[str, str]]) -> FeedQuery:
    """Reads (name, value) terms; names that are not the grammar's are left to others.

    A query that names no period asks for the latest edition, unless it asks for words, a
    tag, an author, a collection, likeness or one's own order: then for all papers. Empty values
    count as not given. Raises QueryError.
    """
    given = _by_name(pairs)
    tags = [_tag(value) for value in given["tag"]]
    words = " ".join(" ".join(given["q"]).split())
    if words:
        tree_of(words)
    query = FeedQuery(
        feed=_slug("feed", feed.lower()) if (feed := _last(given["feed"])) else "",
        collection=_slug("in", name.lower()) if (name := _last(given["in"])) else "",
        similar=" ".join(_last(given["similar"]).split()),
        tags=_once(tag for tag in tags if not tag.startswith("-")),
        without_tags=_once(tag[1:] for tag in tags if tag.startswith("-")),
        authors=_once(" ".join(author.split()) for author in given["author"]),
        words=words,
        sources=_once(_slug("source", value.lower()) for value in given["source"]),
        has=_once(_one_of("has", value, HAS) for value in given["has"]),
        sort=_one_of("sort", _last(given["sort"]) or "hot", (*SORTS, FOR_YOU, RELEVANCE)),
    )
    if query.sort == RELEVANCE and not words:
        query = replace(query, sort="hot")
    return _with_period(query, _last(given["period"]), _last(given["date"]))


@lru_cache(maxsize=256)
def tree_of(words: str) -> grammar.Node:
    """What the words of a question mean. Raises QueryError, which points at the slip."""
    _check("q", words)
    try:
        return grammar.read(words)
    except grammar.GrammarError as slip:
        raise QueryError(
            "q",
            _("q, character %(place)s: %(slip)s It takes %(expected)s.")
            % {"place": slip.position + 1, "slip": slip, "expected": slip.expected},
            given=words,
            position=slip.position,
            expected=slip.expected,
        ) from None


def _by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    given: dict[str, list[str]] = {name: [] for name in TERMS}
    for name, value in pairs:
        if name in given and value.strip():
            _check(name, value)
            given[name].append(value.strip())
    for name, values in given.items():
        if len(values) > MOST_TERMS:
            raise QueryError(
                name,
                _("%(name)s stands %(values)s times; %(most_terms)s is the most.")
                % {"name": name, "values": len(values), "most_terms": MOST_TERMS},
            )
    return given


def _check(name: str, value: str) -> None:
    longest = LONGEST_WORDS if name == "q" else LONGEST_TERM
    if len(value) > longest:
        raise QueryError(
            name,
            _("%(name)s is longer than %(longest)s characters.")
            % {"name": name, "longest": grouped(longest)},
            given=value[: longest + 1],
            position=longest,
            expected=_("%(longest)s characters at most") % {"longest": grouped(longest)},
        )
    if odd := _NO_TEXT.search(value):
        raise QueryError(
            name,
            _("%(name)s holds a character that is no text.") % {"name": name},
            given="".join(one if one.isprintable() else "\ufffd" for one in value),
            position=odd.start(),
            expected=_("letters, digits and signs"),
        )


def _with_period(query: FeedQuery, period: str, day: str) -> FeedQuery:
    named = _one_of("period", period, PERIODS) if period else ""
    if not day or day == "latest":
        return replace(query, period=named or ("all" if query.narrows else "day"))
    meant, first = _date(day)
    if named == "all":  # which has no date: the question says so where it is told again
        return replace(query, period=named)
    return query.on(named or meant, first)


def _date(text: str) -> tuple[str, dt.date]:
    """A day, week (2026-W17) or month (2026-04) as (period, its first day)."""
    with suppress(ValueError):
        if month := _MONTH.fullmatch(text):
            return "month", dt.date(int(month[1]), int(month[2]), 1)
        if week := _WEEK.fullmatch(text):
            return "week", dt.date.fromisocalendar(int(week[1]), int(week[2]), 1)
        if _DAY.fullmatch(text):
            return "day", dt.date.fromisoformat(text)
    raise QueryError(
        "date",
        _(
            "date is %(text)s; it takes a day like 2026-04-24, a week like 2026-W17 or a "
            "month like 2026-04."
        )
        % {"text": repr(text)},
    )


def _first_day(period: str, day: dt.date) -> dt.date:
    if period == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if period == "month" else day


def _last_day(period: str, day: dt.date) -> dt.date:
    if period == "week":
        return day + timedelta(days=6)
    if period == "month":
        return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return day


def _tag(value: str) -> str:
    sign, slug = ("-", value[1:]) if value.startswith("-") else ("", value)
    return sign + _slug("tag", slug.strip().lower().replace(" ", "-"))


def _slug(name: str, value: str) -> str:
    if not _SLUG.fullmatch(value):
        raise QueryError(
            name,
            _("%(name)s is %(value)s; it takes a name like sparse-attention.")
            % {"name": name, "value": repr(value)},
        )
    return value


def _one_of(name: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise QueryError(
            name,
            _("%(name)s is %(value)s; it takes %(known)s.")
            % {"name": name, "value": repr(value), "known": ", ".join(known)},
        )
    return value


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _last(values: list[str]) -> str:
    return values[-1] if values else ""
