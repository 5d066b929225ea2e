"""The person for whom a command asks, where it is told their mail address."""

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError, CommandParser

from feeds.voting import Account


def add_person(parser: CommandParser) -> None:
    parser.add_argument(
        "--as", dest="person", default="", help="ask as the person of this mail address"
    )


def person_of(address: str) -> Account | None:
    """Whoever signed in with that address, None without one. Raises CommandError."""
    if not address:
        return None
    person = get_user_model().objects.filter(email__iexact=address, is_active=True).first()
    if person is None:
        raise CommandError(f"Nobody has signed in as {address}.")
    return person
