from django.urls import path, re_path

from feeds.syndication import editions
from feeds.web import (
    archive,
    calendar,
    comment_pages,
    comments,
    density,
    health,
    installing,
    languages,
    llms,
    metrics,
    pictures,
    searching,
    security,
    views,
)

# A day, a week or a month, as a question has it.
_DATE = r"\d{4}-(?:W\d\d|\d\d(?:-\d\d)?)"

urlpatterns = [
    re_path(
        r"^(?:(?:date|week|month|t|f|papers|calendar)/.+|trending|feeds|calendar)/$",
        views.without_slash,
    ),
    path("", views.papers, name="papers"),
    re_path(r"^date/(?P<date>\d{4}-\d\d-\d\d)$", views.edition, {"period": "day"}, name="day"),
    re_path(r"^week/(?P<date>\d{4}-W\d\d)$", views.edition, {"period": "week"}, name="week"),
    re_path(r"^month/(?P<date>\d{4}-\d\d)$", views.edition, {"period": "month"}, name="month"),
    path("trending", views.trends, name="trending"),
    path("calendar", calendar.latest, name="calendar"),
    re_path(r"^calendar/(?P<date>\d{4}-\d\d)$", calendar.of_month, name="calendar-month"),
    path("show", density.show, name="show"),
    path("language", languages.choose, name="language"),
    path("map", pictures.papers_map, name="map"),
    path("trends", pictures.topics, name="trends"),
    path("feeds", views.feeds, name="feeds"),
    path("f/<slug:slug>", views.feed, name="feed"),
    path("archive", archive.archive, name="archive"),
    path("f/<slug:slug>/archive", archive.archive, name="feed-archive"),
    *(
        path(
            f"{place}.{form.ending}",
            archive.syndicated,
            {"form": form},
            name=f"{name}-{form.ending}",
        )
        for form in editions.FORMATS
        for name, place in (("archive", "archive"), ("feed-archive", "f/<slug:slug>/archive"))
    ),
    re_path(rf"^f/(?P<slug>[-\w]+)/(?P<date>{_DATE})$", views.feed, name="feed-edition"),
    path("t/<slug:slug>", views.topic, name="topic"),
    path("papers/<path:key>/vote", views.vote, name="vote"),
    path("papers/<path:key>/comments", comments.comments, name="comments"),
    path("papers/<path:key>", views.paper, name="paper"),
    path("comments/<int:comment_id>", comment_pages.permalink, name="comment"),
    path("comments/<int:comment_id>/answer", comments.answer, name="comment-answer"),
    path("comments/<int:comment_id>/edit", comments.edit, name="comment-edit"),
    path("comments/<int:comment_id>/delete", comment_pages.delete, name="comment-delete"),
    path("comments/<int:comment_id>/report", comment_pages.report, name="comment-report"),
    path("comments/by/<str:slug>", comment_pages.person, name="said-by"),
    path("moderation", comment_pages.log, name="moderation"),
    path("help", searching.help_page, name="help"),
    path("suggest", searching.suggest, name="suggest"),
    path("suggest.json", searching.suggest_json, name="suggest-json"),
    path("llms.txt", llms.llms, name="llms"),
    path("opensearch.xml", searching.opensearch, name="opensearch"),
    path("manifest.webmanifest", installing.manifest, name="manifest"),
    path("sw.js", installing.service_worker, name="service-worker"),
    path("offline", installing.offline, name="offline"),
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    path(".well-known/security.txt", security.security_txt, name="security-txt"),
]
