"""The words of authors' names are found by an index, built without keeping anyone from writing."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations, models

# PostgreSQL lets only what is immutable into an index, and takes `array_to_string` for less:
# of an array of texts it is. The 0 keeps the end of a name from the beginning of the next.
NAMES = """
CREATE FUNCTION feeds_names(text[]) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT to_tsvector('pg_catalog.simple'::regconfig, array_to_string($1, ' 0 ')) $$
"""


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("feeds", "0016_merged_tags")]

    operations = [
        migrations.RunSQL(NAMES, "DROP FUNCTION feeds_names(text[])"),
        AddIndexConcurrently(
            "paper",
            GinIndex(
                models.Func(
                    models.F("author_keys"),
                    function="feeds_names",
                    output_field=SearchVectorField(),
                ),
                name="paper_by_names",
            ),
        ),
    ]
