"""The mails that a first look writes to files, where no mail server is named."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
