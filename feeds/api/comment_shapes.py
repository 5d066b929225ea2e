"""The shapes of comments in the API, declared for OpenAPI; comments.py makes the answers."""

from rest_framework import serializers

from feeds.api.shapes import Shape
from feeds.comment_words import LONGEST
from feeds.commenting import LONGEST_WHY
from feeds.pen_names import LONGEST as LONGEST_NAME

STANDS = ("shown", "held", "removed", "deleted", "muted")


class CommentAuthorShape(Shape):
    name = serializers.CharField()
    slug = serializers.CharField(allow_null=True, help_text="What `@` mentions call them.")
    url = serializers.URLField(allow_null=True, help_text="The page of what they said.")


class CommentCanShape(Shape):
    answer = serializers.BooleanField()
    edit = serializers.BooleanField(help_text="For 15 minutes, and until it is answered.")
    delete = serializers.BooleanField()
    report = serializers.BooleanField()


class CommentShape(Shape):
    id = serializers.IntegerField()
    parent = serializers.IntegerField(  # type: ignore[assignment]
        allow_null=True, help_text="The comment that it answers."
    )
    url = serializers.URLField(help_text="Its address; it does not change.")
    stands = serializers.ChoiceField(
        STANDS, help_text="There are words only in what is shown, and in your own that is held."
    )
    reason = serializers.CharField(allow_null=True, help_text="Why it is held or removed.")
    author = CommentAuthorShape(allow_null=True)
    by_author = serializers.BooleanField(help_text="Whether an author of the paper said it.")
    text = serializers.CharField(allow_null=True, help_text="Markdown, as it was typed.")
    html = serializers.CharField(allow_null=True, help_text="The same as safe markup.")
    created_at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)
    can = CommentCanShape(required=False, help_text="What you can do; only if signed in.")


class CommentListShape(Shape):
    comments = CommentShape(many=True, help_text="Each before its answers.")
    next_cursor = serializers.IntegerField(
        allow_null=True, help_text="What `cursor=` takes for the next threads."
    )


class CommentTextShape(Shape):
    text = serializers.CharField(max_length=LONGEST, help_text="Markdown; $formulas$, @names.")


class CommentSayShape(CommentTextShape):
    parent = serializers.IntegerField(  # type: ignore[assignment]
        required=False,
        min_value=1,
        max_value=10**18 - 1,
        help_text="The comment to answer.",
    )
    name = serializers.CharField(
        required=False,
        max_length=LONGEST_NAME,
        help_text="With your first comment: the name that others see.",
    )


class ReportShape(Shape):
    why = serializers.CharField(max_length=LONGEST_WHY, help_text="What is wrong with it.")


class ReportedShape(Shape):
    reported = serializers.BooleanField()
