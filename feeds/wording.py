"""A question in words, alike at every output."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from feeds.query import FeedQuery


def filter_words(query: FeedQuery, names: Mapping[str, str]) -> list[str]:
    """What the question asks for, term by term.

    `names` gives the names of tags by their slugs, of feeds by "feed:" and theirs, of
    collections by "in:" and theirs, and the titles of papers by "similar:" and their keys.
    """
    words = [names.get(f"feed:{query.feed}", query.feed)] if query.feed else []
    words += [names.get(f"in:{query.collection}", query.collection)] if query.collection else []
    title = names.get(f"similar:{query.similar}", query.similar)
    words += [_("like “%(title)s”") % {"title": title}] if title else []
    words += [names.get(slug, slug) for slug in query.tags]
    words += [_("not %(tag)s") % {"tag": names.get(slug, slug)} for slug in query.without_tags]
    words += [_("by %(author)s") % {"author": author} for author in query.authors]
    words += [_("“%(words)s”") % {"words": query.words}] if query.words else []
    words += [_("from %(source)s") % {"source": source} for source in query.sources]
    words += [_("with code")] if "code" in query.has else []
    return words
