from django.urls import path

from feeds.web.people import (
    claims,
    collections,
    following,
    for_you,
    keeping,
    profiles,
    queue,
    submit,
    week,
)

urlpatterns = [
    path("submit", submit.submit, name="submit"),
    path("submit/<int:submission_id>", submit.submission, name="submission"),
    path("submit/<int:submission_id>/state", submit.state, name="submission-state"),
    path("desk/submissions", queue.queue, name="desk-submissions"),
    path("desk/submissions/<int:submission_id>", queue.decide, name="desk-submission"),
    path("collections", collections.collections, name="collections"),
    path("c/<slug:slug>", collections.collection, name="collection"),
    path("people/<str:slug>", profiles.person, name="person"),
    path("following", following.following_page, name="following"),
    path("for-you", for_you.for_you, name="for-you"),
    path("for-you/learned", for_you.learned, name="learned"),
    path("hidden", collections.hidden, name="hidden"),
    path("week", week.week, name="own-week"),
    path("desk/claims", claims.queue, name="desk-claims"),
    path("desk/claims/<int:claim_id>", claims.decide, name="desk-claim"),
    path("papers/<path:key>/claim", claims.claim, name="claim"),
    path("papers/<path:key>/save", keeping.save, name="save"),
    path("papers/<path:key>/mark", keeping.mark, name="mark"),
    path("papers/<path:key>/keep", keeping.keep, name="keep"),
]
