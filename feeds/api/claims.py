"""Papers that a reader says to have written, as JSON."""

from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework import serializers
from rest_framework.exceptions import NotFound, Throttled
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from feeds import claimed, claiming
from feeds.api import given
from feeds.api.base import View, answer_json, signed_in
from feeds.api.once import once
from feeds.api.operations import operation
from feeds.api.render import Json
from feeds.api.shapes import Shape
from feeds.pen_names import LONGEST as LONGEST_NAME
from feeds.pen_names import NoName, pen_name, take_name

_DAY = 24 * 3600


class ClaimShape(Shape):
    id = serializers.IntegerField()
    paper = serializers.CharField(allow_null=True, help_text="Its key, while it is shown.")
    title = serializers.CharField(allow_null=True)
    author = serializers.CharField(help_text="The name on the paper that is yours.")
    state = serializers.ChoiceField(("waiting", "accepted", "declined"))
    said = serializers.CharField(allow_null=True, help_text="Why it was declined.")
    why = serializers.CharField(allow_null=True)
    made_at = serializers.DateTimeField()


class ClaimListShape(Shape):
    claims = ClaimShape(many=True)


class ClaimMakeShape(Shape):
    author = serializers.CharField(max_length=1000, help_text="A name as it is on the paper.")
    why = serializers.CharField(
        required=False, max_length=claiming.LONGEST_WHY, help_text="For those who decide."
    )
    name = serializers.CharField(
        required=False,
        max_length=LONGEST_NAME,
        help_text="The name that others see, if you have none yet.",
    )


class WithdrawnShape(Shape):
    withdrawn = serializers.BooleanField()


class Claims(View):
    permission_classes = [IsAuthenticated]

    @operation("list_claims", ClaimListShape, tag="claims", problems=(401, 403))
    def get(self, request: Request) -> HttpResponseBase:
        """What you claimed, the last first."""
        found = claimed.of_person(signed_in(request))
        return answer_json(request, {"claims": [claim_json(one) for one in found]})


class Claim(View):
    permission_classes = [IsAuthenticated]

    @operation(
        "claim",
        ClaimShape,
        tag="claims",
        body=ClaimMakeShape,
        problems=(400, 401, 403, 404, 409, 415, 422, 429),
    )
    @once
    def post(self, request: Request, key: str) -> HttpResponseBase:
        """Says which of the paper's authors you are; curators or moderators decide."""
        reader, author = signed_in(request), given.text(request, "author")
        why = given.text(request, "why", "", most=claiming.LONGEST_WHY)
        name = given.text(request, "name", "", most=LONGEST_NAME)
        paper = given.paper(key, reader).id
        if name and not pen_name(reader):
            with given.conflicts("name", NoName):
                take_name(reader, name)
        try:
            claiming.claim(paper, author, by=reader, now=timezone.now(), why=why)
        except claiming.TooOften as refused:
            raise Throttled(_DAY, str(refused)) from None
        except claiming.CannotClaim as refused:
            raise given.Conflict(str(refused), "author") from None
        mine = claimed.claim_of(reader, paper)
        return answer_json(request, claim_json(mine) if mine else {})

    @operation("withdraw_claim", WithdrawnShape, tag="claims", problems=(401, 403, 404, 409))
    def delete(self, request: Request, key: str) -> HttpResponseBase:
        """Takes back what you claimed of the paper, decided or not."""
        reader = signed_in(request)
        paper = given.paper(key, reader).id
        mine = claimed.claim_of(reader, paper)
        if mine is None or not mine.is_standing:
            raise NotFound("There is nothing of yours to withdraw.")
        with given.conflicts("", claiming.CannotClaim):
            claiming.withdraw(paper, by=reader)
        return answer_json(request, {"withdrawn": True})


def claim_json(one: claimed.ClaimView) -> Json:
    return {
        "id": one.id,
        "paper": one.work.key if one.work else None,
        "title": one.work.title if one.work else None,
        "author": one.author,
        "state": one.state,
        "said": one.said or None,
        "why": one.why or None,
        "made_at": one.made_at,
    }
