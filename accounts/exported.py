"""What an export holds of people and of what is delivered to them, and a whole instance's kinds."""

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group

from accounts import models
from feeds import exported
from feeds.instance.kinds import Kind, Row, in_order


def _account_without_password(row: Row) -> Row:
    """A mailed code lets its person in."""
    return row | {"password": "!"}


def _webhook_without_secrets(row: Row) -> Row:
    """Its address may be a key, and without a salt there is no secret: it is switched off."""
    bare = {"url": "", "former_secret_salt": None, "former_until": None}
    del row["secret_salt"]
    return row | bare | {"state": models.Webhook.State.OFF.value}


_KINDS = [
    Kind(models.User, without_secrets=_account_without_password),
    Kind(EmailAddress),
    Kind(Group),
    Kind(Group.permissions.through),
    Kind(models.User.groups.through),
    Kind(models.User.user_permissions.through),
    Kind(LogEntry),
    Kind(models.RoleAct),
    Kind(models.ApiKey),
    Kind(models.ReaderKey),
    Kind(models.Subscription),
    Kind(models.Delivery),
    Kind(models.Feedback),
    Kind(models.Suppression),
    Kind(models.ReturnBox, by_itself=True),
    Kind(models.ChannelState, by_itself=True),
    Kind(models.Webhook, without_secrets=_webhook_without_secrets),
    Kind(models.WebhookEvent, at_once=50),
    Kind(models.WebhookTry),
    Kind(models.WebhookMark, by_itself=True),
]

KINDS = in_order([*_KINDS, *exported.KINDS])

# Models of which no row is exported, and why.
LEFT_OUT = exported.LEFT_OUT | {
    "account.EmailConfirmation": "letters that wait for an answer; another is sent on request",
    "auth.Permission": "made by `manage.py migrate`",
    "contenttypes.ContentType": "made by `manage.py migrate`",
    "mfa.Authenticator": "second factors, as only SECRET_KEY opens them; they are set up again",
    "sessions.Session": "who is signed in; they sign in again",
    "usersessions.UserSession": "where who is signed in; they sign in again",
}
