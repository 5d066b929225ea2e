"""The shapes of collections in the API, declared for OpenAPI; collections.py makes the answers."""

from rest_framework import serializers

from feeds.api.shapes import PaperShape, Shape
from feeds.collected import MOST_ENTRIES
from feeds.collecting import LONGEST_DESCRIPTION, LONGEST_NOTE

VISIBILITY = ("private", "unlisted", "public")
_OPEN_TO = "private: you alone; unlisted: whoever has the address; public: everyone."


class CollectionShape(Shape):
    slug = serializers.CharField(help_text="What `in=` takes.")
    name = serializers.CharField()
    description = serializers.CharField(allow_null=True)
    visibility = serializers.ChoiceField(VISIBILITY, help_text=_OPEN_TO)
    by = serializers.CharField(help_text="Whose it is.")
    mine = serializers.BooleanField()
    main = serializers.BooleanField(help_text="Whether it holds what its owner saved.")
    url = serializers.URLField()


class CollectionListShape(Shape):
    collections = CollectionShape(many=True)


class CollectionChangeShape(Shape):
    name = serializers.RegexField(r"[^\s\x00]", max_length=100, required=False)
    description = serializers.CharField(required=False, max_length=LONGEST_DESCRIPTION)
    visibility = serializers.ChoiceField(VISIBILITY, required=False, help_text=_OPEN_TO)


class CollectionWordsShape(CollectionChangeShape):
    name = serializers.RegexField(r"[^\s\x00]", max_length=100)


class EntryShape(Shape):
    place = serializers.IntegerField(help_text="Counts from 1 through all pages.")
    note = serializers.CharField(allow_null=True, help_text="Its owner's word on the paper.")
    paper = PaperShape()


class EntryListShape(Shape):
    entries = EntryShape(many=True)
    next_from = serializers.IntegerField(
        allow_null=True, help_text="What `from=` takes for the next page; null on the last."
    )


class EntryChangeShape(Shape):
    place = serializers.IntegerField(
        required=False, min_value=1, max_value=MOST_ENTRIES, help_text="Counts from 1."
    )
    note = serializers.CharField(required=False, max_length=LONGEST_NOTE)


class DeletedShape(Shape):
    deleted = serializers.CharField(help_text="The slug that it had.")
