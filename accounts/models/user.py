from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A reader known by `email`; without a password they sign in by mailed codes."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person, known by a mail address.

    `is_staff` is a curator of the whole site, `is_moderator` who looks after comments,
    `is_superuser` an admin, who is both (see docs/roles.md). They are columns of the account, so
    that no page asks once more what its reader may do.
    """

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField("curator of the site", default=False)
    is_moderator = models.BooleanField("moderator", default=False, db_default=False)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name or self.email

    def has_usable_password(self) -> bool:
        """Never, whatever the column holds: a code by mail lets in, so nothing asks for one."""
        return False

    @property
    def is_confirmed(self) -> bool:
        """Whether the address is theirs: proved by a code from it, or vouched for as staff's."""
        # Not at the top: that module asks for this one.
        from allauth.account.models import EmailAddress  # noqa: PLC0415

        return self.is_staff or EmailAddress.objects.filter(user=self, verified=True).exists()

    @property
    def moderates(self) -> bool:
        return self.is_moderator or self.is_superuser

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name
