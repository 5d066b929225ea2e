from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from feeds.models.paper import Paper


class CollectionQuerySet(models.QuerySet["Collection"]):
    def shown_to(self, viewer: int | None) -> Self:
        """Those that the viewer may read: all that are not private, and their own."""
        shown = ~Q(visibility=Collection.Visibility.PRIVATE)
        return self.filter(shown | Q(owner=viewer) if viewer else shown)


class Collection(models.Model):
    """A person's list of papers, in the order that they gave it.

    `slug` cannot be guessed. `main` marks the one that "Save" puts papers into, of which each
    person has one at most.
    """

    class Visibility(models.TextChoices):
        PRIVATE = "private", gettext_lazy("only me")
        UNLISTED = "unlisted", gettext_lazy("whoever has the address")
        PUBLIC = "public", gettext_lazy("everyone")

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=100)
    description = models.TextField(max_length=1000, blank=True)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.PRIVATE)
    main = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner"], condition=Q(main=True), name="collection_main_once"
            )
        ]
        indexes = [models.Index(fields=["owner", "name"], name="collection_of_owner")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/c/{self.slug}"


class CollectionEntry(models.Model):
    """A paper in a collection. `place` orders the entries; `note` is its owner's word on it."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="entries")
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="entries")
    place = models.IntegerField()
    note = models.CharField(max_length=500, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["collection", "paper"], name="collected_once")
        ]
        indexes = [models.Index(fields=["collection", "place"], name="collected_in_order")]

    def __str__(self) -> str:
        return f"{self.paper_id} in {self.collection_id}"


class Mark(models.Model):
    """What a person keeps in mind of a paper: that they have read it, that they hid it, that they
    want less like it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="marks")
    read_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    less_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "paper"], name="mark_once")]

    def __str__(self) -> str:
        return f"mark of {self.user_id} on {self.paper_id}"
