"""Which papers changed, in a table that the database keeps itself (docs/decisions/0010)."""

from django.db import migrations

# One row for each paper that a transaction touched. There is nothing to wait for here: two
# transactions never write the same row, as the transaction's number is part of the key.
TABLE = """
CREATE TABLE feeds_paperchange (
    tx xid8 NOT NULL DEFAULT pg_current_xact_id(),
    paper_id bigint NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tx, paper_id)
)
"""

NOTE = """
CREATE FUNCTION feeds_note_papers(bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF $1 IS NOT NULL THEN
        INSERT INTO feeds_paperchange (paper_id)
        SELECT DISTINCT unnest($1) ON CONFLICT DO NOTHING;
        PERFORM pg_notify('feeds_papers', '');
    END IF;
END $$
"""

# Of an update, the papers (before and after) whose named columns are not what they were.
TRIGGERS = """
CREATE FUNCTION feeds_{table}_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM feeds_note_papers((SELECT array_agg({paper}) FROM after));
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM feeds_note_papers((SELECT array_agg({paper}) FROM before));
    ELSE
        PERFORM feeds_note_papers((
            SELECT array_agg(paper) FROM (
                SELECT one.{paper}, other.{paper}
                FROM before AS one JOIN after AS other USING (id)
                WHERE ({one}) IS DISTINCT FROM ({other})
            ) AS pair (was, now), unnest(ARRAY[pair.was, pair.now]) AS paper
        ));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER feeds_{table}_added AFTER INSERT ON feeds_{table}
    REFERENCING NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION feeds_{table}_changed();
CREATE TRIGGER feeds_{table}_changed AFTER UPDATE ON feeds_{table}
    REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION feeds_{table}_changed();
CREATE TRIGGER feeds_{table}_removed AFTER DELETE ON feeds_{table}
    REFERENCING OLD TABLE AS before
    FOR EACH STATEMENT EXECUTE FUNCTION feeds_{table}_changed();
"""

# Emptied at once, no paper is named: 0 stands for all of them.
EMPTIED = """
CREATE FUNCTION feeds_papers_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM feeds_note_papers(ARRAY[0]);
    RETURN NULL;
END $$;
CREATE TRIGGER feeds_paper_emptied AFTER TRUNCATE ON feeds_paper
    FOR EACH STATEMENT EXECUTE FUNCTION feeds_papers_emptied();
"""

# What the index knows of a paper, table by table, beside the column that names the paper.
COLUMNS = {
    "paper": (
        "id",
        "title, abstract, author_keys, published_at, code_url, key, dropped_at",
    ),
    "papertag": ("paper_id", "paper_id, tag_id"),
    "listing": ("paper_id", "paper_id, date, source_id"),
    "identifier": ("paper_id", "paper_id, scheme, value"),
}


def _triggers(table):
    paper, columns = COLUMNS[table]
    names = columns.split(", ")
    one, other = (", ".join(f"{row}.{name}" for name in names) for row in ("one", "other"))
    return TRIGGERS.format(table=table, paper=paper, one=one, other=other)


def _no_triggers(table):
    return f"""
    DROP TRIGGER feeds_{table}_added ON feeds_{table};
    DROP TRIGGER feeds_{table}_changed ON feeds_{table};
    DROP TRIGGER feeds_{table}_removed ON feeds_{table};
    DROP FUNCTION feeds_{table}_changed();
    """


class Migration(migrations.Migration):
    dependencies = [("feeds", "0020_gists")]

    operations = [
        migrations.RunSQL(TABLE, "DROP TABLE feeds_paperchange"),
        migrations.RunSQL(NOTE, "DROP FUNCTION feeds_note_papers(bigint[])"),
        *(migrations.RunSQL(_triggers(table), _no_triggers(table)) for table in COLUMNS),
        migrations.RunSQL(
            EMPTIED,
            "DROP TRIGGER feeds_paper_emptied ON feeds_paper; "
            "DROP FUNCTION feeds_papers_emptied();",
        ),
    ]
