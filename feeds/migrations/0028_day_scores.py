"""The scores of papers beside the days on which they were listed (docs/decisions/0014).

The database keeps them itself, so that the best of each day are read without a look at the others.
"""

from typing import Any

from django.db import migrations

SCORES = ("hot", "rising", "scaled", "new", "top")
_NAMES = ", ".join(SCORES)
_OF_STATS = ", ".join(f"stats.{name}" for name in SCORES)
_OF_DAY = ", ".join(f"day.{name}" for name in SCORES)

# No index has a score in it: a vote changes a row in its place. Room is left for that.
TABLE = f"""
CREATE TABLE feeds_dayscore (
    date date NOT NULL,
    paper_id bigint NOT NULL,
    {", ".join(f"{name} double precision NOT NULL" for name in SCORES)},
    PRIMARY KEY (date, paper_id)
) WITH (fillfactor = 85)
"""

# Whoever writes a paper's day holds the row of its numbers, as whoever votes does: so neither
# misses what the other writes.
ADD = f"""
CREATE FUNCTION feeds_add_days(listings bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF listings IS NULL THEN RETURN; END IF;
    PERFORM FROM feeds_paperstats WHERE paper_id IN (
        SELECT paper_id FROM feeds_listing WHERE id = ANY(listings)
    ) ORDER BY paper_id FOR UPDATE;
    INSERT INTO feeds_dayscore (date, paper_id, {_NAMES})
    SELECT DISTINCT listing.date, paper_id, {_OF_STATS}
    FROM feeds_listing AS listing JOIN feeds_paperstats AS stats USING (paper_id)
    WHERE listing.id = ANY(listings)
    ON CONFLICT DO NOTHING;
END $$
"""  # noqa: S608 (our own words)

LISTINGS = """
CREATE FUNCTION feeds_days_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM feeds_dayscore AS day USING before
        WHERE day.date = before.date AND day.paper_id = before.paper_id AND NOT EXISTS (
            SELECT FROM feeds_listing AS other
            WHERE other.date = before.date AND other.paper_id = before.paper_id
        );
    END IF;
    IF TG_OP = 'INSERT' THEN
        PERFORM feeds_add_days((SELECT array_agg(id) FROM after));
    ELSIF TG_OP = 'UPDATE' THEN
        PERFORM feeds_add_days((
            SELECT array_agg(id) FROM before AS one JOIN after AS other USING (id)
            WHERE (one.date, one.paper_id) IS DISTINCT FROM (other.date, other.paper_id)
        ));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER feeds_days_added AFTER INSERT ON feeds_listing
    REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION feeds_days_changed();
CREATE TRIGGER feeds_days_changed AFTER UPDATE ON feeds_listing
    REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION feeds_days_changed();
CREATE TRIGGER feeds_days_removed AFTER DELETE ON feeds_listing
    REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION feeds_days_changed();

CREATE FUNCTION feeds_days_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    TRUNCATE feeds_dayscore;
    RETURN NULL;
END $$;
CREATE TRIGGER feeds_days_emptied AFTER TRUNCATE ON feeds_listing
    FOR EACH STATEMENT EXECUTE FUNCTION feeds_days_emptied();
"""

STATS = f"""
CREATE FUNCTION feeds_scores_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM feeds_add_days((
            SELECT array_agg(listing.id) FROM feeds_listing AS listing JOIN after USING (paper_id)
        ));
    ELSE
        UPDATE feeds_dayscore AS day SET ({_NAMES}) = ROW({_OF_STATS})
        FROM after AS stats JOIN feeds_listing AS listing USING (paper_id)
        WHERE day.date = listing.date AND day.paper_id = stats.paper_id
            AND ({_OF_DAY}) IS DISTINCT FROM ({_OF_STATS});
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER feeds_scores_added AFTER INSERT ON feeds_paperstats
    REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION feeds_scores_changed();
CREATE TRIGGER feeds_scores_changed AFTER UPDATE ON feeds_paperstats
    REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION feeds_scores_changed();
"""  # noqa: S608 (our own words)

UNDO = """
DROP TRIGGER feeds_scores_added ON feeds_paperstats;
DROP TRIGGER feeds_scores_changed ON feeds_paperstats;
DROP TRIGGER feeds_days_added ON feeds_listing;
DROP TRIGGER feeds_days_changed ON feeds_listing;
DROP TRIGGER feeds_days_removed ON feeds_listing;
DROP TRIGGER feeds_days_emptied ON feeds_listing;
DROP FUNCTION feeds_scores_changed();
DROP FUNCTION feeds_days_changed();
DROP FUNCTION feeds_days_emptied();
DROP FUNCTION feeds_add_days(bigint[]);
"""

DAYS = "SELECT DISTINCT date FROM feeds_listing ORDER BY date"
FILL = """
SELECT feeds_add_days((SELECT array_agg(id) FROM feeds_listing WHERE date = %s))
"""


def fill(_apps: Any, editor: Any) -> None:
    """A day at a time, by what keeps them from then on; it can begin anew."""
    with editor.connection.cursor() as cursor:
        cursor.execute(DAYS)
        for (day,) in cursor.fetchall():
            cursor.execute(FILL, [day])


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("feeds", "0027_papers_by_code")]

    operations = [
        migrations.RunSQL(TABLE, "DROP TABLE feeds_dayscore"),
        migrations.RunSQL([ADD, LISTINGS, STATS], UNDO),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
