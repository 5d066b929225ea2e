"""The absolute addresses that mails lead to."""

from django.conf import settings

from accounts import tokens
from accounts.models import Delivery, Subscription


def confirm_address(subscription: Subscription) -> str:
    """The page on which the order is confirmed."""
    return _address("/subscriptions/confirm/", "confirm", subscription)


def unsubscribe_address(subscription: Subscription) -> str:
    """The page that ends it by POST; a GET only shows it."""
    return _address("/subscriptions/end/", "unsubscribe", subscription)


def one_click_address(subscription: Subscription) -> str:
    """What a mail program posts to (RFC 8058): the same page, without cookies."""
    return unsubscribe_address(subscription)


def manage_address(subscription: Subscription) -> str:
    """All that the same address has ordered."""
    return _address("/subscriptions/", "manage", subscription)


def data_address(subscription: Subscription) -> str:
    """Where all that is kept about the same address is fetched or erased, for an hour."""
    return _address("/subscriptions/data/", "data", subscription)


def act_address(subscription: Subscription) -> str:
    """What a paper's key is added to: the page on which its reader votes for it or saves it."""
    return f"{_address('/mail/act/', 'act', subscription)}/"


def web_address(delivery: Delivery) -> str:
    """The page of exactly what that mail held."""
    return f"{settings.SITE_URL}/mail/{tokens.write_for(delivery)}"


def _address(path: str, purpose: str, subscription: Subscription) -> str:
    return f"{settings.SITE_URL}{path}{tokens.write(purpose, subscription)}"
