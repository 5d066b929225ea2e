"""Keeping the tags: finding, describing, hiding and merging them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feeds import tasks
from feeds.desk import splitting, tags
from feeds.desk.tags import Merging, TagLine
from feeds.said_numbers import grouped
from feeds.tag_decisions import NoTag
from feeds.tag_keeping import change_tag, merge_tags, part_tag
from feeds.web.addresses import with_terms
from feeds.web.desk.ringing import ring
from feeds.web.desk.staff import for_staff, number
from feeds.web.desk.tag_forms import TagForm
from feeds.web.links import Link

_CHANGED = "tag_changed"


@require_safe
@for_staff
def all_tags(request: HttpRequest) -> HttpResponse:
    find, which = request.GET.get("find", "")[:100], request.GET.get("which", "")
    some = [(tags.HIDDEN, _("hidden")), (tags.MERGED, _("merged"))]
    kinds = [(value, str(label)) for value, label in tags.KINDS]
    choices = [("", _("all")), *kinds, *some]
    if which not in dict(choices):
        raise Http404
    after = number(request, "after")
    lines, more = tags.tags(find, which, after)
    terms = [(name, text) for name, text in (("find", find), ("which", which)) if text]
    shown = {
        "tags": lines,
        "find": find,
        "which": [Link(text, value, current=value == which) for value, text in choices],
        "more": with_terms(request.path, [*terms, ("after", f"{more}")]) if more else "",
        "first": with_terms(request.path, terms) if after is not None else "",
    }
    return render(request, "desk/tags.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def one_tag(request: HttpRequest, slug: str) -> HttpResponse:
    """What readers see of it, to be changed; and what a merging would do, where one is named."""
    tag = _tag(slug)
    if request.method == "POST":
        return _change(request, tag)
    form = TagForm(initial=_fields(tag))
    into = request.GET.get("into", "")
    if not into:
        return _page(request, tag, form)
    try:
        return _page(request, tag, form, into=into, merging=tags.merging(slug, into))
    except ValueError as refused:
        return _page(request, tag, form, into=into, problem=f"{refused}", status=400)


@require_POST
@for_staff
def undo(request: HttpRequest, slug: str) -> HttpResponse:
    """Takes the last change of the tag back, unless someone changed it again since."""
    tag, last = _tag(slug), _last(request, slug)
    if last is None or last["after"] != _fields(tag):
        messages.error(request, _("It was changed again since. Look at it as it is now."))
    else:
        change_tag(slug, **last["before"])
        del request.session[_CHANGED]
        messages.info(request, _("The tag is as it was."))
    return redirect("desk-tag", slug)


@require_POST
@for_staff
def merge(request: HttpRequest, slug: str) -> HttpResponse:
    tag, into = _tag(slug), request.POST.get("into", "")
    try:
        done = merge_tags(slug, into)
    except ValueError as refused:
        form = TagForm(initial=_fields(tag))
        return _page(request, tag, form, into=into, problem=f"{refused}", status=400)
    said = ngettext(
        "%(name)s is merged: %(papers)s paper went over, and its address leads here.",
        "%(name)s is merged: %(papers)s papers went over, and its address leads here.",
        done.moved,
    )
    messages.info(request, said % {"name": tag.name, "papers": grouped(done.moved)})
    return redirect("desk-tag", done.into)


@require_POST
@for_staff
def part(request: HttpRequest, slug: str) -> HttpResponse:
    """Lets a merged tag stand for itself again; a worker tags its papers anew."""
    tag = _tag(slug)
    try:
        part_tag(slug)
    except NoTag as refused:
        messages.error(request, f"{refused}")
    else:
        ring(tasks.tag_again, tag.into_slug)
        messages.info(
            request,
            _("%(name)s stands for itself again. Its papers are its own again.")
            % {"name": tag.name},
        )
    return redirect("desk-tag", slug)


def _change(request: HttpRequest, tag: TagLine) -> HttpResponse:
    form = TagForm(request.POST)
    if not form.is_valid():
        return _page(request, tag, form, status=400)
    try:
        change_tag(tag.slug, **form.cleaned_data)
    except ValueError as refused:
        form.add_error(None if isinstance(refused, NoTag) else "name", f"{refused}")
        return _page(request, tag, form, status=400)
    after = _fields(_tag(tag.slug))
    request.session[_CHANGED] = {"slug": tag.slug, "before": _fields(tag), "after": after}
    messages.info(request, _("The tag is changed."))
    return redirect("desk-tag", tag.slug)


def _page(
    request: HttpRequest,
    tag: TagLine,
    form: TagForm,
    *,
    into: str = "",
    merging: Merging | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    last = _last(request, tag.slug)
    shown = {
        "tag": tag,
        "form": form,
        "into": into,
        "merging": merging,
        "problem": problem,
        "names": tags.names(tag.slug),
        "split": splitting.standing(tag.slug),
        "came_from": splitting.came_from(tag.slug),
        "before": last["before"] if last and last["after"] == _fields(tag) else None,
    }
    return render(request, "desk/tag.html", shown, status=status)


def _tag(slug: str) -> TagLine:
    found = tags.tag(slug)
    if found is None:
        raise Http404
    return found


def _fields(tag: TagLine) -> dict[str, Any]:
    return {name: getattr(tag, name) for name in ("name", "kind", "description", "hidden")}


def _last(request: HttpRequest, slug: str) -> dict[str, Any] | None:
    """The curator's last change, where it was of this tag."""
    last: dict[str, Any] | None = request.session.get(_CHANGED)
    return last if last and last["slug"] == slug else None
