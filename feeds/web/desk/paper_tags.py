"""Tags on a paper's own page: curators say yes and no, and take it back."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from feeds import reading
from feeds.desk import paper_tags
from feeds.desk.paper_gist import word_of_curators
from feeds.desk.paper_tags import Word
from feeds.records import PaperView
from feeds.tag_decisions import NoTag

_WORDS = "tag_words"
_KEPT = 10  # words of one curator that can be taken back


@dataclass(frozen=True, slots=True)
class Curating:
    """What a paper's page shows to a curator: `said` are their last words, the latest first.

    `problem` is why the tag of the name `text` was not given. `gist_word` is the curators' gist
    that can be taken back.
    """

    known: list[str]
    said: list[dict[str, Any]]
    problem: str = ""
    text: str = ""
    gist_word: int | None = None


def curating(
    request: HttpRequest, paper: PaperView, problem: str = "", text: str = ""
) -> Curating | None:
    """None to those who curate nothing."""
    if not curates(request):
        return None
    said = {word["before"]["tag"]: word for word in _said(request) if _is_of(word, paper)}
    last = [*reversed(said.values())]
    return Curating(
        paper_tags.known_names(), last, problem, text, gist_word=word_of_curators(paper.id)
    )


@never_cache
@require_POST
def paper_tag(request: HttpRequest, key: str) -> HttpResponseBase:
    """Gives the paper a tag, takes one off it, or takes either word back."""
    paper = reading.paper(key)
    if not request.user.is_authenticated:
        return redirect_to_login(paper.path if paper else "/")
    if paper is None or not curates(request):
        raise Http404
    try:
        messages.info(request, _done(request, paper))
    except NoTag as unknown:
        text = request.POST.get("give", "")
        shown = {"paper": paper, "curate": curating(request, paper, f"{unknown}", text)}
        return render(request, "feeds/paper.html", shown, status=400)
    except paper_tags.Overtaken as overtaken:
        messages.error(request, f"{overtaken}")
    return redirect(f"{paper.path}#curate")


def _done(request: HttpRequest, paper: PaperView) -> str:
    if "undo" in request.POST:
        return _undone(request, paper)
    if "deny" in request.POST:
        said, word = paper_tags.deny(paper.id, request.POST["deny"], by=request.user.pk or 0)
    else:
        said, word = paper_tags.give(
            paper.id, request.POST.get("give", ""), who=curators_name(request)
        )
    if word:
        words = _said(request)
        number = max((one["number"] for one in words), default=0) + 1
        _keep(request, [*words, {"number": number, **word}])
    return said


def _undone(request: HttpRequest, paper: PaperView) -> str:
    number = request.POST["undo"]
    found = [one for one in _said(request) if f"{one['number']}" == number and _is_of(one, paper)]
    if not found:
        raise paper_tags.Overtaken(_("That can be taken back no longer. Say the contrary instead."))
    _keep(request, [one for one in _said(request) if one != found[0]])
    word = found[0]
    return paper_tags.take_back(
        Word(name=word["name"], carried=word["carried"], before=word["before"])
    )


def curates(request: HttpRequest) -> bool:
    user = request.user
    return user.is_authenticated and (user.is_staff or paper_tags.curates(user.pk))


def curators_name(request: HttpRequest) -> str:
    """As readers may know the curator, which is never by a mail address."""
    user = request.user
    return (user.get_full_name() if user.is_authenticated else "") or gettext_noop("a curator")


def _said(request: HttpRequest) -> list[dict[str, Any]]:
    words: list[dict[str, Any]] = request.session.get(_WORDS, [])
    return words


def _keep(request: HttpRequest, words: list[dict[str, Any]]) -> None:
    request.session[_WORDS] = words[-_KEPT:]


def _is_of(word: dict[str, Any], paper: PaperView) -> bool:
    return bool(word["before"]["paper"] == paper.id)
