"""The shapes of digests in the API, declared for OpenAPI; digests.py makes the answers."""

from rest_framework import serializers

from feeds.api.shapes import Shape

STATES = ("waiting", "running", "left", "done", "broken")


class ReadingShape(Shape):
    state = serializers.ChoiceField(
        STATES, help_text="left: nothing was heard of it for long, and a worker begins anew."
    )
    asked_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    entries = serializers.IntegerField(allow_null=True, help_text="How many there are, if known.")
    done = serializers.IntegerField(help_text="new, updated, unchanged and rejected together.")
    new = serializers.IntegerField()
    updated = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    rejected = serializers.IntegerField()
    error = serializers.CharField(allow_null=True, help_text="Why it could not be read.")


class DigestShape(Shape):
    id = serializers.IntegerField()
    source = serializers.CharField()  # type: ignore[assignment]
    date = serializers.DateField()
    name = serializers.CharField(allow_null=True, help_text="Its file's, where it had one.")
    format = serializers.CharField()
    came_at = serializers.DateTimeField()
    size = serializers.IntegerField(help_text="In bytes, unpacked.")
    reading = ReadingShape(allow_null=True, help_text="The latest.")


class AsideShape(Shape):
    place = serializers.CharField(help_text="Where in the document.")
    reason = serializers.CharField()


class DigestReportShape(DigestShape):
    put_aside = AsideShape(many=True, help_text="The first 50 entries that could not be read.")


class DigestListShape(Shape):
    digests = DigestShape(many=True)
    next_before = serializers.IntegerField(allow_null=True)
