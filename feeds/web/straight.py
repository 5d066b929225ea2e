"""An arXiv id, a DOI or the address of a paper in the search box leads to that paper."""

from django.conf import settings
from django.http import HttpRequest

from feeds import reading
from feeds.grammar.read import paper_named
from feeds.query import LONGEST_TERM, RELEVANCE


def straight_to(request: HttpRequest) -> str:
    """The path of the one paper that was asked for, if it is here; or ""."""
    asked = request.GET.dict()
    if set(asked) - {"q", "sort"} or asked.get("sort", RELEVANCE) != RELEVANCE:
        return ""
    words = asked.get("q", "").strip().removeprefix("id:").strip('"')
    name = words.removeprefix(f"{settings.SITE_URL}/papers/")
    if name == words:
        name = paper_named(words)
    if not name or len(words) > LONGEST_TERM:
        return ""
    found = reading.paper(name)
    return found.path if found else ""
