from django.urls import path

from feeds.syndication import views

urlpatterns = [
    *(path(form.path, views.feed, {"form": form}, name=form.path) for form in views.FORMATS),
    path("opml", views.outline, name="opml"),
]
