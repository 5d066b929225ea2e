import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("feeds", "0022_vectors"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="paper",
            name="gist",
            field=models.CharField(blank=True, db_default="", default="", max_length=300),
        ),
        migrations.AddField(
            model_name="paper",
            name="gist_by",
            field=models.CharField(blank=True, db_default="", default="", max_length=10),
        ),
        migrations.CreateModel(
            name="GistWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=300)),
                (
                    "by",
                    models.CharField(
                        choices=[("curators", "the curators"), ("model", "a model")], max_length=10
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=100)),
                ("made_at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="gists",
                        to="feeds.paper",
                    ),
                ),
            ],
        ),
        migrations.AlterField(
            model_name="deskact",
            name="kind",
            field=models.CharField(
                choices=[
                    ("place", "placing"),
                    ("drop", "dropping"),
                    ("clear", "taking back"),
                    ("pin", "pinning"),
                    ("unpin", "unpinning"),
                    ("move", "moving"),
                    ("note", "the note"),
                    ("tag", "giving a tag"),
                    ("untag", "taking a tag"),
                    ("gist", "the gist"),
                    ("publish", "publishing"),
                    ("correct", "correcting"),
                ],
                max_length=10,
            ),
        ),
    ]
