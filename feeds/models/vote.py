from django.conf import settings
from django.db import models

from feeds.models.paper import Paper


class Vote(models.Model):
    """One reader's vote for one paper."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="vote_set")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "paper"], name="vote_once_per_reader")
        ]

    def __str__(self) -> str:
        return f"vote of {self.user_id} for {self.paper_id}"
