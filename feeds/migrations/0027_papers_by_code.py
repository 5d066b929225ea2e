"""Papers that have the same code are looked up by it; built without keeping anyone from writing."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("feeds", "0026_for_you")]

    operations = [
        AddIndexConcurrently(
            "paper",
            models.Index(
                fields=["code_url"], condition=~models.Q(code_url=""), name="paper_by_code"
            ),
        ),
    ]
