"""Putting a digest in: give it, look at what it would bring, put it in or discard it."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from feeds import tasks
from feeds.desk import counting, digests, previewing, proposing
from feeds.http import Limits, Refused, Unreachable, fetch
from feeds.packing import FileContent, TooLarge
from feeds.parsers.base import UnknownFormat
from feeds.records import Content
from feeds.web.desk.forms import Adding, Choosing
from feeds.web.desk.receiving import Bounded, opened
from feeds.web.desk.ringing import ring
from feeds.web.desk.staff import for_staff

PATIENCE = 30.0  # seconds that a curator waits for a link


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt  # _add is protected: how a body is received has to be said before it is read
@for_staff
def add(request: HttpRequest) -> HttpResponseBase:
    bound = Bounded(request, settings.UPLOAD_LARGEST)
    request.upload_handlers.insert(0, bound)
    try:
        request.POST  # noqa: B018 (reads the body)
    except RequestDataTooBig:
        form = Adding(initial={"source": "upload"})
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE / (1024 * 1024)
        problem = _("The text is longer than %(most)s MB. Save it as a file, and choose that.")
        problem %= {"most": number_format(f"{most:.1f}")}
        return _form(request, form, status=413, problem=problem)
    return _add(request, bound)


@csrf_protect
def _add(request: HttpRequest, bound: Bounded) -> HttpResponse:
    if request.method != "POST":
        return _form(request, Adding(initial={"source": request.GET.get("source") or "upload"}))
    form = Adding(request.POST, request.FILES, too_long=bound.exceeded)
    if not form.is_valid():
        return _form(request, form, status=413 if bound.exceeded else 400)
    try:
        name, content = _given(form)
        proposal_id = proposing.propose(
            content, form.choice(), name=name, curator=request.user.pk or 0
        )
    except (Refused, Unreachable, TooLarge, proposing.Empty) as refused:
        form.add_error(form.given(), str(refused))
        return _form(request, form, status=400)
    _count(proposal_id, len(content))
    return redirect("desk-proposal", proposal_id)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def proposal(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """What the document would bring; and what the curator says to it."""
    if request.method == "POST":
        return _decide(request, proposal_id)
    found = previewing.preview(proposal_id)
    if found is None:
        return _gone(request)
    waiting = found.waiting
    chosen = {
        "source": waiting.source_name,
        "day": waiting.chosen_day,
        "parser": waiting.chosen_parser,
    }
    return _preview(request, found, Choosing(initial=chosen))


@require_safe
@for_staff
def counted(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """How far the counting is: a part of the proposal's page."""
    found = previewing.counted(proposal_id)
    if found is None:
        raise Http404
    given = {"counted": found, "proposal_id": proposal_id}
    answer = render(request, "desk/_counted.html", given)
    if found.whole:
        answer["HX-Refresh"] = "true"
    return answer


def _decide(request: HttpRequest, proposal_id: int) -> HttpResponse:
    action = request.POST.get("action")
    try:
        if action == "put-in":
            return _put_in(proposal_id)
        if action == "discard":
            proposing.discard(proposal_id)
            messages.info(request, _("It was discarded. Nothing was changed."))
            return redirect("desk-add")
        return _look_again(request, proposal_id)
    except proposing.Gone:
        return _gone(request)


def _put_in(proposal_id: int) -> HttpResponse:
    try:
        digest_id, run_id = proposing.put_in(proposal_id)
    except UnknownFormat:
        return redirect("desk-proposal", proposal_id)  # which says why
    if run_id is not None:
        ring(tasks.read_digest, run_id)
    return redirect("desk-digest", digest_id)


def _look_again(request: HttpRequest, proposal_id: int) -> HttpResponse:
    form = Choosing(request.POST)
    found = previewing.preview(proposal_id)
    if found is None:
        return _gone(request)
    if not form.is_valid():
        return _preview(request, found, form, status=400)
    proposing.choose(proposal_id, form.choice())
    _count(proposal_id, found.waiting.size)
    return redirect("desk-proposal", proposal_id)


def _given(form: Adding) -> tuple[str, Content]:
    """The name and the content of what was given. Raises Refused, Unreachable."""
    given = form.cleaned_data
    if given["text"]:
        return "", given["text"].encode(errors="replace")
    if given["file"]:
        return given["file"].name, FileContent(opened(given["file"]))
    limits = Limits(
        largest=settings.UPLOAD_LARGEST, silence=PATIENCE / 2, deadline=PATIENCE, attempts=1
    )
    answer = fetch(given["link"].strip(), limits=limits)
    return given["link"].strip(), answer.content


def _count(proposal_id: int, size: int) -> None:
    """At once, where that is soon done; else a worker counts."""
    if size <= counting.AT_ONCE:
        counting.count(proposal_id)
    else:
        ring(tasks.count_proposal, proposal_id)


def _form(
    request: HttpRequest, form: Adding, *, status: int = 200, problem: str = ""
) -> HttpResponse:
    given = {
        "form": form,
        "problem": problem,
        "sources": digests.source_names(),
        "waiting": previewing.all_waiting(),
        "most": settings.UPLOAD_LARGEST // (1024 * 1024),
    }
    return render(request, "desk/add.html", given, status=status)


def _preview(
    request: HttpRequest, found: previewing.Preview, form: Choosing, *, status: int = 200
) -> HttpResponse:
    given = {"preview": found, "form": form, "sources": digests.source_names()}
    return render(request, "desk/proposal.html", given, status=status)


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/gone.html", status=404)
