from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0012_reader_keys")]
    operations = [
        migrations.AlterField(
            model_name="roleact",
            name="what",
            field=models.CharField(
                choices=[
                    ("moderator", "moderator"),
                    ("curator", "curator of the site"),
                    ("admin", "admin"),
                    ("account", "account"),
                    ("factor", "second factor"),
                ],
                max_length=10,
            ),
        ),
    ]
