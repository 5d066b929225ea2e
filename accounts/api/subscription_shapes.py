"""The shapes of subscriptions in the API, declared for OpenAPI; subscriptions.py makes the
answers."""

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.channels.base import channels
from accounts.models import Cadence, Delivery
from feeds.api.operations import DAYS
from feeds.api.shapes import Shape

LONGEST_QUERY = 4000
GAPS = (15, 60, 180, 360)  # minutes
CADENCES = Cadence.values
CHANNELS = channels.names()
LANGUAGES = [code for code, _ in settings.LANGUAGES]
STATES = Delivery.State.values
_QUERY = "A list's terms, like `tag=diffusion&has=code`; a period and a date are left out."
_GAP = "Of what comes as papers come in: minutes between two mails."


@extend_schema_field({"type": "string", "format": "date", "pattern": f"^({DAYS})$"})
class DayField(serializers.DateField):
    """A day of ours, as a pattern says it: to most readers of a schema a format says nothing."""


class SubscriptionShape(Shape):
    id = serializers.UUIDField()
    query = serializers.CharField(help_text=_QUERY)
    what = serializers.CharField(help_text="The same in words.")
    email = serializers.EmailField(help_text="Whose order it is.")
    channel = serializers.ChoiceField(CHANNELS)
    target = serializers.CharField(allow_null=True, help_text="Where to; null: to `email`.")
    cadence = serializers.ChoiceField(CADENCES)
    hour = serializers.IntegerField(min_value=0, max_value=23)
    timezone = serializers.CharField(help_text="Like `Europe/Paris`.")
    most = serializers.IntegerField(min_value=1, max_value=100, help_text="Papers at most.")
    breadth = serializers.BooleanField(help_text="Chosen for what they cover, if there are more.")
    skip_seen = serializers.BooleanField(help_text="A paper that came does not come again.")
    skip_empty = serializers.BooleanField(help_text="Nothing comes when nothing is new.")
    gap = serializers.IntegerField(help_text=_GAP)
    daily_most = serializers.IntegerField(help_text="Of the same: mails a day at most.")
    language = serializers.ChoiceField(LANGUAGES, help_text="What its mails are worded in.")
    paused_until = serializers.DateField(allow_null=True, help_text="The first day it goes on.")
    running = serializers.BooleanField(help_text="Confirmed and not ended; it may be paused.")
    state = serializers.CharField(help_text="How it stands, in a sentence.")
    next_at = serializers.DateTimeField(allow_null=True, help_text="When the next one is due.")
    ordered_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    url = serializers.URLField(help_text="The list of its papers.")


class SubscriptionListShape(Shape):
    subscriptions = SubscriptionShape(many=True, help_text="The last ordered first.")
    next_before = serializers.IntegerField(
        allow_null=True, help_text="What `before=` takes for the next page; null on the last."
    )


class SubscriptionChangeShape(Shape):
    query = serializers.CharField(required=False, max_length=LONGEST_QUERY, help_text=_QUERY)
    cadence = serializers.ChoiceField(CADENCES, required=False)
    hour = serializers.IntegerField(required=False, min_value=0, max_value=23)
    timezone = serializers.CharField(required=False, max_length=64)
    channel = serializers.ChoiceField(CHANNELS, required=False)
    target = serializers.CharField(
        required=False, max_length=200, help_text="Where to, on a channel that does not mail."
    )
    most = serializers.IntegerField(required=False, min_value=1, max_value=100)
    breadth = serializers.BooleanField(required=False)
    skip_seen = serializers.BooleanField(required=False)
    skip_empty = serializers.BooleanField(required=False)
    gap = serializers.ChoiceField(GAPS, required=False, help_text=_GAP)
    daily_most = serializers.IntegerField(required=False, min_value=1, max_value=24)
    language = serializers.ChoiceField(LANGUAGES, required=False)
    paused_until = DayField(
        required=False, allow_null=True, help_text="The first day it goes on; null: it runs."
    )


class SubscriptionOrderShape(SubscriptionChangeShape):
    query = serializers.CharField(max_length=LONGEST_QUERY, help_text=_QUERY, allow_blank=True)
    email = serializers.EmailField(
        required=False, max_length=254, help_text="A confirmed one of yours; usually the main one."
    )


class PreviewShape(Shape):
    subject = serializers.CharField()
    html = serializers.CharField()
    text = serializers.CharField()
    papers = serializers.IntegerField()
    size = serializers.IntegerField(help_text="In bytes, as it would leave.")


class DeliveryShape(Shape):
    period = serializers.DateField(help_text="The local day on which it was due.")
    number = serializers.IntegerField(help_text="Above 0: which one more of that day.")
    state = serializers.ChoiceField(STATES)
    edition = serializers.DateField(allow_null=True)
    papers = serializers.IntegerField()
    tries = serializers.IntegerField()
    sent_at = serializers.DateTimeField(allow_null=True)
    next_try_at = serializers.DateTimeField(allow_null=True)
    error = serializers.CharField(allow_null=True, help_text="Why it was not sent, or not yet.")
    url = serializers.URLField(allow_null=True, help_text="The page of what it held, once sent.")


class DeliveryListShape(Shape):
    deliveries = DeliveryShape(many=True, help_text="The last first.")
    next_before = serializers.IntegerField(
        allow_null=True, help_text="What `before=` takes for the next page; null on the last."
    )
