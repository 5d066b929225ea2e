"""Under which names people are shown to others: never by an address."""

from collections.abc import Iterable

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from feeds.models import PenName

NAMELESS = gettext_noop("a reader")


def shown_names(people: Iterable[AbstractBaseUser | None]) -> dict[int, str]:
    """By a person's id the name that they chose, else the one that the site knows them by, else
    "a reader"."""
    known = {person.pk: person for person in people if person}
    chosen = chosen_names(known)
    names = {pk: str(getattr(person, "name", "")).strip() for pk, person in known.items()}
    return {pk: chosen.get(pk) or names[pk] or _(NAMELESS) for pk in known}


def chosen_names(people: Iterable[int]) -> dict[int, str]:
    """The names of those who chose one, by their ids."""
    return dict(PenName.objects.filter(user__in=set(people)).values_list("user_id", "name"))


def hinted(address: str) -> str:
    """A mail address as only those know it again who knew it before: "a…@example.org"."""
    name, _at, host = address.rpartition("@")
    return f"{name[:1]}…@{host}"


def shown_name(person: AbstractBaseUser) -> str:
    return shown_names([person])[person.pk]


def pages_of(people: Iterable[AbstractBaseUser]) -> dict[int, str]:
    """The paths of the pages of those who have one: they chose a name, and are not closed."""
    ids = [person.pk for person in people if person.is_active]
    rows = PenName.objects.filter(user__in=ids).values_list("user_id", "slug")
    return {pk: f"/people/{slug}" for pk, slug in rows}


def page_of(person: int) -> str:
    """The path of the person's page, "" where they chose no name."""
    slug = PenName.objects.filter(user=person).values_list("slug", flat=True).first()
    return f"/people/{slug}" if slug else ""
