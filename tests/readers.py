"""Readers made up for tests."""

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.utils import timezone


def reader(email: str = "reader@example.org", *, days: float = 30, confirmed: bool = True) -> Any:
    """An account that is so many days old, its address confirmed."""
    joined = timezone.now() - timedelta(days=days)
    user = get_user_model().objects.create_user(email, date_joined=joined)
    EmailAddress.objects.create(user=user, email=email, verified=confirmed, primary=True)
    return user
