"""Digests that curators of the site put in, as JSON, and what came of each."""

import datetime as dt
import tempfile
from contextlib import suppress
from typing import IO, Any

from django.conf import settings
from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import APIException, NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from feeds import tasks
from feeds.api import digest_shapes as shapes
from feeds.api.base import View, answer_json, signed_in
from feeds.api.given import Conflict, asked_number
from feeds.api.operations import DAYS, operation
from feeds.api.render import Json
from feeds.asked import site_address
from feeds.desk import digests, proposing
from feeds.desk.records import AsideLine, DigestLine
from feeds.packing import STEP, FileContent, TooLarge
from feeds.parsers.base import UnknownFormat, parsers
from feeds.query import QueryError, parse_pairs
from feeds.ringing import ring

_IN_MEMORY = 4 * STEP
_SOURCE = OpenApiParameter(
    "source",
    {"type": "string", "pattern": r"^[A-Za-z0-9][A-Za-z0-9 _-]{0,48}[A-Za-z0-9]$"},
    required=True,
    description="The source that it is from: one that is known, or a new name.",
)
_DAY = OpenApiParameter(
    "day",
    {"type": "string", "pattern": f"^({DAYS})?$"},
    description="Its day. Without one: the day that the document names, else today.",
)
_PARSER = OpenApiParameter(
    "parser",
    {"type": "string", "enum": ["", *parsers.names()]},
    description="What reads it; without one its content tells.",
)
_BEFORE = OpenApiParameter(
    "before",
    {"type": "integer", "minimum": 1, "maximum": 10**18 - 1},
    description="The `next_before` of the page before.",
)


class TooLong(APIException):
    status_code = 413


class SiteCuratorsView(View):
    """For curators of the site: to others it is not there."""

    permission_classes = [IsAuthenticated]
    writing = "curate"

    def check_permissions(self, request: Request) -> None:
        super().check_permissions(request)
        user: Any = request.user
        if not user.is_staff:
            raise NotFound(f"There is nothing at {request.path}.")


class Digests(SiteCuratorsView):
    @operation(
        "list_digests",
        shapes.DigestListShape,
        tag="digests",
        parameters=[_BEFORE],
        problems=(400, 401, 403, 404),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """The digests that came in, the last first: 30 a page."""
        found, following = digests.digests(timezone.now(), before=_before(request))
        rows = [digest_json(one) for one in found]
        return answer_json(request, {"digests": rows, "next_before": following})

    @operation(
        "put_digest_in",
        shapes.DigestReportShape,
        tag="digests",
        parameters=[_SOURCE, _DAY, _PARSER],
        body={"application/octet-stream": OpenApiTypes.BINARY},
        problems=(400, 401, 403, 404, 409, 413),
        status=202,
    )
    def post(self, request: Request) -> HttpResponseBase:
        """Puts a digest in, whatever its format: the body is the document as it is, gzipped or
        not. `Location` leads to what comes of it. The same document of a source and day is read
        again, not kept twice.
        """
        choice = _choice(request)
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as file:
            _receive(request, file)
            digest, run = _put_in(FileContent(file), choice, signed_in(request))
        if run is not None:
            ring(tasks.read_digest, run)
        answer = _digest(request, digest)
        answer["Location"] = site_address(f"/api/v1/digests/{digest}")
        answer.status_code = 202
        return answer


class Digest(SiteCuratorsView):
    @operation("read_digest", shapes.DigestReportShape, tag="digests", problems=(401, 403, 404))
    def get(self, request: Request, digest_id: int) -> HttpResponseBase:
        """One digest: how far it is read, and the first entries that were put aside."""
        return _digest(request, digest_id)


def digest_json(one: DigestLine) -> Json:
    reading = one.reading
    return {
        "id": one.id,
        "source": one.source_slug,
        "date": one.date,
        "name": one.name or None,
        "format": one.parser,
        "came_at": one.came_at,
        "size": one.size,
        "reading": {
            "state": reading.state,
            "asked_at": reading.asked_at,
            "ended_at": reading.ended_at,
            "entries": reading.total,
            "done": reading.done,
            "new": reading.new,
            "updated": reading.updated,
            "unchanged": reading.unchanged,
            "rejected": reading.rejected,
            "error": reading.error or None,
        }
        if reading
        else None,
    }


def _digest(request: Request, digest_id: int) -> HttpResponseBase:
    found = digests.digest(digest_id, timezone.now())
    if found is None:
        raise NotFound(f"There is no digest {digest_id}.")
    aside, _ = digests.aside_in_order(digest_id)
    told = digest_json(found) | {"put_aside": [_aside(line) for line in aside]}
    return answer_json(request, told)


def _aside(line: AsideLine) -> Json:
    return {"place": line.place, "reason": line.reason}


def _choice(request: Request) -> proposing.Choice:
    given = request.query_params
    source, parser = given.get("source", "").strip(), given.get("parser", "")
    if len(source) > 50 or not proposing.slug_of(source):
        raise QueryError("source", "source takes a name with a letter or a digit in it.")
    if parser and parser not in parsers.names():
        raise QueryError("parser", f"parser takes one of {', '.join(parsers.names())}.")
    return proposing.Choice(source, _day(given.get("day", "")), parser)


def _day(text: str) -> dt.date | None:
    if not text:
        return None
    with suppress(QueryError):
        query = parse_pairs([("date", text)])
        if query.date and query.period == "day":
            return query.date
    raise QueryError("day", "day takes a day like 2026-04-24.")


def _receive(request: Request, file: IO[bytes]) -> None:
    """The body into the file, piece by piece. Raises TooLong."""
    left = settings.UPLOAD_LARGEST
    while piece := request._request.read(STEP):  # noqa: SLF001 (as it comes, not as a whole)
        left -= len(piece)
        if left < 0:
            raise TooLong(f"The document is longer than {settings.UPLOAD_LARGEST:,} bytes.")
        file.write(piece)


def _put_in(content: FileContent, choice: proposing.Choice, curator: int) -> tuple[int, int | None]:
    """The digest's id, and that of the reading for which the caller rings."""
    proposal = None
    try:
        proposal = proposing.propose(content, choice, name="", curator=curator)
        return proposing.put_in(proposal)
    except TooLarge as refused:
        raise TooLong(str(refused)) from None
    except (proposing.Empty, UnknownFormat) as refused:
        if proposal is not None:
            proposing.discard(proposal)
        raise Conflict(str(refused), "body") from None


def _before(request: Request) -> int | None:
    text = asked_number(request, "before")
    if text is None:
        return None
    if text.isascii() and text.isdecimal() and len(text) < 19 and int(text):
        return int(text)
    raise QueryError("before", "before takes the `next_before` of the page before.")
