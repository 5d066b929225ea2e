from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_suppression")]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="number",
            # Without a check, which would look at every row.
            field=models.SmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="subscription",
            name="breadth",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="subscription",
            name="daily_most",
            field=models.PositiveSmallIntegerField(db_default=6, default=6),
        ),
        migrations.AddField(
            model_name="subscription",
            name="gap",
            field=models.PositiveSmallIntegerField(db_default=60, default=60),
        ),
        migrations.AddField(
            model_name="subscription",
            name="looked",
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="subscription",
            name="skip_empty",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AlterField(
            model_name="subscription",
            name="cadence",
            field=models.CharField(
                choices=[
                    ("daily", "every day"),
                    ("weekdays", "every weekday"),
                    ("weekly", "once a week"),
                    ("monthly", "once a month"),
                    ("instant", "as papers come in"),
                ],
                default="weekdays",
                max_length=10,
            ),
        ),
    ]
