from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("feeds", "0024_paper_changes"),
    ]

    operations = [
        migrations.AddField("mark", "less_at", models.DateTimeField(null=True, blank=True)),
        migrations.CreateModel(
            "Taste",
            [
                (
                    "user",
                    models.OneToOneField(
                        settings.AUTH_USER_MODEL,
                        models.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                    ),
                ),
                ("off", models.BooleanField(default=False)),
                ("since", models.DateTimeField(null=True, blank=True)),
                ("wanted_at", models.DateTimeField(null=True, blank=True)),
                ("learned_at", models.DateTimeField(null=True, blank=True)),
                ("learned_from", models.JSONField(default=dict, blank=True)),
                ("named", models.JSONField(default=list, blank=True)),
                ("packed", models.BinaryField(default=b"")),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["wanted_at"],
                        condition=Q(wanted_at__isnull=False),
                        name="taste_wanted",
                    )
                ]
            },
        ),
    ]
