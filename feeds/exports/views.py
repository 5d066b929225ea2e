"""A query or a paper's name in, a file of references out."""

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from feeds import reading
from feeds.answers import changed_at, conditional, for_everybody, refused
from feeds.asked import Asked, Whose, asked, site_address
from feeds.exports.base import About, Export, exports
from feeds.query import QueryError
from feeds.reading import Page
from feeds.records import PaperView
from feeds.syndication.wording import title_words

MOST = 500
USUAL = 100


@require_safe
def listed(request: HttpRequest, form: Export) -> HttpResponseBase:
    """The list that the query string asks for: 100 papers, or `limit` of them, at most 500."""
    return listed_for(request, form, Whose(_viewer(request)))


def listed_for(request: HttpRequest, form: Export, whose: Whose) -> HttpResponseBase:
    """The same, as that reader may read it."""
    try:
        question = asked(request.GET, MOST)
        if not request.GET.get("limit"):
            question = replace(question, limit=USUAL)
        return answer_list(request, question, form, whose)
    except QueryError as error:
        return refused(error)


def answer_list(
    request: HttpRequest, question: Asked, form: Export, whose: Whose | None = None
) -> HttpResponseBase:
    """The answer to the question in that format, to who is signed in or to `whose` address it is.
    Raises QueryError.
    """
    whose = whose or Whose(_viewer(request))
    page, title = _read(question, whose.viewer), _title(question, whose.viewer)
    path = f"/papers.{form.name}"
    if page.query.feed != question.query.feed:  # it has another name by now
        renamed = replace(question, query=replace(question.query, feed=page.query.feed))
        return redirect(renamed.address(path, whose), permanent=True)
    following = question.following(page)
    about = About(
        title=f"{settings.SITE_NAME}: {title}",
        site=settings.SITE_URL,
        home=site_address(f"/?{question.query}".rstrip("?")),
        following=following.address(path, whose) if following else "",
        said=page.said,
    )
    answer = conditional(
        request, form.render(page.papers, about), form.content_type, changed_at(page)
    )
    if about.following:
        answer["Link"] = f'<{about.following}>; rel="next"'
    return _finished(answer, form, title, whose.viewer)


@require_safe
def one(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """The paper of that name; where it ends like a format itself, its page."""
    found = reading.paper(key, viewer=_viewer(request))
    if found is None:
        whole = reading.paper(f"{key}.{name}")
        return redirect(whole.path) if whole else _unknown(key)
    if found.key != key:
        return redirect(f"{found.path}.{name}", permanent=True)
    return answer_paper(request, found, exports.get(name))


def answer_paper(request: HttpRequest, paper: PaperView, form: Export) -> HttpResponseBase:
    """That paper in that format."""
    about = About(paper.title, settings.SITE_URL, site_address(paper.path))
    answer = conditional(request, form.one(paper, about), form.content_type, paper.changed_at)
    answer["Link"] = f'<{about.home}>; rel="canonical"'
    return _finished(answer, form, paper.key, _viewer(request))


def _read(question: Asked, viewer: int | None) -> Page:
    """One page of as many papers as are asked for, read in turns of what is read at once."""
    page = question.answer(viewer)
    papers = list(page.papers)
    while page.cursor and len(papers) < question.limit:
        rest = min(question.limit - len(papers), reading.MOST)
        page = Asked(page.query, page.cursor, rest).answer(viewer)
        papers += page.papers
    return replace(page, papers=tuple(papers))


def _title(question: Asked, viewer: int | None) -> str:
    return title_words(question.query, reading.names_in([question.query], viewer=viewer))


def _viewer(request: HttpRequest) -> int | None:
    """Who asks; without a session's cookie none is looked for, and all get the same."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return request.user.pk if request.user.is_authenticated else None


def _finished(
    answer: HttpResponseBase, form: Export, title: str, viewer: int | None
) -> HttpResponseBase:
    name = slugify(title.replace(".", "-"))[:80].strip("-") or "papers"
    kind = "attachment" if form.download else "inline"
    answer["Content-Disposition"] = f'{kind}; filename="{name}.{form.name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    patch_vary_headers(answer, ("Cookie",))
    if viewer is None:
        return for_everybody(answer)
    answer["Cache-Control"] = "private, no-cache"
    return answer


def _unknown(key: str) -> HttpResponse:
    text = f"No paper is known as {key[:100]}.\n"
    return HttpResponse(text, status=404, content_type="text/plain; charset=utf-8")
