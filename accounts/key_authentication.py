"""`Authorization: Bearer bsk_…`: a program that asks as its person."""

from typing import TYPE_CHECKING

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.keys import BEGINS, key_of

if TYPE_CHECKING:
    from accounts.models import ApiKey, User

_SCHEME = b"bearer"


class KeyAuthentication(BaseAuthentication):
    """The person of a key; a token that is not of ours is left to whoever it is for."""

    def authenticate(self, request: Request) -> "tuple[User, ApiKey] | None":
        scheme, _, token = get_authorization_header(request).partition(b" ")
        secret = token.strip().decode("latin-1")
        if scheme.lower() != _SCHEME or not secret.startswith(BEGINS):
            return None
        key = key_of(secret, timezone.now())
        if key is None:
            raise AuthenticationFailed("This key is unknown, expired or revoked.")
        return key.user, key

    def authenticate_header(self, _request: Request) -> str:
        return "Bearer"
