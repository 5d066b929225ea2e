"""How the sources are, and what to do about one that ails."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from feeds import tasks
from feeds.desk import sources
from feeds.web.desk.ringing import ring
from feeds.web.desk.staff import for_staff


@require_safe
@for_staff
def all_sources(request: HttpRequest) -> HttpResponse:
    lines = sources.all_sources(timezone.now())
    return render(request, "desk/sources.html", {"sources": lines})


@require_POST
@for_staff
def one_source(request: HttpRequest, source_id: int) -> HttpResponse:
    """Runs it now, starts it again, or switches it on or off."""
    if sources.is_by_hand(source_id):
        raise Http404
    messages.info(request, _done(request.POST.get("action", ""), source_id))
    return redirect("desk-sources")


def _done(action: str, source_id: int) -> str:
    if action == "run":
        heard = ring(tasks.run_source_now, source_id)
        if heard:
            return _("It runs now.")
        return _("Nobody can be told just now; try again in a minute.")
    if action == "again":
        started = sources.start_again(source_id, timezone.now())
        return _("It starts again within a minute.") if started else _("Switch it on first.")
    if action in ("on", "off"):
        sources.switch(source_id, on=action == "on")
        return _("It is switched on.") if action == "on" else _("It is switched off.")
    raise Http404
