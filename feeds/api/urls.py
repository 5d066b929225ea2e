from django.urls import path

from feeds.api import docs, views

urlpatterns = [
    path("papers", views.Papers.as_view(), name="api-papers"),
    path("papers/<path:key>/vote", views.Vote.as_view(), name="api-vote"),
    path("papers/<path:key>", views.Paper.as_view(), name="api-paper"),
    path("tags", views.Tags.as_view(), name="api-tags"),
    path("tags/<slug:slug>", views.Tag.as_view(), name="api-tag"),
    path("facets", views.Facets.as_view(), name="api-facets"),
    path("schema", docs.schema, name="api-schema"),
    path("docs", docs.page, name="api-docs"),
    path("docs.js", docs.script, name="api-docs-script"),
    path("<path:rest>", views.Nothing.as_view()),
]
