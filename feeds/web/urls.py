from django.urls import path, re_path

from feeds.web import health, views

urlpatterns = [
    re_path(r"^(?:(?:date|week|month|t|papers)/.+|trending)/$", views.without_slash),
    path("", views.papers, name="papers"),
    re_path(r"^date/(?P<date>\d{4}-\d\d-\d\d)$", views.edition, {"period": "day"}, name="day"),
    re_path(r"^week/(?P<date>\d{4}-W\d\d)$", views.edition, {"period": "week"}, name="week"),
    re_path(r"^month/(?P<date>\d{4}-\d\d)$", views.edition, {"period": "month"}, name="month"),
    path("trending", views.trends, name="trending"),
    path("t/<slug:slug>", views.topic, name="topic"),
    path("papers/<path:key>/vote", views.vote, name="vote"),
    path("papers/<path:key>", views.paper, name="paper"),
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
]
