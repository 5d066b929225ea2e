from django.db import models

from feeds.models.paper import Paper


class Tag(models.Model):
    """A topic, task, method or category that papers can carry."""

    class Kind(models.TextChoices):
        CATEGORY = "category", "arXiv category"
        TOPIC = "topic", "topic"
        TASK = "task", "task"
        METHOD = "method", "method"
        MODALITY = "modality", "modality"
        DATASET = "dataset", "dataset"
        CURATOR = "curator", "curator's own"

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.TOPIC)
    description = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/t/{self.slug}"


class PaperTag(models.Model):
    """A tag on a paper: who put it there, why, and how sure (0…1)."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="paper_tags")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="paper_tags")
    tagger = models.CharField(max_length=50)
    why = models.CharField(max_length=300)
    confidence = models.FloatField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "tag"], name="tag_once_per_paper")]

    def __str__(self) -> str:
        return f"{self.tag} ({self.tagger})"
