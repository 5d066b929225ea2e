from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_webhooks")]
    operations = [
        migrations.AddField(
            model_name="subscription",
            name="language",
            field=models.CharField(db_default="en", default="en", max_length=10),
        ),
    ]
