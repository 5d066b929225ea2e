"""The API's description, and a page to read it and try it, all of it from this host."""

import json
from functools import cache

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from feeds.answers import conditional, open_to_all

SCHEMA_TYPE = "application/vnd.oai.openapi+json"

_SWAGGER = "drf_spectacular_sidecar/swagger-ui-dist/"
# No inline style or script: the page stands under the site's own Content-Security-Policy.
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="{style}">
<link rel="icon" href="{icon}" type="image/svg+xml">
</head>
<body>
<div id="swagger-ui"></div>
<script src="{bundle}"></script>
<script src="{script}"></script>
</body>
</html>
"""
_SCRIPT = """SwaggerUIBundle({
  url: %(schema)s,
  dom_id: "#swagger-ui",
  deepLinking: true,
  // Null: the schema is sent to nobody to be checked.
  validatorUrl: null,
  requestInterceptor(request) {
    const token = document.cookie.split("; ").find((one) => one.startsWith(%(cookie)s));
    if (token) request.headers["X-CSRFToken"] = token.slice(%(cookie)s.length);
    return request;
  },
});
"""


@open_to_all
@require_safe
def schema(request: HttpRequest) -> HttpResponseBase:
    return conditional(request, _schema(), SCHEMA_TYPE)


@require_safe
def page(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        format_html(
            _PAGE,
            title=f"{settings.SITE_NAME} API",
            style=static(f"{_SWAGGER}swagger-ui.css"),
            bundle=static(f"{_SWAGGER}swagger-ui-bundle.js"),
            icon=static("favicon.svg"),
            script=reverse("api-docs-script"),
        )
    )


@require_safe
def script(_request: HttpRequest) -> HttpResponse:
    names = {"schema": reverse("api-schema"), "cookie": f"{settings.CSRF_COOKIE_NAME}="}
    text = _SCRIPT % {name: json.dumps(value) for name, value in names.items()}
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")


@cache
def _schema() -> bytes:
    """The same for everybody and as long as the process lives."""
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]
    return orjson.dumps(generator.get_schema(None, public=True))  # type: ignore[no-untyped-call]
