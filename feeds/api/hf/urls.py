from django.urls import path

from feeds.api.hf import views

urlpatterns = [
    path("daily_papers", views.DailyPapers.as_view(), name="hf-daily-papers"),
    path("papers", views.Papers.as_view(), name="hf-papers"),
    path("papers/search", views.Search.as_view(), name="hf-search"),
    path("papers/<any:key>", views.Paper.as_view(), name="hf-paper"),
]
