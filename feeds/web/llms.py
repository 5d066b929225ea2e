"""/llms.txt: what this site is and where it is read, for agents that come by its address alone."""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from feeds.answers import conditional, open_to_all
from feeds.asked import site_address
from feeds.exports.markdown import words
from feeds.named import feeds_listed
from feeds.query import HAS, PERIODS, RELEVANCE, SORTS

CONTENT_TYPE = "text/plain; charset=utf-8"
MOST_FEEDS = 50


@open_to_all
@require_safe
def llms(request: HttpRequest) -> HttpResponseBase:
    return conditional(request, "\n".join(_lines()).encode() + b"\n", CONTENT_TYPE)


def _lines() -> Iterator[str]:
    yield f"# {words(settings.SITE_NAME)}"
    yield "\n> Research papers that are read and talked about, day by day, and why each stands"
    yield "> where it does. Any list is a query, and the same query works at every address below."
    yield "\n## Read as Markdown"
    yield _link("Latest edition", "/papers.md", "100 papers; `limit=` takes up to 500")
    yield _link("Trending", "/papers.md?period=all", "of all days")
    yield _link("A search", "/papers.md?q=sparse+attention&sort=top", "an example")
    yield _link("A tag of a week", "/papers.md?tag=diffusion&period=week", "an example")
    yield f"- A paper: `{site_address('/papers/')}KEY.md`, where KEY is an arXiv id or DOI too"
    yield "- Every page of papers is Markdown when it is asked for with `Accept: text/markdown`"
    yield "\n## Ask"
    yield from _terms()
    yield "\n## For programs"
    yield _link("MCP", reverse("mcp"), "tools to search, list and read; streamable HTTP, no key")
    yield _link("API", reverse("api-docs"), "JSON, without a key for what is public")
    yield _link("OpenAPI", reverse("api-schema"), "its description")
    yield _link("Feed", reverse("feed.json"), "JSON Feed; `/feed.rss` and `/feed.atom` alike")
    yield _link("References", "/papers.bib", "BibTeX; also `.ris`, `.csl.json` and `.csv`")
    found = [feed for feed in feeds_listed(None)[:MOST_FEEDS] if not feed.private]
    if found:
        yield "\n## Feeds"
        yield from (
            _link(feed.name, f"/papers.md?feed={feed.slug}", feed.description) for feed in found
        )


def _terms() -> Iterator[str]:
    yield '- `q=`: words, `"a phrase"`, `-without`, `author:`, `title:`, `year:2023..2025`, `OR`'
    yield "- `tag=a`, `tag=-b`: with it, without it; `author=`; `source=`; `feed=`; `similar=KEY`"
    yield "- `date=`: 2026-04-24, 2026-W17 or 2026-04; without it the latest"
    for name, values in (("has", HAS), ("period", PERIODS), ("sort", (*SORTS, RELEVANCE))):
        yield f"- `{name}=`: {', '.join(values)}"


def _link(name: str, path: str, what: str) -> str:
    about = f": {what}" if what else ""
    return f"- [{words(name)}]({site_address(path)}){about}"
