"""Raw documents in parts, kept once each; who told which field; versions; what was put aside.

The columns that go are read by nothing that runs beside this version but the one before it,
which is stopped first (docs/operating.md, "Upgrading").
"""

import gzip
from datetime import UTC, datetime

import django.db.models.deletion
from django.db import migrations, models

PART_SIZE = 1 << 20


def move_documents(apps, schema_editor):
    """Each digest's bytes into a document; the entries that were put aside into rows."""
    digest_model = apps.get_model("feeds", "Digest")
    for pk in digest_model.objects.values_list("id", flat=True):
        digest = digest_model.objects.get(pk=pk)
        digest.document = _document(apps, digest)
        digest.rejected = len(digest.problems)
        digest.save(update_fields=["document", "rejected"])
        aside = apps.get_model("feeds", "PutAside")
        aside.objects.bulk_create(
            aside(
                digest=digest,
                number=number,
                place=problem["place"][:200],
                reason=problem["reason"][:500],
            )
            for number, problem in enumerate(digest.problems)
        )


def _document(apps, digest):
    content = gzip.decompress(bytes(digest.raw))
    document, new = apps.get_model("feeds", "RawDocument").objects.get_or_create(
        sha256=digest.sha256, defaults={"size": len(content), "whole_at": datetime.now(UTC)}
    )
    if new:
        part = apps.get_model("feeds", "RawPart")
        part.objects.bulk_create(
            part(
                document=document,
                number=number,
                packed=gzip.compress(content[start : start + PART_SIZE], mtime=0),
            )
            for number, start in enumerate(range(0, len(content), PART_SIZE))
        )
    return document


class Migration(migrations.Migration):
    dependencies = [("feeds", "0002_sources_that_fetch")]

    operations = [
        migrations.CreateModel(
            name="RawDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("size", models.BigIntegerField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("whole_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="RawPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("packed", models.BinaryField()),
                ("document", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="feeds.rawdocument")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("document", "number"), name="raw_part_once")],
            },
        ),
        migrations.CreateModel(
            name="PutAside",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("place", models.CharField(max_length=200)),
                ("reason", models.CharField(max_length=500)),
                ("digest", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="put_aside", to="feeds.digest")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("digest", "number"), name="put_aside_once")],
            },
        ),
        migrations.CreateModel(
            name="PaperVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn", models.BooleanField(default=False)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("paper", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="feeds.paper")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("paper", "number"), name="version_once_per_paper")],
            },
        ),
        migrations.AddField(
            model_name="digest",
            name="document",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="digests", to="feeds.rawdocument"),
        ),
        migrations.AddField(
            model_name="digest",
            name="rejected",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="paper",
            name="told",
            field=models.JSONField(blank=True, db_default=models.Value({}, models.JSONField()), default=dict),
        ),
        migrations.RunPython(move_documents, migrations.RunPython.noop, elidable=True),
        # A foreign key's pending checks would keep the table from being altered.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="digest",
            name="document",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="digests", to="feeds.rawdocument"),
        ),
        migrations.RemoveConstraint(model_name="digest", name="digest_once_per_source_and_day"),
        migrations.AddConstraint(
            model_name="digest",
            constraint=models.UniqueConstraint(fields=("source", "date", "document"), name="digest_once_per_source_and_day"),
        ),
        migrations.RemoveField(model_name="digest", name="sha256"),
        migrations.RemoveField(model_name="digest", name="raw"),
        migrations.RemoveField(model_name="digest", name="problems"),
        migrations.RemoveField(model_name="paper", name="authority"),
        migrations.RemoveField(model_name="paper", name="told_on"),
    ]
