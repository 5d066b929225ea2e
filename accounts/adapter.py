"""What django-allauth asks of this site."""

from allauth.account.adapter import DefaultAccountAdapter


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing in and its mails, as this site does them."""
