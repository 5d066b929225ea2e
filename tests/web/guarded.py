"""Has a site checked as for production, and asks it by TLS for an answer of each kind; prints
their headers and the cookies as JSON.
"""

import json
import os
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib import messages  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import path  # noqa: E402

from accounts.web.too_often import too_often  # noqa: E402
from config.urls import handler429, handler500  # noqa: E402, F401
from config.urls import urlpatterns as real  # noqa: E402


def _break(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


def _say(request: HttpRequest) -> HttpResponse:
    messages.info(request, "It is done.")
    return HttpResponse()


urlpatterns = [path("break", _break), path("say", _say), path("too-often", too_often), *real]
GOT = {
    "page": ("/", 200),
    "the same, kept": ("/", 200),
    "redirect": ("/feeds/", 301),
    "wrong query": ("/?sort=best", 400),
    "nowhere": ("/nothing", 404),
    "too often": ("/too-often", 429),
    "failure": ("/break", 500),
    "file": ("/static/css/site.css", 200),
    "no file": ("/static/nothing.css", 404),
    "API": ("/api/v1/papers", 200),
    "API, nowhere": ("/api/v1/papers/nothing", 404),
    "API, not signed in": ("/api/v1/me", 401),
    "documents of the API": ("/api/v1/docs", 200),
    "feed": ("/feed.rss", 200),
    "card": ("/card.png", 200),
    "sign-in": ("/account/login/", 200),
    "admin": ("/admin/", 302),
    "health": ("/livez", 200),
    "service worker": ("/sw.js", 200),
}


def main() -> None:
    call_command("check", deploy=True, fail_level="WARNING")
    settings.ROOT_URLCONF = __name__
    client = Client(raise_request_exception=False)
    found: dict[str, Any] = {}

    def keep(name: str, answer: Any, status: int) -> Any:
        assert answer.status_code == status, (name, answer.status_code)
        found[name] = dict(answer.headers)
        return answer

    for name, (address, status) in GOT.items():
        keep(name, client.get(address, secure=True), status)
    again = {"If-None-Match": found["feed"]["ETag"]}
    keep("not modified", client.get("/feed.rss", secure=True, headers=again), 304)
    keep("wrong method", client.post("/livez", secure=True), 405)
    keep("wrong host", client.get("/", secure=True, headers={"Host": "evil.example.net"}), 400)
    keep("without TLS", client.get("/"), 301)
    keep("without TLS, wrong host", client.get("/", headers={"Host": "evil.example.net"}), 400)
    client.get("/say", secure=True)
    for address, sent in (("/show", {"show": "headlines"}), ("/language", {"language": "de"})):
        client.post(address, sent, secure=True)
    cookies = {name: str(cookie) for name, cookie in client.cookies.items()}
    print(json.dumps({"answers": found, "cookies": cookies}))


if __name__ == "__main__":
    main()
