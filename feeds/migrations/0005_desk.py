"""Readings of digests with their progress, and documents that wait for a curator's word."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("feeds", "0004_joinings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=255)),
                ("source_name", models.CharField(max_length=100)),
                ("day", models.DateField(blank=True, null=True)),
                ("parser", models.CharField(blank=True, max_length=50)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("entries", models.PositiveIntegerField(default=0)),
                ("rejected", models.PositiveIntegerField(default=0)),
                ("problems", models.JSONField(blank=True, default=list)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                ("counted_at", models.DateTimeField(blank=True, null=True)),
                ("document", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="proposals", to="feeds.rawdocument")),
                ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["made_by", "-id"], name="proposal_by_curator")],
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("parser", models.CharField(blank=True, default="", max_length=50)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("total", models.PositiveIntegerField(blank=True, null=True)),
                ("new", models.PositiveIntegerField(default=0)),
                ("updated", models.PositiveIntegerField(default=0)),
                ("unchanged", models.PositiveIntegerField(default=0)),
                ("rejected", models.PositiveIntegerField(default=0)),
                ("papers", models.PositiveIntegerField(default=0)),
                ("error", models.CharField(blank=True, default="", max_length=2000)),
                ("digest", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="runs", to="feeds.digest")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["digest", "-id"], name="run_of_digest"),
                    models.Index(fields=["told_at"], name="run_unended", condition=models.Q(("ended_at__isnull", True))),
                ],
            },
        ),
    ]
