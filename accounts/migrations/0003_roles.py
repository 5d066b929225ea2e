from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def staff_goes_on_moderating(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    """Until now whoever was staff moderated."""
    apps.get_model("accounts", "User").objects.filter(is_staff=True).update(is_moderator=True)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_subscriptions")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="is_moderator",
            field=models.BooleanField(db_default=False, default=False, verbose_name="moderator"),
        ),
        migrations.AlterField(
            model_name="user",
            name="is_staff",
            field=models.BooleanField(default=False, verbose_name="curator of the site"),
        ),
        migrations.CreateModel(
            name="RoleAct",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("moderator", "moderator"),
                            ("curator", "curator of the site"),
                            ("admin", "admin"),
                            ("account", "account"),
                        ],
                        max_length=10,
                    ),
                ),
                ("given", models.BooleanField()),
                ("by_command", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=models.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=models.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.RunPython(staff_goes_on_moderating, migrations.RunPython.noop),
    ]
