"""All that is kept about an address: given to its owner, or erased."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db import models, transaction

from accounts import erasing
from accounts.models import Delivery, Feedback, Subscription, Suppression, User
from feeds.reading import keys_of

# What proves or signs something is nobody's business, its owner's neither.
_SECRET = ("password", "secret", "token", "hash", "fingerprint", "session_key")
_SECRET_COLUMNS = ("mfa.Authenticator.data",)
# What others decided of the person for themselves is theirs.
_OF_OTHERS = ("feeds.Mute.muted",)


def export(address: str, now: datetime) -> dict[str, Any]:
    """Everything about the address, and about its account where it has one, as plain values."""
    user = _account(address)
    emails = _addresses(address, user)
    orders = list(Subscription.objects.of(emails))
    deliveries = list(Delivery.objects.filter(subscription__in=orders).order_by("id"))
    keys = keys_of(paper for row in deliveries for paper in row.papers)
    return {
        "addresses": emails,
        "exported_at": now,
        "account": _plain(user) if user else None,
        "by_the_account": _of_account(user) if user else {},
        "subscriptions": [_plain(order) for order in orders],
        "deliveries": [
            _plain(row) | {"papers": [keys.get(paper, paper) for paper in row.papers]}
            for row in deliveries
        ],
        "came_back": [_plain(row) for row in Feedback.objects.filter(email__in=emails)],
        "stops": [_plain(row) for row in Suppression.objects.of(emails)],
    }


@transaction.atomic
def erase(address: str, now: datetime) -> None:
    """Erases everything about the address, and the account that it signs in to.

    Where mail to it was stopped a fingerprint stays, so that it stays stopped; what its owner said
    of papers stays, without a name. Raises CannotChange for an admin's.
    """
    user = _account(address)
    emails = _addresses(address, user)
    if user:
        erasing.erase(user.pk, now)
    Subscription.objects.of(emails).delete()
    Feedback.objects.filter(email__in=emails).delete()
    stops = Suppression.objects.of(emails)
    stops.filter(lifted_at__isnull=False).delete()
    stops.update(email="", detail="")


def is_known(address: str) -> bool:
    """Whether anything is kept about it."""
    address = address.strip().lower()
    return (
        _account(address) is not None
        or Subscription.objects.of([address]).exists()
        or Feedback.objects.filter(email=address).exists()
        or Suppression.objects.filter(email=address).exists()
    )


def _account(address: str) -> User | None:
    address = address.strip().lower()
    owned = EmailAddress.objects.filter(email=address, verified=True).values("user")
    return User.objects.filter(models.Q(email=address) | models.Q(pk__in=owned)).first()


def _addresses(address: str, user: User | None) -> list[str]:
    mine = EmailAddress.objects.filter(user=user, verified=True) if user else []
    more = [row.email.lower() for row in mine] + ([user.email.lower()] if user else [])
    return list(dict.fromkeys([address.strip().lower(), *more]))


def _of_account(user: User) -> dict[str, list[dict[str, Any]]]:
    """Every row that names the account, and what belongs to a row that is its own, by table and
    column: a new table is in it by itself. Papers are told by their keys."""
    found: dict[str, list[dict[str, Any]]] = {}
    for link, rows in _rows_of([user]):
        if link.related_model is Subscription:
            continue
        _tell(found, link, rows, user)
        # What is gone with the account is its own, and so is what is gone with that.
        if link.on_delete is models.CASCADE:
            for inner, more in _rows_of(rows):
                if inner.on_delete is models.CASCADE:
                    _tell(found, inner, more, user)
    return _with_papers(found)


def _rows_of(
    owners: Sequence[models.Model],
) -> Iterator[tuple[models.ManyToOneRel, list[models.Model]]]:
    """The rows that name one of these, all of one table, by the column in which they do."""
    for link in owners[0]._meta.get_fields(include_hidden=True):  # noqa: SLF001  (Django's own way)
        if isinstance(link, models.ManyToOneRel):
            named = {f"{link.field.name}__in": [owner.pk for owner in owners]}
            rows = list(link.related_model._base_manager.filter(**named))  # noqa: SLF001
            if rows:
                yield link, rows


def _tell(
    found: dict[str, list[dict[str, Any]]],
    link: models.ManyToOneRel,
    rows: list[models.Model],
    user: User,
) -> None:
    name = f"{link.related_model._meta.label}.{link.field.name}"  # noqa: SLF001
    if name not in _OF_OTHERS:
        found[name] = [_without_others(row, user) for row in rows]


def _without_others(row: models.Model, user: User) -> dict[str, Any]:
    """The row's values; that it names another person is told, but not whom."""
    told = _plain(row)
    for field in row._meta.concrete_fields:  # noqa: SLF001
        if field.related_model is User and told.get(field.attname) not in (None, user.pk):
            told[field.attname] = "somebody else"
    return told


def _with_papers(found: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    rows = [row for told in found.values() for row in told if "paper_id" in row]
    keys = keys_of(row["paper_id"] for row in rows)
    for row in rows:
        row["paper"] = keys.get(row.pop("paper_id"), "")
    return found


def _plain(row: models.Model) -> dict[str, Any]:
    return {
        field.attname: _value(getattr(row, field.attname))
        for field in row._meta.concrete_fields  # noqa: SLF001
        if field.attname != "key"
        and str(field) not in _SECRET_COLUMNS
        and not any(word in field.attname for word in _SECRET)
    }


def _value(value: Any) -> Any:
    return f"{len(bytes(value))} bytes" if isinstance(value, bytes | memoryview) else value
