from django.conf import settings
from django.db import models

from feeds.models.tag import Tag


class Follow(models.Model):
    """A question whose papers a person wants to see: a tag, an author, or any list.

    `query` is a FeedQuery as text, without period and order. `key` is the tag's slug or the
    author's name as `author_key` writes it, "" of a list.
    """

    class Kind(models.TextChoices):
        TAG = "tag", "tag"
        AUTHOR = "author", "author"
        LIST = "list", "list"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind)
    key = models.CharField(max_length=300, blank=True)
    query = models.CharField(max_length=1000)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "query"], name="follow_once")]
        indexes = [models.Index(fields=["kind", "key"], name="follow_by_key")]

    def __str__(self) -> str:
        return f"{self.user_id} follows {self.query}"


class HiddenTag(models.Model):
    """A tag whose papers a person wants to see in no list."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "tag"], name="hidden_tag_once")]

    def __str__(self) -> str:
        return f"{self.user_id} hides {self.tag_id}"
