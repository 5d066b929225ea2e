"""Secrets and signatures, as Standard Webhooks has them.

A secret is made from a row's salt and the site's SECRET_KEY each time that it is needed: a copy of
the database alone does not hold it.
"""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac
from django.views.decorators.debug import sensitive_variables

from accounts.models import Webhook

BEGINS = "whsec_"
OVERLAP = timedelta(hours=24)


@sensitive_variables()
def secret(hook: Webhook) -> str:
    """The webhook's secret as its owner copies it."""
    return BEGINS + base64.b64encode(_key(bytes(hook.secret_salt))).decode()


@sensitive_variables()
def headers(hook: Webhook, uid: str, body: bytes, now: datetime) -> dict[str, str]:
    """What a request carries beside its body; while a secret is replaced, two signatures."""
    at = str(int(now.timestamp()))
    signed = b".".join([uid.encode(), at.encode(), body])
    salts = [bytes(hook.secret_salt)]
    if hook.former_secret_salt and hook.former_until and hook.former_until > now:
        salts.append(bytes(hook.former_secret_salt))
    return {
        "Content-Type": "application/json",
        "webhook-id": uid,
        "webhook-timestamp": at,
        "webhook-signature": " ".join(_signature(_key(salt), signed) for salt in salts),
    }


def _signature(key: bytes, signed: bytes) -> str:
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def _key(salt: bytes) -> bytes:
    return salted_hmac("accounts.webhooks", salt.hex(), algorithm="sha256").digest()
