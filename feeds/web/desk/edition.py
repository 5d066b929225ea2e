"""An edition at its desk: each act is a button of a plain form, which scripts press too."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.http import require_http_methods

from feeds import acts, placing
from feeds.acts import CannotAct, Desk
from feeds.correcting import Change, correct
from feeds.desk import edition as editions
from feeds.desk import paper_gist
from feeds.desk.paper_tags import known_names
from feeds.desk.works import named
from feeds.named import FeedView
from feeds.query import QueryError, parse_pairs
from feeds.web.asked import by_htmx
from feeds.web.desk.curators import for_curators
from feeds.web.desk.links import desk_links
from feeds.web.wording import period_words

_CHOSEN = "chosen"  # the value of a button that means the papers whose boxes are ticked
# What static/js/desk.js does, for the page to tell.
KEYS = (
    (("j", "↓"), gettext_lazy("the next paper")),
    (("k", "↑"), gettext_lazy("the one before")),
    (("←", "→"), gettext_lazy("what came in, the edition")),
    (("a",), gettext_lazy("approve: place it in the edition")),
    (("x",), gettext_lazy("drop it")),
    (("p",), gettext_lazy("pin it, or unpin it")),
    (("Alt+↑", "Alt+↓"), gettext_lazy("move a pin")),
    (("r",), gettext_lazy("take a decision back")),
    (("t",), gettext_lazy("give it a tag; -name takes one")),
    (("o",), gettext_lazy("open the abstract")),
    (("s",), gettext_lazy("tick it")),
    (("Shift+A", "Shift+X"), gettext_lazy("place or drop the ticked ones")),
    (("n",), gettext_lazy("write the note")),
    (("u",), gettext_lazy("undo your last act")),
    (("Shift+P",), gettext_lazy("to the button that publishes; Enter does it")),
    (("Esc",), gettext_lazy("out of a field, back to the paper")),
    (("?",), gettext_lazy("these keys")),
)


@dataclass(frozen=True, slots=True)
class Given:
    """What stood in the fields of a form that was refused: nobody writes it again."""

    text: str | None = None
    why: str = ""
    another: str = ""
    other: str = ""
    ticked: frozenset[int] = frozenset()


@require_http_methods(["GET", "HEAD", "POST"])
@for_curators
def edition(request: HttpRequest, feed: FeedView, date: str) -> HttpResponse:
    desk = _desk(request, feed, date)
    if request.method != "POST":
        return _page(request, desk)
    given, said = Given(), ""
    try:
        said = _act(request, desk, timezone.now())
    except CannotAct as refused:
        given, said = _given(request), str(refused)
    if by_htmx(request):
        return render(request, "desk/_edition.html", _shown(desk, given=given, said=said))
    if given != Given():
        messages.error(request, said)
        return _page(request, desk, given, status=409)
    messages.info(request, said)
    return redirect(f"{request.path}#day")


def _page(
    request: HttpRequest, desk: Desk, given: Given = Given(), status: int = 200
) -> HttpResponse:
    today = timezone.now().date()
    shown = _shown(desk, given=given, tags=known_names(), keys=KEYS)
    shown |= {"heading": period_words(desk.at), "links": desk_links(desk.feed, desk.at, today)}
    return render(request, "desk/edition.html", shown, status=status)


def _shown(desk: Desk, **more: object) -> dict[str, Any]:
    return {"desk": editions.edition(desk), "feed": desk.feed, **more}


def _given(request: HttpRequest) -> Given:
    fields = request.POST
    ticked = [_number(one) for name in ("adds", "takes", _CHOSEN) for one in fields.getlist(name)]
    words = {name: fields.get(name, "") for name in ("why", "another", "other")}
    return Given(fields.get("text"), ticked=frozenset(ticked), **words)


def _act(request: HttpRequest, desk: Desk, now: dt.datetime) -> str:
    """Does what the pressed button means; the words that tell of it. Raises CannotAct."""
    for name, act in _ACTS.items():
        if name in request.POST:
            said = act(request, desk, now)
            if not said:
                return _("It was so before.")
            can_be_undone = acts.last_act(desk) and name in _UNDOABLE
            return f"{said} {_('Undo with u.')}" if can_be_undone else said
    raise Http404


def _place(request: HttpRequest, desk: Desk, now: dt.datetime) -> str:
    return placing.place(desk, _papers(request, "place"), now)


def _drop(request: HttpRequest, desk: Desk, now: dt.datetime) -> str:
    return placing.drop(desk, _papers(request, "drop"), now)


def _clear(request: HttpRequest, desk: Desk, now: dt.datetime) -> str:
    return placing.clear(desk, _papers(request, "clear"), now)


def _pin(request: HttpRequest, desk: Desk, now: dt.datetime) -> str:
    """`at` says after how many others."""
    at = request.POST.get("at", "")
    return placing.pin(desk, _papers(request, "pin")[0], now, _number(at) if at else None)


def _unpin(request: HttpRequest, desk: Desk, now: dt.datetime) -> str:
    return placing.unpin(desk, _papers(request, "unpin")[0], now)


def _up(request: HttpRequest, desk: Desk, now: dt.datetime) -> str:
    return placing.move(desk, _papers(request, "up")[0], -1, now)


def _down(request: HttpRequest, desk: Desk, now: dt.datetime) -> str:
    return placing.move(desk, _papers(request, "down")[0], 1, now)


def _tag(request: HttpRequest, desk: Desk, now: dt.datetime) -> str:
    """`name` is the tag's; one with a minus before it is taken."""
    name = request.POST.get("name", "").replace("\0", "")[:100]
    if not name.strip(" -"):
        raise CannotAct(_("Write a tag’s name, or a minus and the name of one to take."))
    who = getattr(request.user, "name", "") or gettext_noop("a curator")
    return placing.tag(desk, _papers(request, "tag")[0], name, now, who=who)


