"""Every address of the site, by the part that answers it."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from feeds.web.styleguide import styleguide

urlpatterns = [
    # First, as its prefix tells at once whether an address is one of these.
    path("api/v1/", include("accounts.api.urls")),
    path("api/v1/", include("feeds.api.urls")),
    path("api/", include("feeds.api.hf.urls")),
    path("", include("feeds.exports.urls")),
    path("", include("feeds.web.card_urls")),
    path("", include("feeds.web.people.urls")),
    path("", include("feeds.web.urls")),
    path("", include("feeds.web.desk.urls")),
    path("", include("feeds.syndication.urls")),
    path("", include("feeds.mcp.urls")),
    path("", include("accounts.web.urls")),
    path("account/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("styleguide/", styleguide, name="styleguide"),
]

handler500 = "feeds.web.failing.failed"
handler429 = "accounts.web.too_often.too_often"

if settings.INBOUND_MAIL:
    # Imported here alone: it listens from then on, and takes its time to load.
    from feeds.inbound import addresses

    urlpatterns.append(path("hooks/mail/", include(addresses(settings.INBOUND_MAIL))))

if settings.MAIL_EVENTS:
    from accounts.returned import service

    events = include(service.addresses(settings.MAIL_EVENTS))
    urlpatterns.append(path("hooks/mail-events/", events))

if settings.SHOW_OUTBOX:
    urlpatterns.append(path("outbox/", include("accounts.web.outbox")))
