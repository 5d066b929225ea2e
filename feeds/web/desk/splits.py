"""Splitting a tag: name the parts, look at what would go where, do it, take it back."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feeds import tasks
from feeds.desk import splitting, tags
from feeds.shown_names import shown_name
from feeds.splitting import CannotSplit, split_tag
from feeds.tag_decisions import NoTag
from feeds.unsplitting import undo_split
from feeds.web.desk.ringing import ring
from feeds.web.desk.split_form import SplitForm, empty_form, read_form
from feeds.web.desk.staff import for_staff


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def split(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; sent, what it would do, and once that was seen, it is done."""
    if request.method != "POST":
        return _page(request, slug, empty_form())
    action = request.POST.get("action", "look")
    form = read_form(request.POST, grow=action == "more")
    if action == "more":
        return _page(request, slug, form)
    try:
        if action == "split":
            return _split(request, slug, form)
        return _page(request, slug, form, preview=splitting.preview(slug, form.asked))
    except NoTag:
        raise Http404 from None
    except CannotSplit as refused:
        return _page(request, slug, form, refused=refused)


@require_POST
@for_staff
def undo(request: HttpRequest, slug: str) -> HttpResponse:
    tag = tags.tag(slug)
    if tag is None:
        raise Http404
    try:
        left = undo_split(slug, timezone.now())
    except CannotSplit as refused:
        messages.error(request, f"{refused}")
    else:
        for part in left:
            ring(tasks.tag_again, part)
        messages.info(
            request,
            _("%(name)s is one tag again, on the papers that it was on.") % {"name": tag.name},
        )
    return redirect("desk-tag", slug)


def _split(request: HttpRequest, slug: str, form: SplitForm) -> HttpResponse:
    assert request.user.is_authenticated  # noqa: S101 (the desk is for staff)
    who, now = shown_name(request.user), timezone.now()
    made = split_tag(slug, form.asked, by=request.user.pk, who=who, now=now)
    done = splitting.standing(slug)
    if done and done.moving:
        ring(tasks.split_on, made)
        messages.info(request, _("It is split. Its papers are moved one after the other."))
    else:
        messages.info(request, _("It is split, and its papers are moved."))
    return redirect("desk-tag", slug)


def _page(
    request: HttpRequest,
    slug: str,
    form: SplitForm,
    *,
    preview: splitting.Preview | None = None,
    refused: CannotSplit | None = None,
) -> HttpResponse:
    tag = tags.tag(slug)
    if tag is None or tag.into:
        raise Http404
    rows = tuple(
        replace(row, problem=str(refused)) if refused and refused.part == row.place else row
        for row in form.rows
    )
    shown = {
        "tag": tag,
        "form": replace(form, rows=rows),
        "preview": preview,
        "problem": str(refused) if refused and refused.part is None else "",
    }
    return render(request, "desk/split.html", shown, status=400 if refused else 200)
