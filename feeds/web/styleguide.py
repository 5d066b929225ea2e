"""A living page of every component in each state, for those who change the look: DEBUG only."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from feeds.search.suggest import Suggestion
from feeds.web import specimens
from feeds.web.errors import slip_of


@dataclass(frozen=True, slots=True)
class Token:
    name: str
    about: str


SIZES = (
    Token("small", "actions, counts, notes in the rails"),
    Token("text", "navigation, forms, topics"),
    Token("read", "gists, notes, what is read"),
    Token("head", "a paper’s headline in a list"),
    Token("lead", "the first paper, a page’s headline"),
)
COLOURS = (
    Token("paper", "the ground"),
    Token("wash", "fields to write in"),
    Token("ink", "text"),
    Token("soft", "what is read second"),
    Token("line", "rules"),
    Token("edge", "the borders of fields"),
    Token("mark", "what can be followed or was done"),
)
OFFERED = (
    Suggestion("paper", specimens.PAPER.title, "#"),
    Suggestion("author", "Ada One", "#"),
    Suggestion("topic", "small models", "#"),
)


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    if not settings.DEBUG:
        raise Http404
    shown = {
        "sizes": SIZES,
        "colours": COLOURS,
        "papers": specimens.papers(),
        "list": specimens.results(),
        "nothing": specimens.nothing(),
        "comments": specimens.comments(),
        "offered": OFFERED,
        "slip": slip_of("sparse (attention", 7),
    }
    return render(request, "feeds/styleguide.html", shown)
