"""What agents find that come by the site's address alone."""

import re

import pytest
from django.test import Client

from feeds.models import Feed
from tests.factories import entry, put_in

pytestmark = pytest.mark.django_db


def test_all_that_it_names_is_there(settings) -> None:
    settings.SITE_NAME = "Lamps & *Lights*"
    put_in(entry("On Lamps"))
    Feed.objects.create(slug="images", name="Images", visibility="public", description="Pictures.")
    Feed.objects.create(slug="secret", name="Secret", visibility="private")
    answer = Client().get("/llms.txt")
    text = answer.content.decode()
    assert text.startswith("# Lamps \\& \\*Lights\\*\n")
    assert "Images" in text
    assert "secret" not in text
    links = re.findall(rf"\]\({re.escape(settings.SITE_URL)}([^)]*)\)", text)
    assert len(links) > 8
    statuses = {link: Client().get(link).status_code for link in links}
    assert {link for link, status in statuses.items() if status != 200} == {"/mcp"}
    assert statuses["/mcp"] == 405


def test_it_is_kept_by_who_has_it() -> None:
    first = Client().get("/llms.txt")
    again = Client().get("/llms.txt", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, first["Cache-Control"]) == (304, "public, max-age=60")
