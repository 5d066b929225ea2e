"""In which language people are written to: an order keeps the one that it was ordered in."""

from contextlib import AbstractContextManager

from django.conf import settings
from django.utils import translation

from accounts.models import Subscription


def asked() -> str:
    """The language of the page that is being answered."""
    return offered(translation.get_language())


def offered(code: str | None) -> str:
    """That language, where the site speaks it; else the site's own."""
    return code if code and code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def speaking(code: str) -> AbstractContextManager[None]:
    """What is worded inside is in that language. What was spoken before goes on behind it, so
    that no mail of a batch speaks the language of the one before.
    """
    return translation.override(offered(code))


def of_address(email: str) -> str:
    """The language of what the address ordered last; the site's own where it ordered nothing."""
    last = Subscription.objects.of([email]).last()
    return offered(last.language if last else None)


def name(code: str) -> str:
    """What the language calls itself."""
    return str(dict(settings.LANGUAGES)[offered(code)])
