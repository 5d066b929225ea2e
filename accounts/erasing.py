"""Deletes an account, and all that is its person's alone."""

from datetime import datetime

from django.db import transaction

from accounts import subscribing
from accounts.models import Subscription, User
from accounts.roles import CannotChange
from feeds.leaving import take_votes_out


@transaction.atomic
def erase(person: int, now: datetime) -> None:
    """Deletes the account with its votes, lists, marks, submissions and claims; ends its mail.

    What the person said of papers stays, without a name. Raises CannotChange for an admin, whose
    role is taken first.
    """
    account = User.objects.select_for_update(no_key=True).filter(pk=person).first()
    if account is None:
        return
    if account.is_superuser:
        raise CannotChange("They are an admin. Take that role at the desk first.")
    orders = Subscription.objects.of([account.email]).running()
    for uid in orders.values_list("uid", flat=True):
        subscribing.end(uid, now)
    take_votes_out(person)
    account.delete()
