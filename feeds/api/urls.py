from django.urls import path, register_converter
from django.urls.converters import StringConverter

from feeds.api import comments, docs, similar, submissions, views


class AnyConverter(StringConverter):
    """All that may stand in an address, line breaks too, which Django's own `path` leaves to
    the pages: what is not here must be told in JSON."""

    regex = r"[\s\S]+"


register_converter(AnyConverter, "any")

urlpatterns = [
    path("papers", views.Papers.as_view(), name="api-papers"),
    path("papers/<any:key>/vote", views.Vote.as_view(), name="api-vote"),
    path("papers/<any:key>/similar", similar.Similar.as_view(), name="api-similar"),
    path("papers/<any:key>/comments", comments.Comments.as_view(), name="api-comments"),
    path("papers/<any:key>", views.Paper.as_view(), name="api-paper"),
    path("comments/<int:comment_id>", comments.Comment.as_view(), name="api-comment"),
    path("comments/<int:comment_id>/report", comments.Report.as_view(), name="api-report"),
    path("tags", views.Tags.as_view(), name="api-tags"),
    path("tags/<slug:slug>", views.Tag.as_view(), name="api-tag"),
    path("feeds", views.Feeds.as_view(), name="api-feeds"),
    path("feeds/<slug:slug>", views.Feed.as_view(), name="api-feed"),
    path("facets", views.Facets.as_view(), name="api-facets"),
    path("submissions", submissions.Submissions.as_view(), name="api-submissions"),
    path("schema", docs.schema, name="api-schema"),
    path("docs", docs.page, name="api-docs"),
    path("docs.js", docs.script, name="api-docs-script"),
    path("<any:rest>", views.Nothing.as_view()),
]