def _gist(request: HttpRequest, desk: Desk, now: dt.datetime) -> str:
    who = getattr(request.user, "name", "") or gettext_noop("a curator")
    words = request.POST.get("words", "")
    return paper_gist.write_at(desk, _papers(request, "gist")[0], words, now, who=who)


def _untag(request: HttpRequest, desk: Desk, now: dt.datetime) -> str:
    """The button's value is the paper's id, a colon and the tag."""
    paper, _colon, slug = request.POST.get("untag", "").partition(":")
    return placing.tag(desk, _number(paper), f"-{slug[:100]}", now, who="")


def _other(request: HttpRequest, desk: Desk, now: dt.datetime) -> str:
    """Places a paper that no digest of its days brought."""
    return placing.place(desk, [_named(request.POST.get("other", ""))], now)


def _note(request: HttpRequest, desk: Desk, now: dt.datetime) -> str:
    return placing.write_note(desk, request.POST.get("text", ""), now)


def _publish(_request: HttpRequest, desk: Desk, now: dt.datetime) -> str:
    return placing.publish(desk, now)


def _undo(_request: HttpRequest, desk: Desk, now: dt.datetime) -> str:
    return _("Undone: %(act)s.") % {"act": acts.undo(desk, now)}


def _correct(request: HttpRequest, desk: Desk, now: dt.datetime) -> str:
    given = request.POST
    adds = [_number(one) for one in given.getlist("adds")]
    if given.get("another", "").strip():
        adds.append(_named(given["another"]))
    takes = frozenset(_number(one) for one in given.getlist("takes"))
    change = Change(takes, tuple(adds), given.get("text"))
    return correct(desk, change, given.get("why", "").replace("\0", ""), now)


_ACTS: dict[str, Callable[[HttpRequest, Desk, dt.datetime], str]] = {
    "place": _place,
    "drop": _drop,
    "clear": _clear,
    "pin": _pin,
    "unpin": _unpin,
    "up": _up,
    "down": _down,
    "tag": _tag,
    "untag": _untag,
    "gist": _gist,
    "other": _other,
    "note": _note,
    "publish": _publish,
    "undo": _undo,
    "correct": _correct,
}
_UNDOABLE = frozenset(_ACTS) - {"publish", "undo", "correct"}


def _papers(request: HttpRequest, name: str) -> list[int]:
    """The paper that the button names, or those that are chosen. Raises CannotAct for none."""
    value = request.POST.get(name, "")
    if value != _CHOSEN:
        return [_number(value)]
    chosen = [_number(one) for one in request.POST.getlist(_CHOSEN)]
    if not chosen:
        raise CannotAct(_("Tick the papers first."))
    return chosen


def _named(text: str) -> int:
    found = named(text[:1000])
    if found is None:
        raise CannotAct(_("No paper is known as “%(text)s”.") % {"text": text.strip()[:100]})
    return found.id


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise Http404
    return int(text)


def _desk(request: HttpRequest, feed: FeedView, date: str) -> Desk:
    """The desk of the day, week ("2026-W17") or month ("2026-04") that the address names."""
    try:
        at = parse_pairs([("date", date)])
    except QueryError:
        raise Http404 from None
    if at.date is None:
        raise Http404
    return Desk(feed, at.date, request.user.pk or 0, at.period)
