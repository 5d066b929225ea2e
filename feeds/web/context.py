"""What every page carries: the name of the paper and its standing links."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from feeds.grammar.fields import FIELDS
from feeds.query import PERIODS, FeedQuery
from feeds.web.addresses import address
from feeds.web.links import Link
from feeds.web.wording import editors, period_name

PROMISE = gettext_noop("Get trending papers in your email inbox!")


def site(_request: HttpRequest) -> dict[str, Any]:
    """`masthead`, named so because django-allauth's pages bring a `site` of their own."""
    return {
        "masthead": {
            "name": settings.SITE_NAME,
            "byline": editors(),
            "promise": _(PROMISE),
            "hour": f"{settings.DEFAULT_SUBSCRIPTION_HOUR}:00",
            "languages": settings.LANGUAGES,
            "outbox": settings.SHOW_OUTBOX,
            "url": settings.SITE_URL,
            "fields": FIELDS,
            "nav": [Link(period_name(name), address(FeedQuery(period=name))) for name in PERIODS],
        }
    }
