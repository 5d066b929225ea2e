"""The shapes of the answers, declared for OpenAPI; items.py makes the answers."""

from rest_framework import serializers

from feeds.api.shapes import Shape


class HfAuthorShape(Shape):
    _id = serializers.CharField()
    name = serializers.CharField()
    hidden = serializers.BooleanField()


class HfPersonShape(Shape):
    _id = serializers.CharField()
    user = serializers.CharField()
    name = serializers.CharField()
    fullname = serializers.CharField()
    avatarUrl = serializers.CharField()
    type = serializers.CharField()
    isPro = serializers.BooleanField()


class HfOrganizationShape(Shape):
    _id = serializers.CharField()
    name = serializers.CharField()
    fullname = serializers.CharField()
    avatar = serializers.CharField()


class HfSaidShape(Shape):
    """What stands both in the paper and around it."""

    title = serializers.CharField()
    summary = serializers.CharField(allow_null=True, help_text="The abstract.")
    submittedOnDailyAt = serializers.DateTimeField(help_text="When a digest first named it.")
    submittedOnDailyBy = HfPersonShape(allow_null=True)
    upvotes = serializers.IntegerField()
    discussionId = serializers.CharField()
    projectPage = serializers.CharField(allow_null=True)
    githubRepo = serializers.CharField(allow_null=True)
    githubStars = serializers.IntegerField(allow_null=True)
    ai_summary = serializers.CharField(allow_null=True)
    ai_keywords = serializers.ListField(child=serializers.CharField())
    organization = HfOrganizationShape(allow_null=True)
    mediaUrls = serializers.ListField(child=serializers.CharField())


class HfPaperShape(HfSaidShape):
    id = serializers.CharField(help_text="Its arXiv id, or our key where it has none.")
    authors = HfAuthorShape(many=True)
    publishedAt = serializers.DateTimeField(allow_null=True)


class HfAroundShape(Shape):
    thumbnail = serializers.CharField(allow_null=True)
    numComments = serializers.IntegerField(help_text="Ours and those that a digest reports.")
    submittedBy = HfPersonShape(allow_null=True)
    isAuthorParticipating = serializers.BooleanField()
    source = serializers.CharField(  # type: ignore[assignment]
        allow_null=True, help_text="Which of our sources named it last."
    )
    url = serializers.URLField(help_text="Its page here.")
    tags = serializers.ListField(child=serializers.CharField())
    score = serializers.FloatField(help_text="What it stands by in its list.")


class HfItemShape(HfSaidShape, HfAroundShape):
    paper = HfPaperShape()
    publishedAt = serializers.DateTimeField(
        required=False, help_text="When it was listed; left out where its own time is not known."
    )
    filledFrom = serializers.DateField(
        required=False, help_text="The day that fills up one without papers."
    )


class HfFlatShape(HfPaperShape, HfAroundShape):
    linkedModels = serializers.ListField(child=serializers.DictField())
    numTotalModels = serializers.IntegerField()
    linkedDatasets = serializers.ListField(child=serializers.DictField())
    numTotalDatasets = serializers.IntegerField()
    linkedSpaces = serializers.ListField(child=serializers.DictField())
    numTotalSpaces = serializers.IntegerField()


class HfErrorShape(Shape):
    error = serializers.CharField()
