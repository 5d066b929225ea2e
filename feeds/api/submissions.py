"""What a reader submits, and what became of it."""

from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework.exceptions import Throttled
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from feeds import submitted, submitting, tasks
from feeds.api import given, shapes
from feeds.api.base import View, answer_json, signed_in
from feeds.api.given import Conflict
from feeds.api.once import once
from feeds.api.operations import operation
from feeds.api.render import Json
from feeds.asked import site_address
from feeds.ringing import ring

_DAY = 24 * 3600


class Submissions(View):
    permission_classes = [IsAuthenticated]

    @operation(
        "list_submissions", shapes.SubmissionListShape, tag="submissions", problems=(401, 403)
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Your latest submissions, the last first."""
        found = submitted.of_person(signed_in(request))
        return answer_json(request, {"submissions": [submission_json(one) for one in found]})

    @operation(
        "submit",
        shapes.SubmissionShape,
        tag="submissions",
        body=shapes.SubmitShape,
        problems=(400, 401, 403, 409, 415, 422, 429),
    )
    @once
    def post(self, request: Request) -> HttpResponseBase:
        """Gives a paper to the curators: it is fetched, and goes into their queue.

        One that you gave already is not made twice; its state is what you get.
        """
        reader, text = signed_in(request), given.text(request, "paper")
        why = given.text(request, "why", "", most=500)
        try:
            made, new = submitting.submit(text, reader, timezone.now(), why=why, at_once=True)
        except submitting.TooOften as refused:
            raise Throttled(_DAY, str(refused)) from None
        except submitting.CannotSubmit as refused:
            raise Conflict(str(refused), "paper") from None
        if new:
            ring(tasks.fetch_submission, made)
        found = submitted.one_of(reader, made)
        return answer_json(request, submission_json(found) if found else {})


def submission_json(one: submitted.SubmissionView) -> Json:
    return {
        "id": one.id,
        "given": one.given,
        "state": one.state,
        "said": one.said or None,
        "title": one.title or None,
        "authors": one.authors,
        "abstract": one.abstract or None,
        "arxiv_id": one.arxiv_id or None,
        "doi": one.doi or None,
        "why": one.why or None,
        "submitted_at": one.made_at,
        "paper_url": site_address(one.known.path) if one.known else None,
    }
