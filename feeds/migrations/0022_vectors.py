"""Vectors of papers. The rows come later: the worker finds the papers that have none."""

import uuid

import django.db.models.deletion
import pgvector.django
from django.db import migrations, models
from django.db.models import F, Q

from feeds.vector_extension import create_extension


def create(_apps, editor):
    create_extension(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("feeds", "0019_claims")]

    operations = [
        migrations.RunPython(create, migrations.RunPython.noop),
        migrations.CreateModel(
            name="PaperVector",
            fields=[
                (
                    "paper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="vector",
                        serialize=False,
                        to="feeds.paper",
                    ),
                ),
                ("vector", pgvector.django.HalfVectorField(dimensions=384, null=True)),
                ("wanted", models.UUIDField()),
                ("text", models.UUIDField(db_default=uuid.UUID(int=0), default=uuid.UUID(int=0))),
                ("model", models.CharField(blank=True, db_default="", default="", max_length=40)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=~Q(text=F("wanted")), fields=["paper"], name="vector_waiting"
                    )
                ],
            },
        ),
    ]
