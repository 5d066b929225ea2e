"""Giving a paper to the curators: name it, look at what was found, send it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from feeds import submitted, submitting, tasks
from feeds.pen_names import NoName, pen_name, take_name
from feeds.ringing import ring
from feeds.shown_names import shown_name
from feeds.web.people.signed_in import for_readers

_DONE = {
    "send": gettext_noop("It is with the curators now."),
    "withdraw": gettext_noop("It is withdrawn."),
    "again": gettext_noop("It is being fetched once more."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def submit(request: HttpRequest, reader: int) -> HttpResponse:
    """The form, and what the reader gave before."""
    if request.method != "POST":
        return _form(request, reader, request.GET.get("paper", "")[:1000])
    text = request.POST.get("paper", "")
    try:
        made, new = submitting.submit(text, reader, timezone.now())
    except submitting.CannotSubmit as refused:
        status = 429 if isinstance(refused, submitting.TooOften) else 400
        return _form(request, reader, text[:1000], refused, status)
    if new:
        ring(tasks.fetch_submission, made)
    return redirect("submission", made)


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def submission(request: HttpRequest, reader: int, submission_id: int) -> HttpResponse:
    """One submission: what was found, and the reader's word on it."""
    found = _found(reader, submission_id)
    problem = ""
    if request.method == "POST":
        try:
            return _act(request, reader, submission_id)
        except (submitting.CannotSubmit, NoName) as refused:
            problem = str(refused)
    shown = {
        "one": found,
        "problem": problem,
        "why": request.POST.get("why", found.why),
        "name": request.POST.get("name", ""),
        "shown_as": shown_name(request.user) if request.user.is_authenticated else "",
        "nameless": not pen_name(reader),
    }
    return render(request, "people/submission.html", shown, status=409 if problem else 200)


@require_safe
@for_readers
def state(request: HttpRequest, reader: int, submission_id: int) -> HttpResponse:
    """The part of the page that waits for the paper; the whole page once it is there."""
    found = _found(reader, submission_id)
    if found.is_being_fetched:
        return render(request, "people/_fetching.html", {"one": found})
    return HttpResponse(status=204, headers={"HX-Refresh": "true"})


def _act(request: HttpRequest, reader: int, submission_id: int) -> HttpResponse:
    action = request.POST.get("action", "")
    if action == "send":
        if name := request.POST.get("name", "").strip():
            take_name(reader, name)
        submitting.send(submission_id, reader, request.POST.get("why", ""))
    elif action == "withdraw":
        submitting.withdraw(submission_id, reader)
    elif action == "again":
        submitting.try_again(submission_id, reader)
        ring(tasks.fetch_submission, submission_id)
    else:
        raise Http404
    messages.info(request, _(_DONE[action]))
    return redirect("submission", submission_id) if action == "again" else redirect("submit")


def _found(reader: int, submission_id: int) -> submitted.SubmissionView:
    found = submitted.one_of(reader, submission_id)
    if found is None:
        raise Http404
    return found


def _form(
    request: HttpRequest,
    reader: int,
    text: str,
    problem: submitting.CannotSubmit | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = {
        "text": text,
        "problem": problem or "",
        "path": getattr(problem, "path", ""),
        "submissions": submitted.of_person(reader),
        "shown_as": shown_name(request.user) if request.user.is_authenticated else "",
    }
    return render(request, "people/submit.html", shown, status=status)
