from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_api_keys")]
    operations = [
        migrations.AddField(
            model_name="subscription",
            name="target",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
    ]
