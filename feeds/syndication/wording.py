"""A question in words, as the title of a feed."""

from collections.abc import Mapping
from datetime import date

from feeds.query import FeedQuery
from feeds.rankers.base import rankers


def title_words(query: FeedQuery, names: Mapping[str, str]) -> str:
    """ "Trending papers of the day", "Newest papers, Diffusion, not Medical imaging".

    `names` gives the names of the tags by their slugs.
    """
    order = rankers.get(query.sort).label
    first = f"{order[:1].upper()}{order[1:]} papers{_of_period(query)}"
    return ", ".join([first, *_filters(query, names)])


def _of_period(query: FeedQuery) -> str:
    if query.period == "all":
        return ""
    if not query.date:
        return f" of the {query.period}"
    if query.period == "month":
        return f" of {query.date:%B %Y}"
    return f" of {'the week from ' if query.period == 'week' else ''}{_day(query.date)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _filters(query: FeedQuery, names: Mapping[str, str]) -> list[str]:
    words = [names.get(slug, slug) for slug in query.tags]
    words += [f"not {names.get(slug, slug)}" for slug in query.without_tags]
    words += [f"by {author}" for author in query.authors]
    words += [f"“{query.words}”"] if query.words else []
    words += [f"from {source}" for source in query.sources]
    words += ["with code"] if "code" in query.has else []
    return words
