"""The shapes of webhooks in the API, declared for OpenAPI; webhooks.py makes the answers."""

from rest_framework import serializers

from accounts.models import Webhook, WebhookEvent
from accounts.webhooks.shapes.base import shapes
from feeds.api.shapes import Shape

EVENTS = Webhook.Kind.values
SHAPES = shapes.names()
STATES = WebhookEvent.State.values
LONGEST = {"name": 80, "url": 2000, "query": 2000}
_QUERY = "A list's terms like `tag=diffusion`, or the address of a list here; no date."
_NAME = r"[^\s\x00]"


class WebhookShape(Shape):
    id = serializers.IntegerField()
    name = serializers.CharField()
    url = serializers.CharField(help_text="Where it is sent to.")
    query = serializers.CharField()
    what = serializers.CharField(help_text="The same in words.")
    events = serializers.ListField(child=serializers.ChoiceField(EVENTS))
    shape = serializers.ChoiceField(SHAPES)
    on = serializers.BooleanField()
    state = serializers.CharField(help_text="How it stands, in words.")
    failing_since = serializers.DateTimeField(allow_null=True)
    former_secret_until = serializers.DateTimeField(
        allow_null=True, help_text="Until then the secret before this one signs as well."
    )
    made_at = serializers.DateTimeField()


class NewWebhookShape(WebhookShape):
    secret = serializers.CharField(help_text="It signs what is sent; told here alone.")


class WebhookListShape(Shape):
    webhooks = WebhookShape(many=True, help_text="The newest first.")


class WebhookChangeShape(Shape):
    name = serializers.RegexField(_NAME, required=False, max_length=LONGEST["name"])
    url = serializers.CharField(required=False, max_length=LONGEST["url"])
    query = serializers.CharField(required=False, max_length=LONGEST["query"], help_text=_QUERY)
    events = serializers.ListField(
        child=serializers.ChoiceField(EVENTS), required=False, min_length=1
    )
    shape = serializers.ChoiceField(SHAPES, required=False)
    on = serializers.BooleanField(
        required=False, help_text="Off: nothing is sent, what waits neither. On: from now on."
    )


class WebhookWishShape(Shape):
    name = serializers.RegexField(_NAME, max_length=LONGEST["name"])
    url = serializers.CharField(max_length=LONGEST["url"])
    query = serializers.CharField(
        max_length=LONGEST["query"], help_text=_QUERY, required=False, allow_blank=True
    )
    events = serializers.ListField(child=serializers.ChoiceField(EVENTS), min_length=1)
    shape = serializers.ChoiceField(SHAPES, required=False, help_text="Usually `standard`.")


class EventShape(Shape):
    id = serializers.CharField(help_text="The `webhook-id`, the same at each try.")
    event = serializers.CharField(help_text="Its kind; `webhook.test` of a test.")
    state = serializers.ChoiceField(STATES)
    made_at = serializers.DateTimeField()
    done_at = serializers.DateTimeField(allow_null=True)
    next_try_at = serializers.DateTimeField(allow_null=True)
    tries = serializers.IntegerField(help_text="Since it was made, or sent again.")
    error = serializers.CharField(allow_null=True)


class TryShape(Shape):
    at = serializers.DateTimeField()
    status = serializers.IntegerField(allow_null=True, help_text="What was answered, if anything.")
    answer = serializers.CharField(allow_null=True, help_text="The first kilobyte of it.")
    error = serializers.CharField(allow_null=True)
    took_ms = serializers.IntegerField()


class WholeEventShape(EventShape):
    body = serializers.CharField(allow_null=True, help_text="What was sent; null once forgotten.")
    log = TryShape(many=True)


class EventListShape(Shape):
    events = EventShape(many=True, help_text="The last first.")
    next_before = serializers.IntegerField(
        allow_null=True, help_text="What `before=` takes for the next page; null on the last."
    )


class GoneShape(Shape):
    deleted = serializers.IntegerField(help_text="The id that it had.")
