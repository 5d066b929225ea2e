"""Words that all papers of a list share, put into the reader's language once."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from django.utils.translation import get_language, gettext

from feeds.said_numbers import decimal

_LANGUAGE: ContextVar[str | None] = ContextVar("language", default=None)


def said(words: str, **numbers: float) -> str:
    """The words in the language that is spoken, with the numbers where they name them."""
    language = _LANGUAGE.get() or get_language()
    return _said(language, words, tuple(numbers.items()))


@contextmanager
def in_one_language() -> Iterator[None]:
    """Within its block one language is spoken; to ask which takes longer than to say the words."""
    token = _LANGUAGE.set(get_language())
    try:
        yield
    finally:
        _LANGUAGE.reset(token)


@lru_cache(maxsize=4096)
def _said(_language: str | None, words: str, numbers: tuple[tuple[str, float], ...]) -> str:
    told = gettext(words)
    return told % {name: decimal(number) for name, number in numbers} if numbers else told
