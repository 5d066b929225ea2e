"""Where people sign up for mail, and end it; and where admins look after accounts."""

from allauth.account import views
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from accounts import key_description  # noqa: F401 (found by its base from then on)
from accounts.web import (
    acting,
    by_key,
    data,
    delivered,
    keys,
    links,
    manage,
    people,
    reader_keys,
    second_factor,
    sign_ins,
    webhooks,
)
from accounts.web.evenly import evenly
from accounts.web.subscribe import subscribe
from feeds.exports.base import exports
from feeds.syndication.views import FORMATS

# There are no passwords: django-allauth's pages for them lead to where a code is asked for.
_to_sign_in = RedirectView.as_view(pattern_name="account_login")

urlpatterns = [
    path("subscribe", subscribe, name="subscribe"),
    path("subscriptions", manage.signed_in, name="subscriptions"),
    path("subscriptions/confirm/<str:token>", links.confirm, name="confirm"),
    path("subscriptions/end/<str:token>", links.end, name="end"),
    path("account/login/", evenly(views.login), name="account_login"),
    path(
        "account/login/code/", evenly(views.request_login_code), name="account_request_login_code"
    ),
    path("account/signup/", evenly(views.signup), name="account_signup"),
    path("account/2fa/", include("accounts.web.factor_pages")),
    path("admin/login/", second_factor.admin_login),
    path("account/sessions/", sign_ins.sign_ins, name="sign-ins"),
    path("account/keys", keys.all_keys, name="keys"),
    path("account/keys/<int:key_id>/revoke", keys.revoke, name="revoke-key"),
    path("account/webhooks", webhooks.all_webhooks, name="webhooks"),
    path("account/webhooks/<int:number>", webhooks.one_webhook, name="webhook"),
    path("account/feed-reader", reader_keys.page, name="feed-reader"),
    path("account/feed-reader/lists.opml", reader_keys.outline, name="own-outline"),
    path("account/feed-reader/take", reader_keys.take, name="take-outline"),
    path("mine/lists.opml", by_key.outline, name="mine-outline"),
    *(path(f"mine/{f.path}", by_key.feed, {"form": f}, name=f"mine-{f.path}") for f in FORMATS),
    *(
        path(f"mine/papers.{form.name}", by_key.listed, {"form": form}, name=f"mine.{form.name}")
        for form in exports.all()
    ),
    path("subscriptions/data", data.signed_in, name="data"),
    path("subscriptions/data/<str:token>", data.by_letter, name="data-by-letter"),
    path("subscriptions/<str:token>", manage.by_link, name="manage"),
    path("desk/people", people.people, name="desk-people"),
    path("desk/people/<int:person_id>", people.person, name="desk-person"),
    path("mail/act/<str:token>/<path:key>", acting.paper, name="act"),
    path("mail/<str:token>", delivered.delivered, name="delivered"),
    path("", include("accounts.web.desk.urls")),
    re_path(r"^account/(?:password/.*|reauthenticate/)$", _to_sign_in),
]
