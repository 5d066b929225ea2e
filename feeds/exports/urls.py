from django.urls import path, re_path

from feeds.exports import views
from feeds.exports.base import exports

_NAMES = "|".join(form.name.replace(".", r"\.") for form in exports.all())

urlpatterns = [
    *(path(f"papers.{form.name}", views.listed, {"form": form}) for form in exports.all()),
    re_path(rf"^papers/(?P<key>.+)\.(?P<name>{_NAMES})$", views.one),
]
