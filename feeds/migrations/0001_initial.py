
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField()),
                ('name', models.CharField(blank=True, max_length=255)),
                ('parser', models.CharField(max_length=50)),
                ('byline', models.CharField(blank=True, max_length=100)),
                ('sha256', models.CharField(max_length=64)),
                ('raw', models.BinaryField()),
                ('problems', models.JSONField(blank=True, default=list)),
                ('fetched_at', models.DateTimeField(auto_now_add=True)),
                ('ingested_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Identifier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.CharField(max_length=10)),
                ('value', models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40, unique=True)),
                ('arxiv_id', models.CharField(blank=True, max_length=20)),
                ('doi', models.CharField(blank=True, max_length=255)),
                ('title', models.TextField()),
                ('abstract', models.TextField(blank=True)),
                ('summary', models.TextField(blank=True)),
                ('authors', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None)),
                ('author_keys', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('code_url', models.URLField(blank=True, max_length=500)),
                ('code_stars', models.PositiveIntegerField(blank=True, null=True)),
                ('project_url', models.URLField(blank=True, max_length=500)),
                ('thumbnail_url', models.URLField(blank=True, max_length=500)),
                ('organization', models.CharField(blank=True, max_length=200)),
                ('title_text', models.TextField()),
                ('title_html', models.TextField()),
                ('abstract_html', models.TextField(blank=True)),
                ('excerpt', models.TextField(blank=True)),
                ('authority', models.PositiveSmallIntegerField(default=0)),
                ('told_on', models.DateField()),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('dropped_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='PaperTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tagger', models.CharField(max_length=50)),
                ('why', models.CharField(max_length=300)),
                ('confidence', models.FloatField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=100)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='Tag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('name', models.CharField(max_length=100)),
                ('kind', models.CharField(choices=[('category', 'arXiv category'), ('topic', 'topic'), ('task', 'task'), ('method', 'method'), ('modality', 'modality'), ('dataset', 'dataset'), ('curator', "curator's own")], default='topic', max_length=10)),
                ('description', models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='Listing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField()),
                ('position', models.PositiveIntegerField()),
                ('votes', models.PositiveIntegerField(blank=True, null=True)),
                ('comments', models.PositiveIntegerField(blank=True, null=True)),
                ('digest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='listings', to='feeds.digest')),
            ],
        ),
        migrations.CreateModel(
            name='PaperStats',
            fields=[
                ('paper', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='stats', serialize=False, to='feeds.paper')),
                ('votes', models.PositiveIntegerField(default=0)),
                ('reported_votes', models.PositiveIntegerField(default=0)),
                ('comments', models.PositiveIntegerField(default=0)),
                ('listed_at', models.DateTimeField()),
                ('place', models.PositiveIntegerField(default=0)),
                ('new', models.FloatField(default=0)),
                ('top', models.FloatField(default=0)),
                ('hot', models.FloatField(default=0)),
            ],
        ),
        migrations.AddIndex(
            model_name='paper',
            index=django.contrib.postgres.indexes.GinIndex(fields=['author_keys'], name='paper_by_author'),
        ),
        migrations.AddField(
            model_name='listing',
            name='paper',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='listings', to='feeds.paper'),
        ),
        migrations.AddField(
            model_name='identifier',
            name='paper',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='identifiers', to='feeds.paper'),
        ),
        migrations.AddField(
            model_name='papertag',
            name='paper',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='paper_tags', to='feeds.paper'),
        ),
        migrations.AddField(
            model_name='listing',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='listings', to='feeds.source'),
        ),
        migrations.AddField(
            model_name='digest',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='digests', to='feeds.source'),
        ),
        migrations.AddField(
            model_name='papertag',
            name='tag',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='paper_tags', to='feeds.tag'),
        ),
        migrations.AddField(
            model_name='vote',
            name='paper',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='vote_set', to='feeds.paper'),
        ),
        migrations.AddField(
            model_name='vote',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='paperstats',
            index=models.Index(models.OrderBy(models.F('new'), descending=True), models.F('paper_id'), name='stats_by_new'),
        ),
        migrations.AddIndex(
            model_name='paperstats',
            index=models.Index(models.OrderBy(models.F('top'), descending=True), models.F('paper_id'), name='stats_by_top'),
        ),
        migrations.AddIndex(
            model_name='paperstats',
            index=models.Index(models.OrderBy(models.F('hot'), descending=True), models.F('paper_id'), name='stats_by_hot'),
        ),
        migrations.AddConstraint(
            model_name='identifier',
            constraint=models.UniqueConstraint(fields=('scheme', 'value'), name='identifier_of_one_paper'),
        ),
        migrations.AddIndex(
            model_name='listing',
            index=models.Index(fields=['date', 'paper'], name='listing_by_date'),
        ),
        migrations.AddConstraint(
            model_name='listing',
            constraint=models.UniqueConstraint(fields=('source', 'date', 'paper'), name='listing_once_per_source_and_day'),
        ),
        migrations.AddIndex(
            model_name='digest',
            index=models.Index(fields=['-date', '-id'], name='digest_by_date'),
        ),
        migrations.AddConstraint(
            model_name='digest',
            constraint=models.UniqueConstraint(fields=('source', 'date', 'sha256'), name='digest_once_per_source_and_day'),
        ),
        migrations.AddConstraint(
            model_name='papertag',
            constraint=models.UniqueConstraint(fields=('paper', 'tag'), name='tag_once_per_paper'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.UniqueConstraint(fields=('user', 'paper'), name='vote_once_per_reader'),
        ),
    ]
