"""What `rising` and `scaled` need of a paper, and votes that are held or voided."""

import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

LONG_AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
USER = settings.AUTH_USER_MODEL


def by() -> models.ForeignKey:
    return models.ForeignKey(
        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=USER
    )


class Migration(migrations.Migration):
    dependencies = [
        ("feeds", "0013_collections"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "paperstats", "first_votes", models.PositiveIntegerField(db_default=0, default=0)
        ),
        migrations.AddField("paperstats", "rising", models.FloatField(db_default=0.0, default=0)),
        migrations.AddField(
            "paperstats",
            "rising_at",
            models.DateTimeField(db_default=LONG_AGO, default=LONG_AGO),
        ),
        migrations.AddField(
            "paperstats",
            "rising_due",
            models.DateTimeField(db_default=LONG_AGO, default=LONG_AGO),
        ),
        migrations.AddField("paperstats", "scaled", models.FloatField(db_default=0.0, default=0)),
        migrations.AddField("paperstats", "usual_votes", models.FloatField(blank=True, null=True)),
        migrations.AddField(
            "tag", "usual_votes", models.FloatField(blank=True, editable=False, null=True)
        ),
        migrations.CreateModel(
            "Voiding",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("why", models.CharField(max_length=300)),
                ("made_by", by()),
                ("made_at", models.DateTimeField()),
                ("restored_why", models.CharField(blank=True, max_length=300)),
                ("restored_by", by()),
                ("restored_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField("vote", "held_until", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "vote",
            "voiding",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="votes",
                to="feeds.voiding",
            ),
        ),
    ]
