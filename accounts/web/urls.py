"""Where people sign up for mail, and end it."""

from django.urls import path, re_path
from django.views.generic import RedirectView

# There are no passwords: django-allauth's pages for them lead to where a code is asked for.
_to_sign_in = RedirectView.as_view(pattern_name="account_login")

urlpatterns = [
    re_path(r"^account/(?:password/.*|reauthenticate/)$", _to_sign_in),
]
