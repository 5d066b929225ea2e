"""What the API's description says of keys, in drf-spectacular's terms.

The class is found by its base once it is imported; accounts/web/urls.py does that.
"""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema


class KeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """A key as a bearer's token."""

    target_class = "accounts.key_authentication.KeyAuthentication"
    name = "key"

    def get_security_definition(self, _auto_schema: AutoSchema) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "bsk_…",
            "description": "A key that its person made under Keys.",
        }
