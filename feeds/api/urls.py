from django.urls import path, register_converter
from django.urls.converters import StringConverter

from feeds.api import (
    batch,
    claims,
    collections,
    comments,
    curating,
    digests,
    docs,
    editions,
    following,
    for_you,
    marks,
    me,
    paper,
    related,
    similar,
    submissions,
    views,
)


class AnyConverter(StringConverter):
    """All that may stand in an address, line breaks too, which Django's own `path` leaves to
    the pages: what is not here must be told in JSON."""

    regex = r"[\s\S]+"


register_converter(AnyConverter, "any")

urlpatterns = [
    path("papers", views.Papers.as_view(), name="api-papers"),
    path("papers/batch", batch.Batch.as_view(), name="api-batch"),
    path("papers/<any:key>/claim", claims.Claim.as_view(), name="api-claim"),
    path("papers/<any:key>/marks/<any:mark>", marks.Mark.as_view(), name="api-mark"),
    path("papers/<any:key>/tags", curating.PaperTags.as_view(), name="api-paper-tags"),
    path("papers/<any:key>/tags/<any:slug>", curating.PaperTag.as_view(), name="api-paper-tag"),
    path("papers/<any:key>/undo-tag", curating.TagUndo.as_view(), name="api-undo-tag"),
    path("papers/<any:key>/vote", views.Vote.as_view(), name="api-vote"),
    path("papers/<any:key>/similar", similar.Similar.as_view(), name="api-similar"),
    path("papers/<any:key>/related", related.Related.as_view(), name="api-related"),
    path("papers/<any:key>/comments", comments.Comments.as_view(), name="api-comments"),
    path("papers/<any:key>", paper.Paper.as_view(), name="api-paper"),
    path("comments/<int:comment_id>", comments.Comment.as_view(), name="api-comment"),
    path("comments/<int:comment_id>/report", comments.Report.as_view(), name="api-report"),
    path("tags", views.Tags.as_view(), name="api-tags"),
    path("tags/<slug:slug>", views.Tag.as_view(), name="api-tag"),
    path("tags/<slug:slug>/hidden", following.HiddenTag.as_view(), name="api-hidden-tag"),
    path("feeds", views.Feeds.as_view(), name="api-feeds"),
    path("feeds/<slug:slug>", views.Feed.as_view(), name="api-feed"),
    path("feeds/<slug:slug>/editions", editions.Editions.as_view(), name="api-editions"),
    path("feeds/<slug:slug>/editions/<slug:day>", editions.Edition.as_view(), name="api-edition"),
    path("facets", views.Facets.as_view(), name="api-facets"),
    path("submissions", submissions.Submissions.as_view(), name="api-submissions"),
    path("collections", collections.Collections.as_view(), name="api-collections"),
    path("collections/<slug:slug>", collections.Collection.as_view(), name="api-collection"),
    path("collections/<slug:slug>/papers", collections.Entries.as_view(), name="api-entries"),
    path(
        "collections/<slug:slug>/papers/<any:key>",
        collections.Entry.as_view(),
        name="api-entry",
    ),
    path("hidden", marks.Hidden.as_view(), name="api-hidden"),
    path("following", following.Following.as_view(), name="api-following"),
    path("claims", claims.Claims.as_view(), name="api-claims"),
    path("digests", digests.Digests.as_view(), name="api-digests"),
    path("digests/<int:digest_id>", digests.Digest.as_view(), name="api-digest"),
    path("me/for-you", for_you.ForYou.as_view(), name="api-for-you"),
    path("me", me.Me.as_view(), name="api-me"),
    path("schema", docs.schema, name="api-schema"),
    path("docs", docs.page, name="api-docs"),
    path("docs.js", docs.script, name="api-docs-script"),
    path("<any:rest>", views.Nothing.as_view()),
]
