"""A paper of a mail: its reader votes for it or saves it, without signing in.

The link in the mail shows this page, the button on it acts: a scanner that opens links changes
nothing. It acts for the account whose confirmed address the mail went to.
"""

from allauth.account.models import EmailAddress
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import tokens
from accounts.models import Subscription, User
from accounts.web.links import no_link
from accounts.web.private import by_token
from feeds import collecting, reading, voting
from feeds.records import PaperView


@by_token
def paper(request: HttpRequest, token: str, key: str) -> HttpResponse:
    try:
        order = Subscription.objects.filter(uid=tokens.read("act", token)).first()
    except tokens.BadToken:
        return no_link(request)
    person = _account_of(order.email) if order else None
    found = reading.paper(key, viewer=person.pk if person else None)
    if order is None or found is None:
        return no_link(request)
    if request.method != "POST" or person is None:
        return _page(request, found, person)
    try:
        said = _act(request.POST.get("act", ""), found, person)
    except (voting.Refused, collecting.CannotCollect) as refused:
        return _page(request, found, person, problem=str(refused))
    changed = reading.paper(key, viewer=person.pk) or found
    return _page(request, changed, person, said=said)


def _act(name: str, found: PaperView, person: User) -> str:
    """Does what was pressed; what to say of it. Raises Refused, CannotCollect."""
    if name == "vote" and not found.voted:
        voting.cast(found.id, voting.Voter.of(person), timezone.now())
        return _("You voted for it.")
    if name == "unvote":
        voting.unvote(found.id, person.pk)
        return _("Your vote is taken back.")
    if name == "save" and not found.saved:
        collecting.save(found.id, person.pk)
        return _("It is in your list “Saved”.")
    if name == "unsave":
        collecting.unsave(found.id, person.pk)
        return _("It is no longer saved.")
    return ""


def _account_of(email: str) -> User | None:
    """The open account that has proved this address to be its own."""
    owned = EmailAddress.objects.filter(email__iexact=email, verified=True).values("user")
    return User.objects.filter(pk__in=owned, is_active=True).first()


def _page(
    request: HttpRequest,
    found: PaperView,
    person: User | None,
    *,
    said: str = "",
    problem: str = "",
) -> HttpResponse:
    shown = {"paper": found, "has_account": person is not None, "said": said, "problem": problem}
    return render(request, "accounts/acting.html", shown, status=403 if problem else 200)
