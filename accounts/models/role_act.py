from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class RoleAct(models.Model):
    """Who gave whom a role or took it, closed an account or opened it again, or set up a second
    factor or ended it.

    `made_by` is None for the command line, and for an admin who is gone.
    """

    class What(models.TextChoices):
        MODERATOR = "moderator", _("moderator")
        CURATOR = "curator", _("curator of the site")
        ADMIN = "admin", _("admin")
        ACCOUNT = "account", _("account")
        FACTOR = "factor", _("second factor")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    what = models.CharField(max_length=10, choices=What)
    given = models.BooleanField()
    by_command = models.BooleanField(default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.what} of {self.person_id}, {self.made_at:%Y-%m-%d}"
