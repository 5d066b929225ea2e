from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("feeds", "0015_orders_and_votes_indexes")]

    operations = [
        migrations.AddField(
            model_name="papertag",
            name="merged_from",
            field=models.BigIntegerField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="tagdenial",
            name="merged_from",
            field=models.BigIntegerField(blank=True, editable=False, null=True),
        ),
    ]
