"""The feeds that someone curates: the list, a new one, its settings, members and end."""

from dataclasses import asdict

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feeds.desk import edition, feeds
from feeds.named import FeedView
from feeds.web.desk.curators import for_curators
from feeds.web.desk.feed_forms import FeedForm, MemberForm
from feeds.web.desk.staff import for_staff

TAKEN = gettext_noop("Another feed has this address. Choose another one.")


@require_safe
@never_cache
def all_feeds(request: HttpRequest) -> HttpResponseBase:
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    found = feeds.curated_by(request.user.pk, staff=request.user.is_staff)
    if not found and not request.user.is_staff:
        raise Http404
    latest = edition.latest_day(timezone.now().date())
    return render(request, "desk/feeds.html", {"feeds": found, "latest": latest})


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def new_feed(request: HttpRequest) -> HttpResponse:
    form = FeedForm(request.POST or None)
    if form.is_valid():
        try:
            by = request.user.pk or 0
            made = feeds.make(form.settings(), by, take_over=form.takes_over)
        except feeds.Taken:
            form.add_error("slug", _(TAKEN))
        except feeds.LeadsElsewhere as leads:
            form.ask_to_take_over(str(leads))
        else:
            messages.info(request, _("%(name)s is there. You curate it.") % {"name": made.name})
            return redirect("desk-feed-settings", made.slug)
    return render(request, "desk/new_feed.html", {"form": form}, status=_status(form))


@require_safe
@for_curators
def one_feed(_request: HttpRequest, feed: FeedView) -> HttpResponse:
    """Leads to the last day that something came in."""
    return redirect("desk-edition", feed.slug, f"{edition.latest_day(timezone.now().date())}")


@require_http_methods(["GET", "HEAD", "POST"])
@for_curators
def settings(request: HttpRequest, feed: FeedView) -> HttpResponse:
    now = feeds.settings_of(feed.id)
    form = FeedForm(request.POST or None, initial=_initial(now))
    if form.is_valid():
        try:
            feeds.change(feed.id, form.settings(), timezone.now(), take_over=form.takes_over)
        except feeds.Taken:
            form.add_error("slug", _(TAKEN))
        except feeds.LeadsElsewhere as leads:
            form.ask_to_take_over(str(leads))
        else:
            messages.info(request, _("It is changed. Editions that are closed stay as they were."))
            return redirect("desk-feed-settings", form.settings().slug)
    return _settings(request, feed, form, MemberForm())


@require_POST
@for_curators
def members(request: HttpRequest, feed: FeedView) -> HttpResponse:
    """Adds a member, gives one another role, or removes one."""
    leaves = request.POST.get("remove", "")
    if leaves:
        return _remove(request, feed, leaves)
    form = MemberForm(request.POST)
    if form.is_valid():
        try:
            feeds.add_member(feed.id, **form.cleaned_data)
        except feeds.NoPerson:
            form.add_error(
                "address", _("Nobody has signed in with this address. Once they have, add them.")
            )
        else:
            messages.info(request, _("They are in."))
            return redirect("desk-feed-settings", feed.slug)
    form_of_feed = FeedForm(initial=_initial(feeds.settings_of(feed.id)))
    return _settings(request, feed, form_of_feed, form)


@require_http_methods(["GET", "HEAD", "POST"])
@for_curators
def delete(request: HttpRequest, feed: FeedView) -> HttpResponse:
    """Asks for the feed's name before it is gone."""
    problem = ""
    if request.method == "POST":
        if request.POST.get("name", "").strip() == feed.name:
            feeds.delete(feed.id, timezone.now())
            messages.info(request, _("%(name)s is deleted. Its papers stay.") % {"name": feed.name})
            return redirect("desk-feeds" if request.user.is_staff else "feeds")
        problem = _("Write %(name)s as it stands here. Nothing was deleted.")
        problem %= {"name": feed.name}
    shown = {"feed": feed, "problem": problem}
    return render(request, "desk/delete_feed.html", shown, status=400 if problem else 200)


def _remove(request: HttpRequest, feed: FeedView, member: str) -> HttpResponse:
    if not (member.isascii() and member.isdecimal() and len(member) < 19):
        raise Http404
    if not feeds.remove_member(feed.id, int(member)):
        raise Http404
    messages.info(request, _("They are out."))
    person = request.user
    still = feeds.curated(feed.slug, person.pk or 0, staff=getattr(person, "is_staff", False))
    return redirect("desk-feed-settings", feed.slug) if still else redirect("feeds")


def _settings(
    request: HttpRequest, feed: FeedView, form: FeedForm, member_form: MemberForm
) -> HttpResponse:
    shown = {
        "feed": feed,
        "form": form,
        "member_form": member_form,
        "members": feeds.members(feed.id, request.user.pk or 0),
    }
    status = max(_status(form), _status(member_form))
    return render(request, "desk/feed_settings.html", shown, status=status)


def _initial(now: feeds.Settings | None) -> dict[str, object]:
    if now is None:
        raise Http404
    return asdict(now)


def _status(form: FeedForm | MemberForm) -> int:
    return 400 if form.errors else 200
