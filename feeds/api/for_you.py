"""What was learned of one's taste, as JSON: told, forgotten, switched off and on."""

from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from feeds.api import given
from feeds.api.base import View, answer_json, signed_in
from feeds.api.operations import operation
from feeds.api.shapes import Shape
from feeds.for_you import learning
from feeds.for_you.reading import LEARNING, NOTHING, OFF, READY, state_of


class LearnedShape(Shape):
    kind = serializers.ChoiceField(("word", "author", "topic"))
    name = serializers.CharField()
    weight = serializers.FloatField(help_text="What a paper gains for each part of it that has it.")


class ForYouShape(Shape):
    state = serializers.ChoiceField(
        (READY, LEARNING, NOTHING, OFF),
        help_text="learning: what you did is read within a second; nothing: you did nothing yet.",
    )
    note = serializers.CharField(allow_null=True, help_text="What to do where it is not ready.")
    learned_at = serializers.DateTimeField(allow_null=True)
    learned_from = serializers.DictField(
        child=serializers.IntegerField(), help_text="How many votes, saved papers and so on."
    )
    since = serializers.DateTimeField(
        allow_null=True, help_text="What you did before then is forgotten."
    )
    learned = LearnedShape(many=True, help_text="What speaks most for a paper, by kind.")


class SwitchShape(Shape):
    on = serializers.BooleanField(
        help_text="Whether papers are ordered for you, and it is learned."
    )


class ForYou(View):
    permission_classes = [IsAuthenticated]

    @operation("for_you", ForYouShape, tag="me", problems=(401, 403))
    def get(self, request: Request) -> HttpResponseBase:
        """How it stands with your own order (`/papers?sort=for_you`), and what it was learned
        from: votes, saved papers, what you follow and read, and “less like this”.
        """
        return _told(request)

    @operation(
        "switch_for_you",
        ForYouShape,
        tag="me",
        body=SwitchShape,
        problems=(400, 401, 403, 415),
    )
    def patch(self, request: Request) -> HttpResponseBase:
        """Switches it off, and what was learned is not kept; or on, and it is learned anew."""
        reader, on = signed_in(request), given.yes_or_no(request, "on")
        if on is None:
            raise ValidationError({"on": ["on takes true or false."]})
        learning.switch(reader, off=not on)
        return _told(request)

    @operation("forget_for_you", ForYouShape, tag="me", problems=(401, 403))
    def delete(self, request: Request) -> HttpResponseBase:
        """Forgets what was learned: only what you do from now on counts. Votes and lists stay."""
        learning.forget(signed_in(request), timezone.now())
        return _told(request)


def _told(request: Request) -> HttpResponseBase:
    state = state_of(signed_in(request))
    told = {
        "state": state.name,
        "note": state.note or None,
        "learned_at": state.learned_at,
        "learned_from": dict(state.learned_from),
        "since": state.since,
        "learned": list(state.named),
    }
    return answer_json(request, told)
