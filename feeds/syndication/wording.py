"""A question in words, as the title of a feed."""

from collections.abc import Mapping
from datetime import date

from feeds.query import FeedQuery
from feeds.rankers.base import order_label
from feeds.wording import filter_words


def title_words(query: FeedQuery, names: Mapping[str, str]) -> str:
    """ "Trending papers of the day", "Newest papers, Diffusion, not Medical imaging".

    `names` gives the names of the tags by their slugs.
    """
    order = order_label(query.sort)
    first = f"{order[:1].upper()}{order[1:]} papers{_of_period(query)}"
    return ", ".join([first, *filter_words(query, names)])


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
