"""The gist on a paper's own page: curators write it, accept a proposal, and take it back."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from feeds import reading
from feeds.desk import paper_gist as gists
from feeds.gist_words import NoGist
from feeds.records import PaperView
from feeds.web.desk.paper_tags import curates, curators_name


@never_cache
@require_POST
def paper_gist(request: HttpRequest, key: str) -> HttpResponseBase:
    """Keeps what a curator wrote, or takes it back."""
    paper = reading.paper(key)
    if not request.user.is_authenticated:
        return redirect_to_login(paper.path if paper else "/")
    if paper is None or not curates(request):
        raise Http404
    try:
        messages.info(request, _done(request, paper))
    except (NoGist, gists.Overtaken) as problem:
        messages.error(request, f"{problem}")
    return redirect(f"{paper.path}#curate")


def _done(request: HttpRequest, paper: PaperView) -> str:
    now = timezone.now()
    if "undo" in request.POST:
        word = request.POST["undo"]
        return gists.undo(paper.id, int(word) if word.isascii() and word.isdigit() else 0, now)
    text = paper.gist if "accept" in request.POST else request.POST.get("gist", "")
    made_by = request.user.pk or 0
    return gists.write(paper.id, text, who=curators_name(request), made_by=made_by, now=now)
