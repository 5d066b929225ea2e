"""What came in, how it was read, and reading it again."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    QueryDict,
    StreamingHttpResponse,
)
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from feeds import tasks
from feeds.desk import digests, readings
from feeds.desk.digests import Filter
from feeds.packing import steps
from feeds.web.addresses import with_terms
from feeds.web.desk.forms import formats
from feeds.web.desk.ringing import ring
from feeds.web.desk.staff import for_staff, for_the_desk, number
from feeds.web.links import Link


@require_safe
@for_the_desk
def desk(request: HttpRequest) -> HttpResponse:
    curates = request.user.is_authenticated and request.user.is_staff
    return redirect("desk-digests" if curates else "desk-reports")


@require_safe
@for_staff
def all_digests(request: HttpRequest) -> HttpResponse:
    wanted, before = _filter(request.GET), number(request, "before")
    lines, more = digests.digests(timezone.now(), wanted, before=before)
    given = {
        "digests": lines,
        "more": _page("/desk/digests", wanted, more),
        "first": with_terms("/desk/digests", _terms(wanted)) if before else "",
        **_choices(wanted),
    }
    return render(request, "desk/digests.html", given)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def one_digest(request: HttpRequest, digest_id: int) -> HttpResponse:
    if request.method == "POST":
        return _read_again(request, digest_id)
    now = timezone.now()
    found = digests.digest(digest_id, now)
    if found is None:
        raise Http404
    papers, more = digests.papers(digest_id, after=number(request, "after") or 0)
    aside_after = number(request, "aside")
    aside, more_aside = digests.aside_in_order(
        digest_id, after=-1 if aside_after is None else aside_after
    )
    given = {
        "digest": found,
        "papers": papers,
        "more": with_terms(request.path, [("after", f"{more}")]) if more else "",
        "aside": aside,
        "more_aside": f"?aside={more_aside}#aside" if more_aside is not None else "",
        "readings": digests.readings(digest_id, now),
        "formats": formats(),
        "first_page": not request.GET,
    }
    return render(request, "desk/digest.html", given)


@require_safe
@for_staff
def reading(request: HttpRequest, digest_id: int) -> HttpResponse:
    """How far the last reading is: a part of a page, which is loaded anew when it is done."""
    found = digests.digest(digest_id, timezone.now())
    if found is None:
        raise Http404
    answer = render(request, "desk/_reading.html", {"digest": found})
    if not (found.reading and found.reading.is_open):
        answer["HX-Refresh"] = "true"
    return answer


@require_safe
@for_staff
def document(_request: HttpRequest, digest_id: int) -> StreamingHttpResponse:
    """The document as it came, to be saved: no browser shows it as a page of ours."""
    found = digests.digest(digest_id, timezone.now())
    content = digests.content(digest_id)
    if found is None or content is None:
        raise Http404
    pieces: Iterator[bytes] = steps(content)
    answer = StreamingHttpResponse(pieces, content_type="application/octet-stream")
    name = f"{found.source_slug}-{found.date:%Y-%m-%d}-{digest_id}.txt"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def problems(request: HttpRequest) -> HttpResponse:
    """The entries that were put aside, of all digests."""
    wanted, before = _filter(request.GET), number(request, "before")
    if request.method == "POST":
        return _retry_all(request)
    lines, more = digests.aside(wanted, before=before)
    given = {
        "aside": lines,
        "wanted": wanted,
        "more": _page("/desk/problems", wanted, more),
        "first": with_terms("/desk/problems", _terms(wanted)) if before else "",
        **_choices(wanted),
    }
    return render(request, "desk/problems.html", given)


def _read_again(request: HttpRequest, digest_id: int) -> HttpResponse:
    parser = request.POST.get("parser", "")
    if parser not in dict(formats()):
        raise Http404
    if digests.digest(digest_id, timezone.now()) is None:
        raise Http404
    try:
        ring(tasks.read_digest, readings.ask(digest_id, parser))
    except readings.BeingRead as already:
        messages.info(request, str(already))
    return redirect("desk-digest", digest_id)


def _retry_all(request: HttpRequest) -> HttpResponse:
    wanted = _filter(request.POST)
    if ring(tasks.retry_problems, wanted.source, wanted.parser):
        said = _("Each of these digests is read again. What can be used now leaves this list.")
    else:
        said = _("Nobody can be told just now, as the broker is away. Try again in a minute.")
    messages.info(request, said)
    return redirect(with_terms("/desk/problems", _terms(wanted)))


def _filter(given: QueryDict) -> Filter:
    """What is asked for; a name that is none, so that nothing is found, where it is no text."""
    source, parser = given.get("source", ""), given.get("parser", "")
    return Filter(source.replace("\0", "?")[:100], parser.replace("\0", "?")[:100])


def _terms(wanted: Filter) -> list[tuple[str, str]]:
    given = [("source", wanted.source), ("parser", wanted.parser)]
    return [(name, value) for name, value in given if value]


def _page(path: str, wanted: Filter, before: int | None) -> str:
    if before is None:
        return ""
    return with_terms(path, [*_terms(wanted), ("before", str(before))])


def _choices(wanted: Filter) -> dict[str, list[Link]]:
    """What the list can be narrowed to."""
    sources = [("", _("all")), *digests.source_names()]
    parsers = [("", _("all")), *formats()[1:]]
    return {
        "sources": [Link(text, slug, slug == wanted.source) for slug, text in sources],
        "parsers": [Link(text, name, name == wanted.parser) for name, text in parsers],
    }
