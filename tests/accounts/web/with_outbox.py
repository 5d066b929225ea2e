"""The site's addresses with the outbox, whatever mail server this run is given."""

from django.urls import include, path

from config.urls import handler429
from config.urls import urlpatterns as site

__all__ = ["handler429", "urlpatterns"]

urlpatterns = [path("outbox/", include("accounts.web.outbox")), *site]
