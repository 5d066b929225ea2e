"""Categories by the name that an address has for them."""

from functools import cache

from django.utils.text import slugify

from feeds.taxonomy.load import categories


def category_code(slug: str) -> str:
    """A category's id as arXiv writes it: cs-cl is cs.CL. What is none stays as it is."""
    return _codes().get(slug, slug)


@cache
def _codes() -> dict[str, str]:
    return {slugify(code.replace(".", "-")): code for code in categories()}
