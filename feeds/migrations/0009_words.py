"""An index over the words of papers, built without keeping anyone from writing."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("feeds", "0008_desk_acts")]

    operations = [
        AddIndexConcurrently(
            model_name="paper",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("title", "abstract", config="english"),
                name="paper_by_words",
            ),
        ),
    ]
