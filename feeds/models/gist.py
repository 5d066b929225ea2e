from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from feeds.models.paper import Paper


class GistWord(models.Model):
    """One sentence that somebody wrote on what a paper contributes; none is overwritten.

    The paper's last one that was not taken back holds: its words and who said them stand in the
    paper's own row too. `name` is the curator as readers may know them, or the model that
    proposed it. Curators who write nothing leave it to the digests and the abstract.
    """

    class By(models.TextChoices):
        CURATORS = "curators", gettext_lazy("the curators")
        MODEL = "model", gettext_lazy("a model")

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="gists")
    text = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=10, choices=By)
    name = models.CharField(max_length=100, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.text
