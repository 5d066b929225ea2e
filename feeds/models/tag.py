from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from feeds.models.paper import Paper


class TagQuerySet(models.QuerySet["Tag"]):
    def named(self, slugs: Iterable[str]) -> Self:
        """The tags of these names; a name that was merged into another is that one's."""
        wanted = list(slugs)
        return self.filter(
            Q(slug__in=wanted, merged_into__isnull=True) | Q(former__slug__in=wanted)
        ).distinct()

    def shown(self) -> Self:
        """Those that readers see: neither hidden nor merged into another."""
        return self.filter(hidden=False, merged_into__isnull=True)


class Tag(models.Model):
    """A topic, task, method or category that papers can carry.

    One that is `hidden` is shown nowhere, and can still be asked for. One that is `merged_into`
    another is that one everywhere: papers carry the other, and its name leads there. `usual_votes`
    are those that its papers get a day, all together; None where nobody counted them yet.
    """

    class Kind(models.TextChoices):
        CATEGORY = "category", gettext_lazy("arXiv category")
        TOPIC = "topic", gettext_lazy("topic")
        TASK = "task", gettext_lazy("task")
        METHOD = "method", gettext_lazy("method")
        MODALITY = "modality", gettext_lazy("modality")
        DATASET = "dataset", gettext_lazy("dataset")
        CURATOR = "curator", gettext_lazy("curator's own")

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.TOPIC)
    description = models.TextField(blank=True)
    hidden = models.BooleanField(default=False, db_default=False)
    usual_votes = models.FloatField(null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="former"
    )

    objects = TagQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="tag_is_not_its_own")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/t/{self.slug}"


class PaperTag(models.Model):
    """A tag on a paper: who put it there, why, and how sure (0…1).

    `merged_from` is the id of the tag that it was, until that was merged into this one;
    `split_from` that of the tag that it was, until that was split.
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="paper_tags")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="paper_tags")
    tagger = models.CharField(max_length=50)
    why = models.CharField(max_length=300)
    confidence = models.FloatField(default=1)
    # No foreign keys: a table as long as this one would be searched whenever a tag is deleted.
    merged_from = models.BigIntegerField(null=True, blank=True, editable=False)
    split_from = models.BigIntegerField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "tag"], name="tag_once_per_paper")]

    def __str__(self) -> str:
        return f"{self.tag} ({self.tagger})"


class TagDenial(models.Model):
    """A curator's no: the paper does not carry the tag, whatever taggers say.

    `merged_from` and `split_from` are as in PaperTag.
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="tag_denials")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="denials")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now=True)
    merged_from = models.BigIntegerField(null=True, blank=True, editable=False)
    split_from = models.BigIntegerField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "tag"], name="denial_once")]

    def __str__(self) -> str:
        return f"{self.paper_id} is not {self.tag}"
