"""What django-allauth asks of this site about second factors."""

import base64
import secrets

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import forms
from allauth.mfa.base.internal.flows import post_authentication
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

# A code holds for its half minute, and for the one before and the one after.
_HOLDS = 120  # seconds


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors in this site's words. Their secrets lie encrypted in the database, by a key
    that is made from SECRET_KEY: a copy of the database alone does not hold them."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That is not the code. Look again, or wait for the next one."),
        "unverified_email": _("Confirm your address first."),
    }

    def get_totp_issuer(self) -> str:
        return str(settings.SITE_NAME)

    @sensitive_variables()
    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    @sensitive_variables()
    def decrypt(self, encrypted_text: str) -> str:
        """The secret. Where SECRET_KEY was another then, one that no device has: nothing fits."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()


class _Once:
    """A form that takes a code one time: who reads it over a shoulder comes too late."""

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        person = self.user.pk  # type: ignore[attr-defined]
        said = "".join(filter(str.isalnum, code)).lower()
        if not cache.add(f"second-factor:{person}:{said}", 1, timeout=_HOLDS):
            raise FactorAdapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(_Once, forms.AuthenticateForm):  # type: ignore[misc]
    """Asks for it while somebody signs in. For a while nothing asks for it again."""

    def save(self) -> None:
        post_authentication(context.request, self.authenticator, reauthenticated=True)


class ReauthenticateForm(_Once, forms.ReauthenticateForm):  # type: ignore[misc]
    """Asks for it before something that matters is changed."""


@sensitive_variables()
def _cipher() -> Fernet:
    key = salted_hmac("accounts.second_factor", "", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
