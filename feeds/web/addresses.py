"""Where the answer to a question is read: the same question always has the same address."""

from dataclasses import replace
from datetime import date
from urllib.parse import quote, urlencode

from feeds.query import FOLLOWING, FOR_YOU, FeedQuery

Pairs = list[tuple[str, str]]

# The orders in which /trending shows the papers of all days.
TRENDS = ("hot", "rising", "scaled")


def address(query: FeedQuery, *, cursor: str = "") -> str:
    """The page of that question, from the place that `cursor` names."""
    path, terms = _place(query)
    return with_terms(path, [*terms, ("cursor", cursor)] if cursor else terms)


def with_terms(path: str, terms: Pairs) -> str:
    return f"{path}?{urlencode(terms)}" if terms else path


def filters_of(query: FeedQuery) -> str:
    """The question without its period, as a query string."""
    return urlencode(_without(query.pairs(), "period", "date"))


def author_address(name: str) -> str:
    return address(FeedQuery(authors=(name,), period="all"))


def edition_path(period: str, day: date) -> str:
    """The path of the edition of `period` that begins on `day`."""
    if period == "week":
        year, week, _ = day.isocalendar()
        return f"/week/{year}-W{week:02}"
    return f"/month/{day:%Y-%m}" if period == "month" else f"/date/{day.isoformat()}"


def feed_path(slug: str, query: FeedQuery) -> str:
    """The path of the feed's edition of the question's date, of its latest one without a date."""
    if not query.date:
        return f"/f/{slug}"
    return f"/f/{slug}/{edition_path(query.period, query.date).rpartition('/')[2]}"


def desk_path(slug: str, query: FeedQuery) -> str:
    """The desk of the feed's edition of the question's date, or of its latest day."""
    return f"/desk/feeds/{feed_path(slug, query).removeprefix('/f/')}"


def _place(query: FeedQuery) -> tuple[str, Pairs]:
    terms = query.pairs()
    if query.feed:
        rest = _without(terms, "feed", *(("period", "date") if query.date else ()))
        return feed_path(query.feed, query), rest
    if query.date:
        return edition_path(query.period, query.date), _without(terms, "period", "date")
    if query.period == "all" and query.collection == FOLLOWING:
        return "/following", _without(terms, "in")
    if query.period == "all" and len(query.tags) == 1:
        slug = query.tags[0]
        return f"/t/{quote(slug)}", [term for term in terms if term != ("tag", slug)]
    if query.period == "all" and query.sort == FOR_YOU:
        return "/for-you", _without(terms, "sort")
    if query.period == "all" and query.sort in TRENDS and not query.narrows:
        return "/trending", _without(terms, "period")
    return "/", terms


def without_tag(query: FeedQuery, slug: str) -> FeedQuery:
    """The question with that tag neither asked for nor excluded."""
    return replace(
        query,
        tags=_all_but(query.tags, slug),
        without_tags=_all_but(query.without_tags, slug),
    )


def _all_but(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(other for other in values if other != value)


def _without(terms: Pairs, *names: str) -> Pairs:
    return [term for term in terms if term[0] not in names]
