"""The indexes of the columns before, built without keeping anyone from writing."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("feeds", "0014_orders_and_votes")]

    operations = [
        AddIndexConcurrently(
            "paperstats",
            models.Index(models.F("scaled").desc(), models.F("paper_id"), name="stats_by_scaled"),
        ),
        AddIndexConcurrently(
            "paperstats",
            models.Index(models.F("rising").desc(), models.F("paper_id"), name="stats_by_rising"),
        ),
        AddIndexConcurrently("paperstats", models.Index(fields=["rising_due"], name="stats_due")),
        AddIndexConcurrently("vote", models.Index(fields=["created_at"], name="vote_by_time")),
        AddIndexConcurrently(
            "vote",
            models.Index(
                condition=models.Q(("held_until__isnull", False)),
                fields=["held_until"],
                name="vote_held",
            ),
        ),
    ]
