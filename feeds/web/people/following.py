"""What a reader follows: the list of its papers, and what they follow and hide, to be changed."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from feeds import followed, following, reading
from feeds.query import FOLLOWING, FeedQuery, QueryError, parse
from feeds.web.addresses import address
from feeds.web.asked import answer, question, way_back
from feeds.web.errors import answers_query_errors
from feeds.web.people.signed_in import for_readers
from feeds.wording import filter_words

_LAST = "followed_last"


@dataclass(frozen=True, slots=True)
class Row:
    """Something that the reader follows or hides: in words, where it is read, what it is known by
    to the buttons beside it.
    """

    words: str
    path: str
    text: str
    kind: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
@answers_query_errors
def following_page(request: HttpRequest, reader: int) -> HttpResponse:
    if request.method == "POST":
        return _change(request, reader)
    shown = answer(request, question(request, **{"in": FOLLOWING}))
    rows = _rows(reader)
    hidden = [Row(tag.name, f"/t/{tag.slug}", tag.slug) for tag in followed.tags_hidden_by(reader)]
    last = request.session.pop(_LAST, None)
    given = {"list": shown, "followed": rows, "hidden_tags": hidden, "last": last}
    if not rows:
        latest = reading.facets(FeedQuery(), viewer=reader)
        given["offered"] = [Row(one.tag.name, "", f"tag={one.tag.slug}") for one in latest]
    return render(request, "people/following.html", given)


def _rows(reader: int) -> list[Row]:
    found = followed.followed_by(reader)
    names = reading.names_in([one.query for one in found], viewer=reader)
    return [Row(_words(one.query, names), address(one.query), one.text, one.kind) for one in found]


def _change(request: HttpRequest, reader: int) -> HttpResponse:
    """Does the one thing that the pressed button names, and offers to take it back."""
    name = next((name for name in _ACTS if name in request.POST), None)
    if name is None:
        raise Http404
    here = reverse("following")
    back = way_back(request, here)
    try:
        said, undo = _ACTS[name](request.POST[name], reader)
    except following.CannotFollow as refused:
        messages.error(request, str(refused))
        return redirect(back)
    if back.partition("?")[0] == here:
        request.session[_LAST] = {"said": said, "undo": undo[0], "what": undo[1]}
    else:
        messages.info(request, said)
    return redirect(back)


_Done = tuple[str, tuple[str, str]]  # what is said of it, and what takes it back


def _follow(text: str, reader: int) -> _Done:
    hidden = followed.stand(_question(text), reader).hidden
    query = following.follow(text, reader, timezone.now())
    undo = ("hide", query.tags[0]) if hidden else ("unfollow", text)
    return _("You follow %(what)s.") % {"what": _named(query, reader)}, undo


def _unfollow(text: str, reader: int) -> _Done:
    query = following.unfollow(text, reader)
    return _("You no longer follow %(what)s.") % {"what": _named(query, reader)}, ("follow", text)


def _hide(slug: str, reader: int) -> _Done:
    asked = f"tag={slug}"
    was_followed = followed.stand(_question(asked), reader).followed
    name = following.hide_tag(slug, reader, timezone.now()).name
    undo = ("follow", asked) if was_followed else ("show", slug)
    said = _("Your lists and mails leave out papers on %(name)s from now on.")
    return said % {"name": name}, undo


def _show(slug: str, reader: int) -> _Done:
    name = following.show_tag(slug, reader).name
    said = _("Your lists and mails bring papers on %(name)s again.")
    return said % {"name": name}, ("hide", slug)


_ACTS: dict[str, Callable[[str, int], _Done]] = {
    "follow": _follow,
    "unfollow": _unfollow,
    "hide": _hide,
    "show": _show,
}


def _question(text: str) -> FeedQuery:
    try:
        return parse(text)
    except QueryError as error:
        raise following.CannotFollow(str(error)) from None


def _named(query: FeedQuery, reader: int) -> str:
    return _words(query, reading.names_in([query], viewer=reader))


def _words(query: FeedQuery, names: dict[str, str]) -> str:
    return ", ".join(filter_words(query, names))
