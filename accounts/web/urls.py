"""Where people sign up for mail, and end it."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
