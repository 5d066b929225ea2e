"""How much of each paper a list shows: a reader's choice, kept in a cookie, for all lists."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from feeds.web.asked import way_back

COOKIE = f"{settings.COOKIE_PREFIX}show"
NAMES = {
    "headlines": gettext_noop("Headlines"),
    "cards": gettext_noop("Cards"),
    "abstracts": gettext_noop("Abstracts"),
}
USUAL = "cards"
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Choice:
    name: str
    text: str
    current: bool


@dataclass(frozen=True, slots=True)
class Density:
    """`name` is one of NAMES."""

    name: str

    @property
    def choices(self) -> list[Choice]:
        return [Choice(name, _(text), name == self.name) for name, text in NAMES.items()]


def density(request: HttpRequest) -> Density:
    """What the reader chose; cards, where they chose nothing that is known."""
    chosen = request.COOKIES.get(COOKIE, "")
    return Density(chosen if chosen in NAMES else USUAL)


@require_POST
def show(request: HttpRequest) -> HttpResponse:
    """Keeps the choice, and leads back to the list."""
    response = redirect(way_back(request, "/"))
    chosen = request.POST.get("show", "")
    if chosen in NAMES:
        response.set_cookie(
            COOKIE, chosen, _YEAR, secure=settings.SECURE, httponly=True, samesite="Lax"
        )
    return response
