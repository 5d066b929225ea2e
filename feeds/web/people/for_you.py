"""The papers in a reader's own order, and what was learned of their taste, to be changed."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from feeds.for_you import deeds, learning
from feeds.for_you.reading import OFF, READY, State, state_of
from feeds.query import FOR_YOU
from feeds.web.asked import answer, question
from feeds.web.errors import answers_query_errors
from feeds.web.people.keeping import LESS_LAST
from feeds.web.people.signed_in import for_readers

SHOWN = 20  # of each kind


@dataclass(frozen=True, slots=True)
class Named:
    """A word, an author or a topic that speaks for a paper; `part` is its weight in hundredths of
    the weightiest one's.
    """

    name: str
    part: int


@require_safe
@for_readers
@answers_query_errors
def for_you(request: HttpRequest, reader: int) -> HttpResponse:
    shown = answer(request, question(request, sort=FOR_YOU))
    last = request.session.pop(LESS_LAST, None)
    state = state_of(reader)
    given = {"list": shown, "last": last, "off": state.name == OFF, "ready": state.name == READY}
    return render(request, "people/for_you.html", given)


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def learned(request: HttpRequest, reader: int) -> HttpResponse:
    """What was learned: told, downloaded, forgotten, switched off."""
    if request.method == "POST":
        return _act(request, reader)
    state = state_of(reader)
    shown = {"state": state, "kinds": _kinds(state), "deeds": _deeds(state.learned_from)}
    shown["off"] = state.name == OFF
    return render(request, "people/learned.html", shown)


def _act(request: HttpRequest, reader: int) -> HttpResponse:
    action = request.POST.get("action", "")
    if action == "export":
        return _file(state_of(reader))
    if action == "forget":
        learning.forget(reader, timezone.now())
        messages.info(request, _("Forgotten. It is learned anew from what you do from now on."))
    elif action in ("off", "on"):
        learning.switch(reader, off=action == "off")
        said = {"off": _("For you is off. Nothing is learned."), "on": _("For you is on again.")}
        messages.info(request, said[action])
    else:
        raise Http404
    return redirect("learned")


def _file(state: State) -> HttpResponse:
    told = {name: value for name, value in asdict(state).items() if name != "name"}
    body = json.dumps({"state": state.name} | told, default=str, indent=1, ensure_ascii=False)
    answered = HttpResponse(body, content_type="application/json")
    answered["Content-Disposition"] = 'attachment; filename="for-you.json"'
    return answered


def _kinds(state: State) -> Mapping[str, list[Named]]:
    found: dict[str, list[Named]] = {"word": [], "author": [], "topic": []}
    most: dict[str, float] = {}
    for one in state.named:
        known = found[one["kind"]]
        if len(known) < SHOWN:
            most[one["kind"]] = max(most.get(one["kind"], 0.0), one["weight"])
            known.append(Named(one["name"], round(100 * one["weight"] / most[one["kind"]])))
    return found


def _deeds(counts: Mapping[str, int]) -> list[str]:
    """ "12 votes", "3 saved papers"."""
    one_many = {
        deeds.VOTES: ngettext_lazy("%(n)d vote", "%(n)d votes", "n"),
        deeds.SAVES: ngettext_lazy("%(n)d saved paper", "%(n)d saved papers", "n"),
        deeds.READS: ngettext_lazy("%(n)d paper that you read", "%(n)d papers that you read", "n"),
        deeds.LESS: ngettext_lazy("%(n)d “less like this”", "%(n)d “less like this”", "n"),
        deeds.TAGS: ngettext_lazy("%(n)d followed topic", "%(n)d followed topics", "n"),
        deeds.AUTHORS: ngettext_lazy("%(n)d followed author", "%(n)d followed authors", "n"),
    }
    return [one_many[kind] % {"n": count} for kind, count in counts.items() if kind in one_many]
