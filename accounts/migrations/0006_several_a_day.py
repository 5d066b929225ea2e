from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

_INDEX = (
    "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS delivery_once "
    "ON accounts_delivery (subscription_id, period, number)"
)
_SWAP = (
    "ALTER TABLE accounts_delivery DROP CONSTRAINT IF EXISTS delivery_once_a_period, "
    "ADD CONSTRAINT delivery_once UNIQUE USING INDEX delivery_once"
)
_BACK = (
    "ALTER TABLE accounts_delivery DROP CONSTRAINT delivery_once, "
    "ADD CONSTRAINT delivery_once_a_period UNIQUE (subscription_id, period)"
)


class Migration(migrations.Migration):
    """The new rule is built beside the old one, while mail goes on; the swap takes a moment."""

    atomic = False

    dependencies = [("accounts", "0005_as_papers_come")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(_INDEX, "DROP INDEX IF EXISTS delivery_once"),
                migrations.RunSQL(_SWAP, _BACK),
            ],
            state_operations=[
                migrations.RemoveConstraint(model_name="delivery", name="delivery_once_a_period"),
                migrations.AddConstraint(
                    model_name="delivery",
                    constraint=models.UniqueConstraint(
                        fields=["subscription", "period", "number"], name="delivery_once"
                    ),
                ),
            ],
        ),
        AddIndexConcurrently(
            model_name="delivery",
            index=models.Index(fields=["period"], name="delivery_by_period"),
        ),
    ]
