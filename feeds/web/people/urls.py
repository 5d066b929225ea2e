from django.urls import path

from feeds.web.people import queue, submit

urlpatterns = [
    path("submit", submit.submit, name="submit"),
    path("submit/<int:submission_id>", submit.submission, name="submission"),
    path("submit/<int:submission_id>/state", submit.state, name="submission-state"),
    path("desk/submissions", queue.queue, name="desk-submissions"),
    path("desk/submissions/<int:submission_id>", queue.decide, name="desk-submission"),
]
