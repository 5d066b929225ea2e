"""Papers that curators join and part, and which paper a digest means by a title."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("feeds", "0003_whole_documents"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Joining",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("why", models.CharField(blank=True, max_length=300)),
                ("made_at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                ("absorbed_key", models.CharField(blank=True, max_length=40)),
                ("before", models.JSONField(blank=True, default=dict)),
                ("names", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None)),
                ("tags", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None)),
                ("absorbed", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="absorptions", to="feeds.paper")),
                ("kept", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="joinings", to="feeds.paper")),
                ("made_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("undone_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name="JoinedVote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("vote", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="joined", to="feeds.vote")),
                ("joining", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="joined_votes", to="feeds.joining")),
            ],
        ),
        migrations.CreateModel(
            name="ListingBefore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("date", models.DateField()),
                ("position", models.PositiveIntegerField()),
                ("votes", models.PositiveIntegerField(blank=True, null=True)),
                ("comments", models.PositiveIntegerField(blank=True, null=True)),
                ("digest", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="feeds.digest")),
                ("joining", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="listings_before", to="feeds.joining")),
                ("source", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="feeds.source")),
            ],
        ),
        migrations.CreateModel(
            name="Parting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("why", models.CharField(blank=True, max_length=300)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("other", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="feeds.paper")),
                ("paper", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="partings", to="feeds.paper")),
            ],
        ),
        migrations.CreateModel(
            name="Ruling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=32)),
                ("digest", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="rulings", to="feeds.digest")),
                ("paper", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="rulings", to="feeds.paper")),
            ],
        ),
        migrations.AddConstraint(
            model_name="joining",
            constraint=models.UniqueConstraint(condition=models.Q(("undone_at__isnull", True)), fields=("absorbed",), name="absorbed_once"),
        ),
        migrations.AddConstraint(
            model_name="joining",
            constraint=models.CheckConstraint(condition=models.Q(("kept", models.F("absorbed")), _negated=True), name="joining_of_two"),
        ),
        migrations.AddConstraint(
            model_name="joinedvote",
            constraint=models.UniqueConstraint(fields=("joining", "vote"), name="vote_joined_once"),
        ),
        migrations.AddConstraint(
            model_name="ruling",
            constraint=models.UniqueConstraint(fields=("digest", "title"), name="ruling_once"),
        ),
    ]
