"""A request becomes a question, reading answers it, a template shows it."""

from dataclasses import replace
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.common import no_append_slash
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from feeds import reading, voting
from feeds.asked import Asked, limit_of
from feeds.exports.base import exports
from feeds.exports.views import MOST, answer_list, answer_paper
from feeds.followed import tags_followed_by
from feeds.named import feeds_listed
from feeds.query import FeedQuery
from feeds.records import PaperView
from feeds.related import related
from feeds.web.asked import by_htmx, question, trending, viewer, way_back
from feeds.web.comments import talk
from feeds.web.desk.paper_tags import curating
from feeds.web.errors import answers_query_errors
from feeds.web.paper_page import about, neighbourhood
from feeds.web.set_pages import page_of
from feeds.web.straight import straight_to

SIMILAR = 5  # papers on a paper's page


@vary_on_headers("Accept")
def _listed(request: HttpRequest, query: FeedQuery) -> HttpResponseBase:
    if _wants_markdown(request):
        asked = Asked(query, request.GET.get("cursor", ""), limit_of(request.GET, MOST))
        with override(settings.LANGUAGE_CODE):
            return answer_list(request, asked, exports.get("md"))
    return page_of(request, query)


@require_safe
@answers_query_errors
def papers(request: HttpRequest) -> HttpResponseBase:
    if found := straight_to(request):
        return redirect(found)
    return _listed(request, question(request))


@require_safe
@answers_query_errors
def edition(request: HttpRequest, period: str, date: str) -> HttpResponseBase:
    return _listed(request, question(request, period=period, date=date))


@require_safe
@answers_query_errors
def feed(request: HttpRequest, slug: str, date: str = "") -> HttpResponseBase:
    return _listed(request, question(request, feed=slug, **({"date": date} if date else {})))


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    return render(request, "feeds/feeds.html", {"feeds": feeds_listed(viewer(request))})


@require_safe
@answers_query_errors
def trends(request: HttpRequest) -> HttpResponseBase:
    return _listed(request, trending(request))


@require_safe
@answers_query_errors
def topic(request: HttpRequest, slug: str) -> HttpResponseBase:
    if slug != slug.lower():
        return redirect("topic", slug=slug.lower(), permanent=True)
    tag = reading.tag(slug)
    if tag is None:
        raise Http404
    if tag.slug != slug:
        return redirect("topic", slug=tag.slug, permanent=True)
    return _listed(request, question(request, tag=slug))


@require_safe
@vary_on_headers("Accept")
def paper(request: HttpRequest, key: str) -> HttpResponseBase:
    found = reading.paper(key, viewer=viewer(request))
    if found is None:
        raise Http404
    if found.key != key:
        return redirect(found.path, permanent=True)
    if _wants_markdown(request):
        with override(settings.LANGUAGE_CODE):  # a file, which is the same for all
            return answer_paper(request, found, exports.get("md"))
    shown = talk(request, found) | about(found) | {"curate": curating(request, found)}
    shown["followed_tags"] = tags_followed_by(viewer(request))
    shown["similar"] = reading.similar(found, viewer=viewer(request), limit=SIMILAR)
    shown["neighbourhood"] = neighbourhood(found, viewer(request))
    shown["related"] = related(found, viewer(request))
    return render(request, "feeds/paper.html", shown)


@require_safe
@no_append_slash
def without_slash(request: HttpRequest) -> HttpResponse:
    """Leads to the address without the slash at its end, under which the page is known."""
    terms = f"?{request.META['QUERY_STRING']}" if request.META["QUERY_STRING"] else ""
    return redirect(request.path.rstrip("/") + terms, permanent=True)


@require_POST
def vote(request: HttpRequest, key: str) -> HttpResponse:
    """Gives the reader's vote, or takes it back."""
    found = reading.paper(key, viewer=viewer(request))
    if found is None:
        raise Http404
    back = way_back(request, found.path)
    if not request.user.is_authenticated:
        return _to(request, f"{reverse('account_login')}?{urlencode({'next': back})}")
    try:
        changed = _voted(request, found)
    except voting.Refused as refused:
        if by_htmx(request):  # sent again as a form, which is shown why
            return HttpResponse(status=409)
        messages.error(request, str(refused))
        return redirect(f"{back}#p{found.id}")
    if by_htmx(request):
        return render(request, "feeds/_vote.html", {"paper": changed, "said": _said(changed)})
    if changed.vote_held:
        messages.info(request, _("Your vote is kept. It will count within a day."))
    return redirect(f"{back}#p{found.id}")


def _voted(request: HttpRequest, found: PaperView) -> PaperView:
    """The paper after the reader's press of the button. Raises voting.Refused."""
    assert request.user.is_authenticated  # noqa: S101 (the caller asked)
    reader = request.user.pk
    if found.voted:
        count = voting.unvote(found.id, reader)
        return replace(found, votes=count, voted=False, vote_held=False)
    count = voting.cast(found.id, voting.Voter.of(request.user), timezone.now())
    held = voting.is_held(found.id, reader)
    return replace(found, votes=count, voted=True, vote_held=held)


def _said(paper: PaperView) -> str:
    """What a press of the button came to, for those who do not see it."""
    if paper.vote_held:
        return _("Your vote is kept. It will count within a day.")
    votes = {"votes": paper.votes}
    if paper.voted:
        return _("You voted. Votes: %(votes)s.") % votes
    return _("Your vote is taken back. Votes: %(votes)s.") % votes


def _wants_markdown(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "text/markdown"]) == "text/markdown"


def _to(request: HttpRequest, place: str) -> HttpResponse:
    """Leads there, also from a part of a page."""
    if by_htmx(request):
        return HttpResponse(status=204, headers={"HX-Redirect": place})
    return redirect(place)
