from django.urls import path, re_path

from feeds.web.desk import add, curating, day, digests, paper_tags, reports, sources, tags, works

urlpatterns = [
    path("desk", digests.desk, name="desk"),
    path("desk/add", add.add, name="desk-add"),
    path("desk/add/<int:proposal_id>", add.proposal, name="desk-proposal"),
    path("desk/add/<int:proposal_id>/counted", add.counted, name="desk-counted"),
    path("desk/digests", digests.all_digests, name="desk-digests"),
    path("desk/digests/<int:digest_id>", digests.one_digest, name="desk-digest"),
    path("desk/digests/<int:digest_id>/reading", digests.reading, name="desk-reading"),
    path("desk/digests/<int:digest_id>/document", digests.document, name="desk-document"),
    path("desk/problems", digests.problems, name="desk-problems"),
    path("desk/sources", sources.all_sources, name="desk-sources"),
    path("desk/sources/<int:source_id>", sources.one_source, name="desk-source"),
    path("desk/feeds", curating.all_feeds, name="desk-feeds"),
    path("desk/feeds/new", curating.new_feed, name="desk-new-feed"),
    path("desk/feeds/<slug:slug>", curating.one_feed, name="desk-feed"),
    path("desk/feeds/<slug:slug>/settings", curating.settings, name="desk-feed-settings"),
    path("desk/feeds/<slug:slug>/members", curating.members, name="desk-feed-members"),
    path("desk/feeds/<slug:slug>/delete", curating.delete, name="desk-feed-delete"),
    re_path(
        r"^desk/feeds/(?P<slug>[-\w]+)/(?P<date>(?:19|20)\d\d-\d\d-\d\d)$", day.day, name="desk-day"
    ),
    path("desk/papers/<path:key>/tags", paper_tags.paper_tag, name="desk-paper-tag"),
    path("desk/tags", tags.all_tags, name="desk-tags"),
    path("desk/tags/<slug:slug>", tags.one_tag, name="desk-tag"),
    path("desk/tags/<slug:slug>/undo", tags.undo, name="desk-tag-undo"),
    path("desk/tags/<slug:slug>/merge", tags.merge, name="desk-tag-merge"),
    path("desk/tags/<slug:slug>/part", tags.part, name="desk-tag-part"),
    path("desk/reports", reports.all_reports, name="desk-reports"),
    path("desk/reports/<int:comment_id>", reports.one_report, name="desk-report"),
    path("desk/join", works.join, name="desk-join"),
    path("desk/part", works.part, name="desk-part"),
    path("desk/joins", works.joins, name="desk-joins"),
    path("desk/joins/<int:joining_id>/undo", works.undo, name="desk-undo"),
]
