"""Saying, answering and changing: with scripts a part of the paper's page, without a page."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from feeds import commenting, reading
from feeds.comment_words import LONGEST
from feeds.discussion import CommentView, Discussion, address_of, discussion, one_comment, page_of
from feeds.pen_names import NoName, pen_name, take_name
from feeds.records import PaperView
from feeds.web.asked import by_htmx, viewer
from feeds.web.desk.staff import number

_STATUS = ((commenting.TooOften, 429), (commenting.NotAllowed, 403), (commenting.TooLate, 409))


@dataclass(frozen=True, slots=True)
class Form:
    """What is filled in: `id` is its element, `to` the comment that it answers or changes."""

    id: str
    action: str
    label: str
    button: str
    text: str = ""
    name: str = ""
    asks_name: bool = False
    problem: str = ""
    to: CommentView | None = None
    longest: int = LONGEST


def talk(request: HttpRequest, paper: PaperView) -> dict[str, Any]:
    """What a paper's page shows of what is said of it."""
    start = number(request, "comments")
    found = discussion(paper.id, viewer=viewer(request), now=timezone.now(), start=start)
    return {"paper": paper, "discussion": found, "say": _say_form(request, paper, found)}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: HttpRequest, key: str) -> HttpResponse:
    """Says something of the paper."""
    paper = reading.paper(key, viewer=viewer(request))
    if paper is None:
        raise Http404
    if request.method != "POST":
        return redirect(f"{paper.path}#comments")
    form = _filled(request, _say_form(request, paper))
    reader = viewer(request)
    if reader is None:
        return _signed_out(request, paper.path, form)

    def said(text: str) -> int:
        return commenting.say(paper.id, text, by=reader, now=timezone.now())

    return _written(request, reader, form, said)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, comment_id: int) -> HttpResponse:
    return _below(request, comment_id, "answer")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, comment_id: int) -> HttpResponse:
    return _below(request, comment_id, "edit")


def _below(request: HttpRequest, comment_id: int, what: str) -> HttpResponse:
    """The form at a comment, and what becomes of it."""
    reader, now = viewer(request), timezone.now()
    comment = one_comment(comment_id, viewer=reader, now=now)
    if comment is None:
        raise Http404
    form = _form_at(request, comment, what)
    if reader is None:
        return _signed_out(request, comment.path, _filled(request, form))
    if request.method != "POST":
        allowed = comment.can_answer if what == "answer" else comment.can_edit
        return _shown(request, form) if allowed else redirect(comment.path)

    def done(text: str) -> int:
        if what == "answer":
            return commenting.answer(comment_id, text, by=reader, now=now)
        commenting.edit(comment_id, text, by=reader, now=now)
        return comment_id

    return _written(request, reader, _filled(request, form), done)


def _say_form(request: HttpRequest, paper: PaperView, found: Discussion | None = None) -> Form:
    name = found.name if found else _name(request)
    return Form(
        id="say",
        action=reverse("comments", args=[paper.key]),
        label=_("Your comment"),
        button=_("Comment"),
        name=_full_name(request),
        asks_name=not name,
    )


def _answer_words(comment: CommentView) -> str:
    if not comment.author:
        return _("Your answer to it")
    return _("Your answer to %(author)s") % {"author": comment.author}


def _said(*, held: bool) -> str:
    if held:
        return _("It is kept, and shown once a moderator has looked at it.")
    return _("It is said.")


def _form_at(request: HttpRequest, comment: CommentView, what: str) -> Form:
    answers = what == "answer"
    return Form(
        id=f"{what}-{comment.id}",
        action=f"{comment.path}/{what}",
        label=_answer_words(comment) if answers else _("Your comment"),
        button=_("Answer") if answers else _("Change it"),
        text="" if answers else comment.text,
        name=_full_name(request),
        asks_name=not _name(request),
        to=comment,
    )


def _filled(request: HttpRequest, form: Form, problem: str = "") -> Form:
    """The form with what was typed into it."""
    return replace(
        form,
        text=request.POST.get("text", form.text),
        name=request.POST.get("name", form.name),
        asks_name=form.asks_name and not _name(request),
        problem=problem,
    )


def _written(
    request: HttpRequest, reader: int, form: Form, write: Callable[[str], int]
) -> HttpResponse:
    """Writes the comment and leads to it; where it is refused, the form with what was typed."""
    try:
        if form.asks_name:
            take_name(reader, form.name)
        comment_id = write(form.text)
    except (commenting.Refused, NoName) as refused:
        return _refused(request, form, refused)
    except commenting.Unknown:
        gone = commenting.TooLate(
            _("That comment is not there any more. Your words are kept here.")
        )
        return _refused(request, form, gone)
    comment = one_comment(comment_id, viewer=reader, now=timezone.now())
    held = comment is not None and comment.stands == "held"
    word = _said(held=held)
    if by_htmx(request):
        return _part(request, comment_id, word)
    if held:
        messages.info(request, word)
    return redirect(address_of(comment_id) or "/")


def _part(request: HttpRequest, comment_id: int, word: str) -> HttpResponse:
    """The comments with the new one among them."""
    key, start = page_of(comment_id) or ("", None)
    paper = reading.paper(key, viewer=viewer(request))
    if paper is None:
        raise Http404
    found = discussion(paper.id, viewer=viewer(request), now=timezone.now(), start=start)
    shown = {"paper": paper, "discussion": found, "say": _say_form(request, paper, found)}
    return render(request, "feeds/_comments.html", shown | {"focus": comment_id, "word": word})


def _refused(request: HttpRequest, form: Form, refused: ValueError) -> HttpResponse:
    form = _filled(request, form, str(refused))
    status = next((code for kind, code in _STATUS if isinstance(refused, kind)), 400)
    response = _shown(request, form, 200 if by_htmx(request) else status)
    if by_htmx(request):
        response["HX-Retarget"], response["HX-Reswap"] = f"#{form.id}", "outerHTML"
    if isinstance(refused, commenting.TooOften):
        response["Retry-After"] = str(refused.seconds)
    return response


def _shown(request: HttpRequest, form: Form, status: int = 200) -> HttpResponse:
    page = "feeds/_comment_form.html" if by_htmx(request) else "feeds/comment_form.html"
    return render(request, page, {"form": form}, status=status)


def _signed_out(request: HttpRequest, back: str, form: Form) -> HttpResponse:
    """A sign-in page, and what was typed, so that nothing is lost."""
    sign_in = f"{reverse('account_login')}?{urlencode({'next': back})}"
    if request.method != "POST" or not form.text.strip():
        return redirect(sign_in)
    if by_htmx(request):
        # A part of a page has no room for it: the script sends the form again for a whole page.
        return HttpResponse(status=403)
    shown = {"form": form, "sign_in": sign_in}
    return render(request, "feeds/comment_signed_out.html", shown, status=403)


def _name(request: HttpRequest) -> str:
    reader = viewer(request)
    return pen_name(reader) if reader else ""


def _full_name(request: HttpRequest) -> str:
    user = request.user
    return user.get_full_name() if user.is_authenticated else ""
